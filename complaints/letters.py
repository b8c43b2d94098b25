"""The letters about a complaint: their texts, filled from its row. A step places them; PDF and mail follow.

A complainant need not have an account: by email they receive the letter itself, by post it is printed. Those who have
an account can also read it in the portal.
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from casework import clock, incoming_letters
from casework.current_policy import CurrentPolicy
from casework.deadline_words import describe_decision_deadline, format_day, format_moment
from casework.models import Letter
from casework.texts import Markup, compose_text
from complaints import reasons
from exemptions.authority import describe_contact, describe_signer

if TYPE_CHECKING:
    from complaints.models import Complaint

WITH_OPEN_DAYS = frozenset({"complaint_adviser", "complaint_adjourned", "complaint_outcome", "complaint_declined"})
"""Kinds of letter whose text depends on the day they are made known."""
MAY_HANDLE = "complaints.handle_complaint"


def place_letter(complaint: "Complaint", kind: str, *, more: Mapping[str, object] | None = None) -> Letter:
    """Place a letter, with its text frozen now; it is mailed to the complainant, or waits to be posted."""
    with override(complaint.language):
        context = {**build_complaint_context(complaint), **(more or {})}
    return incoming_letters.place_letter(complaint, kind, context=context, with_open_days=kind in WITH_OPEN_DAYS)


def send_copy(complaint: "Complaint") -> None:
    """Mail the person complained about a copy of the complaint (Awb 9:9). Raises ValueError if nobody is named."""
    if complaint.person is None:
        raise ValueError("nobody was named")
    with override("nl"):
        context = {**build_complaint_context(complaint), "applicant": str(complaint.person)}
    words = compose_text("mail_complaint_copy", language="nl", context=context)
    complaint.dossier.send_mail(words, complaint.person.email)


def mail_message(complaint: "Complaint") -> None:
    """Mail the complainant that a message waits in the portal, without quoting it."""
    link = settings.SITE_URL + complaint.messages_address
    context = {"number": str(complaint.dossier), "applicant": complaint.name, "link": link}
    complaint.dossier.send_mail(
        compose_text("mail_message", language=complaint.language, context=context), complaint.email
    )


def build_complaint_context(complaint: "Complaint") -> dict[str, object]:
    """The values available to every letter about a complaint."""
    policy = CurrentPolicy.on(clock.today())
    return {
        "number": str(complaint.dossier),
        "applicant": complaint.name,
        "complaint": complaint.about,
        "received_on": complaint.received_on or "",
        "sender": policy.text("sender_name", complaint.language),
        "signed_by": describe_handler(complaint),
        "contact": describe_contact(),
        "portal_url": describe_portal_page(complaint),
        "handler": str(complaint.assigned_to or ""),
        "adviser": complaint.adviser,
        "weeks": count_weeks(complaint.adjourned_weeks),
        "reply_until": complaint.reply_until or "",
        "hearing_at": format_moment(complaint.hearing_at) if complaint.hearing_at else "",
        "hearing_place": complaint.hearing_place,
        "body": complaint.forwarded_to.with_address if complaint.forwarded_to else "",
        **build_outcome_context(complaint),
        **build_day_context(complaint, on=clock.today()),
    }


def build_day_context(complaint: "Complaint", *, on: date) -> dict[str, object]:
    """The days that depend on the day a letter is made known."""
    return {
        "decide_by": complaint.decide_by or "",
        "explanation_of_deadline": describe_decision_deadline(complaint),
        "ombudsman_until": add_year(on),
        "today": on,
    }


def build_outcome_context(complaint: "Complaint") -> dict[str, object]:
    """Findings, judgment and conclusions, and where the complainant can turn next (Awb 9:12)."""
    return {
        "outcome": Markup(reasons.OUTCOME.get(complaint.outcome, "")),
        "findings": complaint.findings,
        "judgment": complaint.judgment,
        "conclusions": complaint.conclusions or _("We draw no further conclusions."),
        "hearing": describe_hearing(complaint),
        "advice": describe_advice(complaint),
        "ground": str(reasons.DECLINED.get(complaint.declined_because, "")),
        "ombudsman": describe_ombudsman(complaint),
        "explanation": "",
    }


def count_weeks(weeks: int) -> str:
    """The length of an adjournment, in words."""
    return ngettext("%(count)s week", "%(count)s weeks", weeks) % {"count": weeks}


def describe_handler(complaint: "Complaint") -> str:
    """The colleague who handles the complaint, with their function; empty if there is none."""
    return describe_signer(complaint.assigned_to, permission=MAY_HANDLE) if complaint.assigned_to else ""


def describe_portal_page(complaint: "Complaint") -> str:
    """Where a complainant with an account finds the complaint in the portal; empty for others."""
    if complaint.complainant_id is None:
        return ""
    address = settings.SITE_URL + reverse("complaint", args=[complaint.key])
    return _("You can find your complaint at %(address)s.") % {"address": address}


def describe_hearing(complaint: "Complaint") -> str:
    """How the complainant was heard, or why not (Awb 9:10)."""
    if complaint.heard_on:
        return _("We heard you on %(day)s.") % {"day": format_day(complaint.heard_on)}
    if not complaint.hearing_waived:
        return ""
    return f"{reasons.NOT_HEARD[complaint.hearing_waived]} {complaint.hearing_waived_because}".strip()


def describe_advice(complaint: "Complaint") -> str:
    """The advice, which goes with the outcome (Awb 9:16); empty if there is none."""
    if complaint.advised_on is None:
        return ""
    about = {"adviser": complaint.adviser, "day": format_day(complaint.advised_on), "advice": complaint.advice}
    return _("%(adviser)s advised us on %(day)s: %(advice)s") % about


def describe_ombudsman(complaint: "Complaint") -> str:
    """The ombudsman with address (Awb 9:12(2)); if the table has none, just the word."""
    there = complaint.ombudsman
    return f"{there.name}, {there.address}, {there.website}" if there else _("the ombudsman")


def add_year(day: date) -> date:
    """The same day a year later; 28 February for 29 February (Awb 9:24(1))."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
