"""Applying for many vehicles: each in its own transaction, by the steps that a single application takes.

The row of the list is locked, and the application and the mark on its row are saved together. So a second click, a
second worker, or one that continues after another was killed, sees what was filed and files nothing twice.
"""

import time
from collections.abc import Collection, Sequence

import structlog
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from casework.steps import StepRefused
from casework.uploads.upload_checks import CheckedFile
from exemptions import day_exemptions, letter_channel
from exemptions.fleet import dry_run, vehicle_upkeep
from exemptions.fleet.vehicle_batch import get_page_language
from exemptions.intake import access, completeness, draft_files, drafts, prefill
from exemptions.intake.eligibility import CLASSES
from exemptions.models import Applicant, Application, FactsRecord, FleetBatch, FleetRow, KindQuestion, Vehicle
from exemptions.models.facts import as_json
from zones.models import Municipality
from zones.register import Lookup
from zones.vehicles import VehicleFacts

log = structlog.get_logger("loket.fleet")
State = FleetRow.State

MOST_TRIES = 3


class RegisterAway(Exception):
    """The register does not respond about this vehicle at the moment."""


@transaction.atomic
def begin_batch(applicant: Applicant, vehicles: Sequence[Vehicle], *, by: User) -> FleetBatch:
    """Store a list of vehicles to apply for; this does not file anything yet."""
    batch = FleetBatch.objects.create(
        purpose=FleetBatch.Purpose.FILE, applicant=applicant, owner=by, language=get_page_language()
    )
    FleetRow.objects.bulk_create(
        FleetRow(
            batch=batch,
            number=number,
            typed=one.plate,
            plate=one.plate,
            remark=one.remark,
            state=State.FOUND if one.facts else State.UNKNOWN if one.is_unknown else State.SLOW,
            facts=one.facts,
            allowed=one.allowed,
            until=one.until,
            rule=one.rule,
            answered_at=one.checked_at,
        )
        for number, one in enumerate(vehicles, start=1)
    )
    return batch


def list_declarations(batch: FleetBatch) -> list[KindQuestion]:
    """What the user declares for every vehicle of a list by signing for it."""
    return completeness.select_declarations(batch.kind, batch.answers) if batch.kind else []


@transaction.atomic
def confirm_batch(
    batch: FleetBatch,
    *,
    by: User,
    shown: Collection[str] = (),
    reached: letter_channel.ChannelAnswer | None = None,
) -> bool:
    """Confirm the list, so that it is filed in the user's name; False the second time.

    Raises StepRefused if the signed page did not show what the kind asks to declare.

    `shown`: the declarations on that page, in words.
    `reached`: how letters are to reach the applicant, if that was asked; it applies to the letters that follow.
    """
    locked = (
        FleetBatch.objects.select_for_update(no_key=True, of=("self",))
        .select_related("applicant", "kind")
        .get(pk=batch.pk)
    )
    if locked.confirmed_at or not locked.is_filled_in:
        return False
    if locked.kind:
        signed = completeness.sign_declarations(locked.kind, locked.answers, shown=shown)
        locked.wish = {**locked.wish, "answers": {**locked.answers, **signed}}
    letter_channel.keep_answer(locked.applicant, reached, by=by)
    judged = dry_run.judge_all(locked, today=timezone.localdate())
    for one in judged:
        one.row.state, one.row.problem = (State.READY if one.fits else State.SKIPPED), one.reason
    FleetRow.objects.bulk_update([one.row for one in judged], ["state", "problem"], batch_size=500)
    locked.confirmed_at, locked.owner = timezone.now(), by
    locked.save(update_fields=["wish", "confirmed_at", "owner"])
    return True


def try_again(batch: FleetBatch) -> int:
    """Queue what could not be filed just now; returns how many."""
    return batch.rows.filter(state=State.AGAIN).update(state=State.READY, problem="", tries=0)


def file_rows(batch: FleetBatch, *, seconds: float) -> int:
    """File waiting rows for a while; returns how many were processed. Deletes the shared files when nothing is left."""
    end, done = time.monotonic() + seconds, 0
    for pk in list(batch.rows.filter(state=State.READY).order_by("number").values_list("pk", flat=True)):
        if time.monotonic() >= end:
            return done
        with override(batch.language):
            file_row(batch, pk)
        done += 1
    if not batch.rows.filter(state__in=(State.READY, State.AGAIN)).exists():
        with transaction.atomic():
            vehicle_upkeep.drop_files(batch)
    return done


def file_row(batch: FleetBatch, pk: int) -> None:
    """File one vehicle; whatever happens, the others continue."""
    row = FleetRow.objects.get(pk=pk)
    if row.tries >= MOST_TRIES:
        settle_row(pk, State.AGAIN, _("Something went wrong each time we tried. Try again later."))
        return
    FleetRow.objects.filter(pk=pk).update(tries=F("tries") + 1)
    try:
        file_once(batch, pk)
    except RegisterAway:
        settle_row(
            pk,
            State.AGAIN,
            _("The vehicle register is not responding at the moment. Nothing was filed. Try again later."),
        )
    except PermissionDenied:
        settle_row(pk, State.SKIPPED, _("You may no longer act for this applicant. Nothing was filed."))
    except StepRefused as refused:
        settle_row(pk, State.SKIPPED, " ".join(refused.messages)[:600])
    except IntegrityError:
        settle_row(pk, State.SKIPPED, not_taken(batch, row.plate))
    except Exception as error:
        log.exception("fleet_row_failed", row=pk, error=type(error).__name__)


