"""Registering an application that came in another way than through the portal.

This is a draft like those in the portal, filled in by the functions of `intake.drafts`; only the desk sees it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from casework import clock, deadlines
from casework.current_policy import term_from_today
from casework.models import Dossier, EquatedDay
from casework.texts import compose_text
from exemptions import authority
from exemptions.intake import completeness, drafts, obstacles
from exemptions.models import Applicant, Application, Channel, FactsRecord, Registration
from exemptions.steps.registration import find_indispensable
from zones.access import VehicleFacts
from zones.register import Lookup, look_up

RECEIPT = ("came_in_on", "signed", "lookup", "repair_by", "repaired_on")
"""The fields that record how the application came in."""


@transaction.atomic
def begin_registration(receipt: Mapping[str, Any], *, by: User, key: UUID) -> Application:
    """A draft of the desk; the same key again (a second click) gives the same one."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    begun: Application | None = Application.objects.filter(key=key).first()
    if begun:
        return begun
    draft: Application = Application.objects.create(
        key=key,
        dossier=Dossier.objects.create(),
        owner=by,
        language=receipt["language"],
        channel=receipt["channel"],
    )
    Registration.objects.create(application=draft, **kept_of(receipt))
    notify_wrong_channel(draft)
    return draft


def kept_of(receipt: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the registration; only what came by email has a last day to repair (Awb 2:23)."""
    kept = {name: receipt[name] for name in RECEIPT}
    if receipt["channel"] != Channel.EMAIL:
        return {**kept, "repair_by": None, "repaired_on": None}
    return kept


@transaction.atomic
def keep_receipt(draft: Application, receipt: Mapping[str, Any]) -> None:
    """Correct how and when it came in; a sender who used email is told so once we have an address."""
    drafts.save_draft(draft, channel=receipt["channel"], language=receipt["language"])
    Registration.objects.filter(application=draft).update(**kept_of(receipt))
    draft.registration.refresh_from_db()
    notify_wrong_channel(draft)


def notify_wrong_channel(draft: Application) -> None:
    """Mail the sender once that email is not open for applications, and until when another way is (Awb 2:23)."""
    about = draft.registration
    address = draft.applicant.email if draft.applicant else about.lookup if "@" in about.lookup else ""
    told = draft.dossier.outgoing_mail.filter(kind="mail_wrong_channel").exists()
    if draft.channel != Channel.EMAIL or about.repaired_on or not address or told:
        return
    with override(draft.language):
        contact = authority.describe_contact()
    link = settings.SITE_URL + reverse("apply_start")
    context = {"sent_on": about.came_in_on, "ends_by": about.repair_by, "contact": contact, "link": link}
    draft.dossier.send_mail(compose_text("mail_wrong_channel", language=draft.language, context=context), address)


def earliest_repair_day() -> date:
    """The earliest last day to repair, which leaves a whole working day to somebody who is told today (Awb 2:23)."""
    return deadlines.earliest_repair_day(clock.today(), calendar=EquatedDay.calendar())


def usual_repair_day() -> date:
    """The default last day to repair: the same term as for completing an application (Awb 4:5)."""
    return max(term_from_today("completion_days"), earliest_repair_day())


# --- Applicant and vehicle -------------------------------------------------------------------------------------


def find_matches(draft: Application) -> list[Applicant]:
    """Applicants that we know by the KvK number or email address on the paper."""
    return list(Applicant.objects.found_by(draft.registration.lookup).order_by("name", "pk")[:10])


def is_new(applicant: Applicant) -> bool:
    """Whether the applicant is known only from this paper, so that the desk can correct their details here."""
    is_known = Application.objects.filed().filter(applicant=applicant).exists()
    return not is_known and not applicant.mandates.exists()


def take_vehicle(draft: Application, *, plate: str, country: str, by: User) -> None:
    """Save another plate with the register's data; what the register does not know can be typed from the paper."""
    is_same = (plate, country) == (draft.plate, draft.country)
    if is_same and (not plate or draft.facts_records.exists()):
        return
    answer = look_up(plate) if plate and country == "NL" else None
    lookup = answer if isinstance(answer, Lookup) else None
    facts = lookup.facts if lookup else VehicleFacts()
    drafts.save_vehicle(draft, drafts.Vehicle(plate, country, facts, lookup), by=by)


def asks_facts(draft: Application) -> bool:
    """Whether the register did not say what vehicle it is."""
    record = draft.current_facts
    return record is not None and record.source != FactsRecord.Source.REGISTER


# --- What is still missing -------------------------------------------------------------------------------------


def list_lacking(draft: Application) -> list[str]:
    """What the paper lacks, and what stands in the way of granting; it can be registered all the same."""
    needed = list(find_indispensable(draft))
    if needed:
        return needed
    found = [one.message for one in obstacles.find_lacking(draft, today=clock.today())]
    return [*found, *find_missing_signature(draft)]


def list_missing(application: Application) -> list[str]:
    """What a registered application lacks besides evidence, to be asked for (Awb 4:2, 4:5)."""
    if not application.is_registered:
        return []
    found = [one.message for one in completeness.find_missing(application) if one.screen != "evidence"]
    return [*found, *find_missing_signature(application)]


def find_missing_signature(application: Application) -> list[str]:
    """The missing signature (Awb 4:2(1)); a converted application was registered under its earlier number."""
    about: Registration | None = getattr(application, "registration", None)
    return [completeness.explain_missing_signature()] if about and not about.signed else []
