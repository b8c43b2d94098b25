"""An uploaded spreadsheet: read, compared with what is there, and taken over once somebody says so."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from casework.reading import files
from reporting.models import ReturnUpload, ReturnVersion, SiteUpload
from reporting.models.uploads import Upload
from reporting.returns import months, sheet
from reporting.returns.accepting import Beside, Sort, fingerprint, take_over
from reporting.returns.columns import Difference, Values, differences, from_json, values_of
from reporting.returns.deliver import deliver
from reporting.returns.lines import ours_or_only
from reporting.returns.overview import newest_of
from reporting.returns.whose import municipalities_of, with_zone
from zones.models import Municipality

if TYPE_CHECKING:
    from accounts.models import User

__all__ = ["Sort", "accept", "compare", "drop_old", "fingerprint", "left_out", "take_in"]

KEPT = timedelta(days=30)
"""So long an upload that nobody accepted can still be accepted."""


def take_in(file: "UploadedFile[Any]", *, by: "User") -> ReturnUpload:
    """Read a file and keep what it says beside the returns, not in them. Raises FileRefused and keeps nothing."""
    name, lines = files.lines_of(file, choose=ours_or_only)
    found = sheet.read(lines, asker=asker(by))
    return ReturnUpload.objects.create(name=name, uploaded_by=by, rows=found.good, problems=found.problems)


def asker(user: "User") -> sheet.Asker:
    """Whose rows a user may send, and about which months."""
    today = timezone.localdate()
    own = list(municipalities_of(user))
    every = {municipality.cbs_code: municipality for municipality in with_zone()}
    return sheet.Asker(
        own={municipality.cbs_code: municipality for municipality in own},
        every=every,
        months=months.of_each(own, today=today),
        today=today,
    )


@dataclass(frozen=True)
class Change(Beside):
    """The row of one municipality."""

    now: ReturnVersion | None
    municipality: Municipality
    values: Values

    @property
    def subject(self) -> str:
        return f"{self.municipality.cbs_code} {self.month}"

    @cached_property
    def differences(self) -> list[Difference]:
        return differences(values_of(self.now), self.values)


def compare(upload: ReturnUpload) -> list[Change]:
    """The good rows beside what is there at this moment, by municipality and month."""
    by_code = {one.cbs_code: one for one in Municipality.objects.filter(cbs_code__in={r["code"] for r in upload.rows})}
    newest = newest_of(by_code.values())
    changes = []
    for row in upload.rows:
        municipality, month = by_code[row["code"]], date.fromisoformat(row["month"])
        now = newest.get((municipality.pk, month))
        changes.append(Change(row["row"], month, now, municipality, from_json(row["values"])))
    return sorted(changes, key=lambda change: (change.municipality.name, change.month))


def left_out(upload: Upload) -> int:
    """How many rows have something wrong with them."""
    return len({problem["row"] for problem in upload.problems})


def accept(upload: ReturnUpload, *, by: "User", seen: str) -> int | None:
    """Take over what the upload changes; how many returns, or None where that was done already.

    All or nothing. Raises Overtaken where a return was handed in since `seen`, and PermissionDenied.
    """
    return take_over(upload, seen=seen, compare=compare, keep=partial(keep, by=by))


def keep(change: Change, *, by: "User") -> ReturnVersion | None:
    """One row as a delivery."""
    return deliver(
        change.municipality,
        change.month,
        values=change.values,
        by=by,
        channel=ReturnVersion.Channel.SHEET,
        expected=change.number,
    )


def drop_old(*, now: datetime) -> int:
    """Remove uploads that nobody accepted, also those about the site; tells how many."""
    return sum(
        model._default_manager.filter(accepted_at=None, uploaded_at__lt=now - KEPT).delete()[0]
        for model in (ReturnUpload, SiteUpload)
    )