def not_taken(batch: FleetBatch, plate: str) -> str:
    """Why the database refused it: the applicant applied for the same meanwhile."""
    return dry_run.find_case_problem(dry_run.wish_of(batch, [plate], today=timezone.localdate()), plate)


def settle_row(pk: int, state: FleetRow.State, problem: str) -> None:
    """Record why nothing was filed, unless it was filed after all."""
    FleetRow.objects.filter(pk=pk, state=State.READY).update(state=state, problem=problem)


def file_once(batch: FleetBatch, pk: int) -> None:
    """Look the vehicle up and file its application, unless that was done meanwhile."""
    plate = FleetRow.objects.values_list("plate", flat=True).get(pk=pk)
    found, lookup = access.look_up_vehicle(prefill.AccessQuestion(plate=plate))
    with transaction.atomic():
        row = FleetRow.objects.select_for_update(no_key=True).get(pk=pk)
        if row.state != State.READY:
            return
        refuse_without_mandate(batch)
        if found == "register_down" and not (batch.kind and batch.kind.is_day and row.vehicle_class):
            raise RegisterAway
        row.application = apply_for_row(batch, row, lookup)
        row.state, row.problem = State.FILED, ""
        row.save(update_fields=["application", "state", "problem"])


def refuse_without_mandate(batch: FleetBatch) -> None:
    """Refuse if the user who confirmed may no longer act for the applicant. Raises PermissionDenied."""
    if not batch.owner.is_active or not Applicant.objects.of(batch.owner).filter(pk=batch.applicant_id).exists():
        raise PermissionDenied("acts no more for this applicant")


def apply_for_row(batch: FleetBatch, row: FleetRow, lookup: Lookup | None) -> Application:
    """The application for one vehicle, after applying the rules again to what the register says now."""
    facts = dry_run.with_class(lookup.facts if lookup else VehicleFacts(), row.vehicle_class)
    row.facts = as_json(lookup.facts) if lookup else {}
    wish = dry_run.wish_of(batch, [row.plate], today=timezone.localdate())
    if reason := dry_run.explain_refusal(wish, row, facts):
        raise StepRefused(reason)
    if wish.kind.is_day:
        return ask_day(batch, row, facts, lookup, municipality=wish.municipality)
    vehicle = drafts.Vehicle(row.plate, "NL", lookup.facts if lookup else facts, lookup)
    return send_application(batch, row, vehicle, wish)


def ask_day(
    batch: FleetBatch,
    row: FleetRow,
    facts: VehicleFacts,
    lookup: Lookup | None,
    *,
    municipality: Municipality | None,
) -> Application:
    """Apply for a day exemption, which is granted at once."""
    on = batch.day("day")
    if municipality is None or on is None:
        raise StepRefused(_("Choose the municipality."))
    is_verified = lookup is not None and lookup.facts.category in CLASSES
    return day_exemptions.ask_day_exemption(
        by=batch.owner,
        applicant=batch.applicant,
        facts=facts,
        source=FactsRecord.Source.REGISTER if is_verified else FactsRecord.Source.APPLICANT,
        plate=row.plate,
        country="NL",
        municipality=municipality,
        day=on,
        language=batch.language,
        rows=dict(lookup.rows) if lookup else None,
    )


def send_application(batch: FleetBatch, row: FleetRow, vehicle: drafts.Vehicle, wish: dry_run.FleetWish) -> Application:
    """Create a draft, fill it in as the form does, and send it."""
    draft = drafts.create_draft(by=batch.owner)
    drafts.save_draft(draft, applicant=batch.applicant)
    drafts.save_vehicle(draft, vehicle, by=batch.owner)
    drafts.confirm_vehicle(draft, wrong="", vehicle_class=row.vehicle_class)
    drafts.choose_kind(draft, wish.kind)
    drafts.save_answers(draft, batch.answers)
    drafts.save_period(
        draft, municipality=wish.municipality, wanted_from=batch.day("wanted_from"), wanted_until=wish.until
    )
    add_files(batch, draft)
    drafts.send_draft(draft, by=batch.owner)
    filed: Application = Application.objects.get(pk=draft.pk)
    return filed


def add_files(batch: FleetBatch, draft: Application) -> None:
    """Store a copy of each shared file in the dossier. Raises NotKept if the storage is unavailable."""
    items = {item.requirement.code: item for item in draft.evidence_items.select_related("requirement", "application")}
    for file in batch.files.select_related("requirement"):
        item = items.get(file.requirement.code)
        if item:
            with file.file.open("rb") as content:
                draft_files.keep_file(item, CheckedFile(file.name, content.read(), file.content_type), by=batch.owner)
