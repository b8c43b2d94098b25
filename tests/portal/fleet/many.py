"""Applying for many vehicles, as somebody does it in the browser: tick, fill in once, confirm."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exemptions.models import (
    FleetBatch,
    Vehicle,
)
from tests import given
from tests.portal.files import PDF
from tests.portal.fleet.days import utrecht
from tests.portal.wizard import SIGNED

Fleet = Callable[[str], list[Vehicle]]
OLD = "VAN01E\nVAN04E\nTRU01E"
TOMORROW = timedelta(days=1)


def begin(client: Client, vehicles: list[Vehicle], kind: str) -> FleetBatch:
    """The vehicles are ticked and the kind is chosen."""
    client.post(reverse("fleet_file"), {"vehicle": [one.pk for one in vehicles]})
    batch = FleetBatch.objects.filter(purpose="file").latest("pk")
    client.post(reverse("fleet_what", args=[batch.key]), {"kind": kind})
    return batch


def fill_days(client: Client, batch: FleetBatch, **more: Any) -> Any:
    day = (timezone.localdate() + TOMORROW).isoformat()
    data = {"municipality": utrecht().pk, "day": day, **more}
    return client.post(reverse("fleet_form", args=[batch.key]), data)


def fill_kind(client: Client, batch: FleetBatch, **more: Any) -> Any:
    """The answers, the days and a file for each item."""
    kind = given.kind(batch_kind(batch))
    answers = {one.code: given.answer(one) for one in kind.questions.all() if not one.is_declaration}
    files = {f"item-{item.code}": SimpleUploadedFile(f"{item.code}.pdf", PDF) for item in kind.evidence.all()}
    data = {**answers, "shown": list(answers), "wanted_from": timezone.localdate().isoformat(), **files, **more}
    return client.post(reverse("fleet_form", args=[batch.key]), data)


def batch_kind(batch: FleetBatch) -> str:
    batch.refresh_from_db()
    assert batch.kind is not None
    return batch.kind.code


def look(client: Client, batch: FleetBatch) -> str:
    return client.get(reverse("fleet_batch", args=[batch.key])).content.decode()


def confirm(client: Client, batch: FleetBatch, **more: Any) -> Any:
    return client.post(reverse("fleet_batch", args=[batch.key]), {**SIGNED, "channel": "", **more})
