"""An uploaded spreadsheet: read, compared with what was handed in, and accepted once somebody confirms."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from casework.spreadsheets import uploaded_file
from reporting.deliveries.columns import Difference, Values
from reporting.deliveries.deliver import Overtaken, keep_delivery
from reporting.deliveries.overview import find_newest
from reporting.models import ReturnUpload, ReturnVersion
from reporting.returns import months, sheet
from reporting.returns.columns import from_json
from reporting.returns.jurisdiction import find_own_municipalities, with_zone
from reporting.returns.kind import RETURNS
from reporting.returns.table import choose_sheet
from zones.models import Municipality

if TYPE_CHECKING:
    from accounts.models import User

KEPT = timedelta(days=30)
"""How long an upload can still be accepted."""


def take_in(file: "UploadedFile[Any]", *, by: "User") -> ReturnUpload:
    """Read a file and store its contents apart from the returns. Raises FileRefused, storing nothing."""
    name, lines = uploaded_file.lines_of(file, choose=choose_sheet)
    found = sheet.read_sheet(lines, asker=identify_asker(by))
    return ReturnUpload.objects.create(name=name, uploaded_by=by, rows=found.good, problems=found.problems)


def identify_asker(user: "User") -> sheet.Asker:
    """The municipalities and months about which a user may send rows."""
    today = timezone.localdate()
    own = list(find_own_municipalities(user))
    every = {municipality.cbs_code: municipality for municipality in with_zone()}
    return sheet.Asker(
        own={municipality.cbs_code: municipality for municipality in own},
        every=every,
        months=months.find_months(own, today),
        today=today,
    )


class RowChange(StrEnum):
    """The effect of accepting a row."""

    NEW = "new"
    REPLACES = "replaces"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Change:
    """A row about a month of a municipality, next to the current delivery (`now`).

    `compliance`: the count of passages from which it was read; None for a spreadsheet.
    """

    row: int
    month: date
    now: ReturnVersion | None
    municipality: Municipality
    values: Values
    compliance: Any = None

    @cached_property
    def differences(self) -> list[Difference]:
        """Old and new values that differ."""
        return RETURNS.differences(RETURNS.values_of(self.now), self.values)

    @property
    def number(self) -> int:
        """The number of the current version; 0 if there is none."""
        return self.now.number if self.now else 0

    @property
    def sort(self) -> RowChange:
        if self.now is None:
            return RowChange.NEW
        return RowChange.REPLACES if self.differences else RowChange.UNCHANGED


def compare_upload(upload: ReturnUpload) -> list[Change]:
    """The rows without problems, next to the current deliveries, sorted by municipality and month."""
    by_code = {one.cbs_code: one for one in Municipality.objects.filter(cbs_code__in={r["code"] for r in upload.rows})}
    newest = find_newest(RETURNS, by_code.values())
    changes = []
    for row in upload.rows:
        municipality, month = by_code[row["code"]], date.fromisoformat(row["month"])
        now = newest.get((municipality, month))
        read = from_json(row["values"])
        changes.append(Change(row["row"], month, now, municipality, read, row.get("compliance")))
    return sorted(changes, key=lambda change: (change.municipality.name, change.month))


def left_out(upload: ReturnUpload) -> int:
    """The number of rows with problems."""
    return len({problem["row"] for problem in upload.problems})


def fingerprint_changes(changes: Iterable[Change]) -> str:
    """A checksum of what somebody saw: it differs once a colleague has handed in meanwhile."""
    seen = "|".join(f"{change.municipality.cbs_code} {change.month} {change.number}" for change in changes)
    return hashlib.sha256(seen.encode()).hexdigest()[:16]


def accept_upload(upload: ReturnUpload, *, by: "User", seen: str) -> int | None:
    """Hand in what the upload changes; returns how many returns, or None if it was accepted already.

    All or nothing. Raises Overtaken if a return was handed in since `seen`, and PermissionDenied.
    """
    with transaction.atomic():
        locked = ReturnUpload.objects.select_for_update(no_key=True).get(pk=upload.pk)
        if locked.accepted_at is not None:
            return None
        changes = compare_upload(locked)
        if fingerprint_changes(changes) != seen:
            raise Overtaken(None)
        taken = [deliver_change(change, by=by) for change in changes if change.sort != RowChange.UNCHANGED]
        locked.accepted_at = timezone.now()
        locked.save(update_fields=["accepted_at"])
    return len(taken)


def deliver_change(change: Change, *, by: "User") -> ReturnVersion | None:
    """Keep one row as a delivery."""
    return keep_delivery(
        RETURNS,
        change.municipality,
        change.month,
        values=change.values,
        by=by,
        expected=change.number,
        channel=ReturnVersion.Channel.PASSAGES if change.compliance else ReturnVersion.Channel.SHEET,
        compliance=change.compliance,
    )


def drop_old(*, now: datetime) -> int:
    """Remove uploads that nobody accepted; returns how many."""
    return ReturnUpload.objects.filter(accepted_at=None, uploaded_at__lt=now - KEPT).delete()[0]
