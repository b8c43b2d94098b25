"""Takes the result of a count as a return: read, compared with what was handed in, and accepted like a spreadsheet."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.uploads.refusals import FileRefused
from reporting.compliance.result_format import TOTALS, read_result
from reporting.deliveries.overview import cells_of
from reporting.models import ReturnUpload
from reporting.returns import months, rules
from reporting.returns.columns import CARRIED, as_json
from reporting.returns.jurisdiction import find_own_municipalities
from reporting.returns.kind import RETURNS
from zones.models import Municipality

if TYPE_CHECKING:
    from accounts.models import User

LARGEST = 200_000
"""The maximum size in bytes; the longest result has some 100 rows."""


def take_in_result(file: "UploadedFile[Any]", *, by: "User") -> ReturnUpload:
    """Store a result as an upload to be checked, apart from the returns. Raises FileRefused, storing nothing."""
    result = read_result(_read_bytes(file))
    municipality = _find_municipality(result["zone"], by=by)
    month = _find_month(result, municipality)
    row = {
        "row": 1,
        "code": municipality.cbs_code,
        "month": month.isoformat(),
        "values": as_json({**_find_values(municipality, month), **_find_totals(result)}),
        "compliance": result,
    }
    name = (file.name or "")[:200]
    return ReturnUpload.objects.create(name=name, uploaded_by=by, rows=[row], problems=[])


def _read_bytes(file: "UploadedFile[Any]") -> bytes:
    content: bytes = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise FileRefused(
            _("This file is too large to be a result. Send the file that the count wrote, never the passages.")
        )
    return content


def _find_municipality(code: str, *, by: "User") -> Municipality:
    municipality = find_own_municipalities(by).filter(cbs_code=code).first()
    if municipality is None:
        raise FileRefused(
            _("This result is about a municipality for which you do not hand in. Count with the code of your own.")
        )
    return municipality


def _find_month(result: Mapping[str, Any], municipality: Municipality) -> date:
    month = result["return"]["month"]
    if month is None:
        raise FileRefused(
            _("These passages are of several months, and a return is about one. Count each month by itself.")
        )
    day = date.fromisoformat(f"{month}-01")
    if refused := months.refused_for(municipality, day, timezone.localdate()):
        raise FileRefused(refused)
    return day


def _find_totals(result: Mapping[str, Any]) -> dict[str, int | None]:
    totals = {name: result["return"][name] for name in TOTALS}
    if set(totals.values()) == {None}:
        raise FileRefused(_("There are too few passages in this result to hand in numbers without revealing some."))
    problems = [
        words
        for name in rules.CLASSES
        if (words := rules.wrong_share(totals[f"passages_{name}"], totals[f"compliant_{name}"]))
    ]
    if problems:
        raise FileRefused(problems[0])
    return totals


def _find_values(municipality: Municipality, month: date) -> dict[str, Any]:
    """The values handed in for the month; else the rarely changing ones of the last return before it."""
    cells = cells_of(RETURNS, [municipality], today=timezone.localdate())[municipality]
    own = next((cell for cell in cells if cell.month == month), None)
    if own and own.newest:
        return own.values
    last = next((cell for cell in cells if cell.month < month and cell.newest), None)
    empty = RETURNS.values_of(None)
    return {**empty, **({name: last.values[name] for name in CARRIED} if last else {})}
