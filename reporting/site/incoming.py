"""An uploaded spreadsheet about the site: read, compared with what is there, and taken over once somebody says so."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.reading import files
from reporting.models import SiteMonthVersion, SiteUpload
from reporting.returns.accepting import Beside, take_over
from reporting.returns.columns import Difference
from reporting.site import delivery, sheet
from reporting.site.deliver import MonthRefused, deliver
from reporting.site.delivery import Delivery

if TYPE_CHECKING:
    from accounts.models import User


def take_in(file: "UploadedFile[Any]", *, by: "User") -> SiteUpload:
    """Read a file and keep what it says beside the months, not in them. Raises FileRefused and keeps nothing."""
    name, content = files.checked(file)
    found = sheet.read(content, today=timezone.localdate())
    return SiteUpload.objects.create(name=name, uploaded_by=by, rows=found.good, problems=found.problems)


@dataclass(frozen=True)
class Change(Beside):
    """A month in a file."""

    now: SiteMonthVersion | None
    said: Delivery

    @property
    def subject(self) -> str:
        return self.month.isoformat()

    @cached_property
    def differences(self) -> list[Difference]:
        return delivery.differences(delivery.of(self.now), self.said)


def compare(upload: SiteUpload) -> list[Change]:
    """The good months beside what is there at this moment, oldest first."""
    read = {date.fromisoformat(row["month"]): row for row in upload.rows}
    deliveries = SiteMonthVersion.objects.filter(site_month__month__in=read).newest()
    found = deliveries.select_related("site_month", "delivered_by").prefetch_related("topics")
    now = {version.site_month.month: version for version in found}
    return [Change(row["row"], month, now.get(month), delivery.from_json(row)) for month, row in sorted(read.items())]


def accept(upload: SiteUpload, *, by: "User", seen: str) -> int | None:
    """Take over what the upload changes; how many months, or None where that was done already.

    All or nothing: a file with one wrong cell is mended first. Raises MonthRefused, Overtaken and PermissionDenied.
    """
    if upload.problems:
        raise MonthRefused(_("There are errors in this file. Correct them, and upload it again."))
    return take_over(upload, seen=seen, compare=compare, keep=partial(keep, by=by))


def keep(change: Change, *, by: "User") -> SiteMonthVersion | None:
    """One month as a delivery."""
    return deliver(
        month=change.month,
        numbers=change.said.numbers,
        topics=change.said.topics,
        source=change.said.source,
        context=change.said.context,
        by=by,
        expected=change.number,
    )
