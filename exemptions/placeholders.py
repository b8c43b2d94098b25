"""The {placeholders} that each letter and mail may use; texts edited at the desk are checked against them.

`docs/letters.md` explains them; `exemptions.letters` fills them in. `zesportal.wiring` adds the letters of other apps.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from django.conf import settings
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.languages import in_language
from casework.deadline_words import format_day
from casework.models import LetterText
from casework.models.letter import Words
from casework.texts import Markup, fill_text, find_placeholders
from casework.wiring import wired

CASE = ("number", "applicant", "kind", "vehicle", "plate", "municipality", "received_on", "today", "portal_url")
DESK = ("authority", "contact")
TERM_TO_DECIDE = ("decide_by", "explanation_of_deadline")
REQUEST = ("items", "ends_by", "explanation")
SUSPENDED = ("why", "article", "first_day", "runs_again_on", "agreed_until", "explanation")
SUSPENSION = (*CASE, *DESK, *TERM_TO_DECIDE, *SUSPENDED)
GROUND = ("ground", "ground_text", "article", "explanation")
SIGNED = ("signed_by", "mandate")
APPEAL = ("appeal_court", "appeal_how")
DECISION = (*GROUND, *SIGNED, *APPEAL, "reference", "verify_url", "object_until", "object_how")
CHANGED = (
    "starts_on",
    "ends_on",
    "from_day",
    "former_plate",
    "former_starts_on",
    "former_ends_on",
    "earlier_reference",
)
CHANGE = (*CASE, *DESK, *DECISION, *CHANGED)
NOTICE = ("notice_received_on", "notice_due")
PENALTY_DAYS = ("first_penalty_day", "last_penalty_day", "most")
PENALTY_SUM = ("penalty_days", "amount", "penalty_sum", "penalty_paying")
PENALTY = (*PENALTY_DAYS, *PENALTY_SUM, "no_penalty_because", "explanation")
CONVERSION = ("explanation", "new_kind", "new_number", "new_decide_by", "policy_rules")
MAIL = ("number", "applicant", "link")
ARTICLE = "artikel 87 RVV 1990"
ARTICLE_EN = "article 87 of the Traffic Rules and Signs Regulations 1990 (RVV 1990)"

Title = str | Promise
Samples = Callable[[], dict[str, object]]

OWN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "receipt": (*CASE, *DESK, *TERM_TO_DECIDE, "fee", "costs", "access"),
        "completion_request": (*CASE, *DESK, *REQUEST),
        "reminder": (*CASE, *DESK, *REQUEST),
        "granted": (*CASE, *DESK, *DECISION, "starts_on", "ends_on"),
        "rejected": (*CASE, *DESK, *DECISION, "access", "insufficient", "measured"),
        "set_aside": (*CASE, *DESK, *DECISION, "access", "asked"),
        "converted": (
            *CASE,
            *DESK,
            *SIGNED,
            *CONVERSION,
            "reference",
            "object_until",
            "object_how",
            "objection_address",
        ),
        "day_granted": (*CASE, *DESK, *DECISION, "starts_at", "ends_at", "fee", "costs", "fee_basis"),
        "day_annulled": (
            *CASE,
            *DESK,
            *DECISION,
            *("access", "starts_at", "ends_at", "meaning", "earlier_reference"),
        ),
        **dict.fromkeys(("vehicle_replaced", "exemption_ended", "decision_corrected"), CHANGE),
        "term_changed": (*CHANGE, "unheard"),
        **dict.fromkeys(("temporary_vehicle", "temporary_vehicle_ended"), CHANGE),
        **dict.fromkeys(("exemption_revoked", "exemption_suspended"), (*CHANGE, "access", "unheard")),
        "suspension_lifted": (*CHANGE, "access"),
        "day_cancelled": (*CHANGE, "starts_at", "ends_at"),
        "change_view_asked": (*CASE, *DESK, "differing_data", "ends_by", "intention", "earlier_reference"),
        "exemption_stays": (*CASE, *DESK, "explanation"),
        "change_asked": (*CASE, *DESK, "wish", "asked_on", "answer_by"),
        "change_refused": (*CASE, *DESK, *DECISION, "wish", "asked_on"),
        "holder_renamed": (*CASE, *DESK, "former_name", "explanation"),
        "hearing_offer": (*CASE, *DESK, "differing_data", "ends_by"),
        "extension_notice": (*CASE, *DESK, *TERM_TO_DECIDE, "explanation", "access"),
        "withdrawn": (*CASE, *DESK, "explanation"),
        "forwarded": (*CASE, *DESK, "body", "explanation"),
        "forwarding_note": ("number", "applicant", "received_on", "body", "explanation", "sender", "contact"),
        "renewed": (*CASE, *DESK, *DECISION, "starts_on", "ends_on"),
        **dict.fromkeys(("foreign_inquiry", "term_suspended", "term_resumed", "delay_proposed"), SUSPENSION),
        "default_notice_received": (*CASE, *DESK, *NOTICE, *PENALTY_DAYS, *APPEAL),
        "default_notice_too_early": (*CASE, *DESK, *NOTICE),
        "penalty_set": (*CASE, *DESK, *NOTICE, *PENALTY, *SIGNED, "reference", "object_until", "object_how"),
        "mail_letter_placed": MAIL,
        "mail_reminder": (*MAIL, "ends_by"),
        "mail_resume_draft": ("link", "ends_by", "days_left"),
        "mail_wrong_channel": ("sent_on", "ends_by", "contact", "link"),
        "mail_progress": (*MAIL, *TERM_TO_DECIDE),
        "mail_message": MAIL,
        "mail_message_came": ("number", "link"),
        "mail_invitation": ("applicant", "link"),
        "mail_role_given": ("name", "roles", "login_address", "link"),
        "mail_login_reset": ("name", "login_address", "link", "contact"),
    }
)

TITLES: Mapping[str, Title] = MappingProxyType(
    {
        "receipt": gettext_lazy("receipt"),
        "completion_request": gettext_lazy("request for completion"),
        "reminder": gettext_lazy("reminder"),
        "hearing_offer": gettext_lazy("request for a view"),
        "extension_notice": gettext_lazy("notice of extension"),
        "granted": gettext_lazy("decision: granted"),
        "rejected": gettext_lazy("decision: rejected"),
        "set_aside": gettext_lazy("decision: set aside"),
        "converted": gettext_lazy("decision: converted"),
        "withdrawn": gettext_lazy("withdrawn"),
        "forwarded": gettext_lazy("forwarded to another body"),
        "forwarding_note": gettext_lazy("to the other body: with what is forwarded"),
        "day_granted": gettext_lazy("decision: day exemption"),
        "day_annulled": gettext_lazy("decision: day exemption revoked"),
        "vehicle_replaced": gettext_lazy("decision: another vehicle"),
        "exemption_ended": gettext_lazy("decision: ended at the request of the holder"),
        "exemption_revoked": gettext_lazy("decision: exemption revoked"),
        "exemption_suspended": gettext_lazy("decision: exemption suspended"),
        "suspension_lifted": gettext_lazy("decision: suspension lifted"),
        "temporary_vehicle": gettext_lazy("decision: temporary vehicle"),
        "temporary_vehicle_ended": gettext_lazy("decision: temporary vehicle ended"),
        "term_changed": gettext_lazy("decision: another last day"),
        "decision_corrected": gettext_lazy("decision: clerical error corrected"),
        "day_cancelled": gettext_lazy("decision: day exemption cancelled"),
        "change_view_asked": gettext_lazy("request for a view on a change"),
        "exemption_stays": gettext_lazy("the exemption stays as it is"),
        "change_asked": gettext_lazy("request for a change received"),
        "change_refused": gettext_lazy("decision: change refused"),
        "holder_renamed": gettext_lazy("name of the holder changed"),
        "renewed": gettext_lazy("decision: taken again"),
        "foreign_inquiry": gettext_lazy("a foreign authority was asked"),
        "term_suspended": gettext_lazy("term to decide suspended"),
        "term_resumed": gettext_lazy("term to decide runs again"),
        "delay_proposed": gettext_lazy("agreement with a later decision asked"),
        "default_notice_received": gettext_lazy("notice of default received"),
        "default_notice_too_early": gettext_lazy("notice of default came too early"),
        "penalty_set": gettext_lazy("decision: penalty for being late"),
        "mail_letter_placed": gettext_lazy("email: a letter is waiting"),
        "mail_reminder": gettext_lazy("email: reminder"),
        "mail_resume_draft": gettext_lazy("email: go on with a draft"),
        "mail_wrong_channel": gettext_lazy("email: an application by email"),
        "mail_progress": gettext_lazy("email: a caseworker is at work"),
        "mail_message": gettext_lazy("email: a message about a case"),
        "mail_message_came": gettext_lazy("email to a colleague: a message came about a case"),
        "mail_invitation": gettext_lazy("email: invitation"),
        "mail_role_given": gettext_lazy("email: a role at the desk"),
        "mail_login_reset": gettext_lazy("email: begin anew with logging in"),
    }
)
EXPORT_KINDS = {
    "mail_dossier_ready": ("list", "rows", "expires_on", "link"),
    "mail_export_ready": ("list", "rows", "expires_on", "link"),
    "mail_export_failed": ("list", "problem", "link"),
}


@dataclass(frozen=True)
class Letters:
    """The letters and mails of an app: placeholders and title of each, and an invented value per placeholder."""

    kinds: Mapping[str, tuple[str, ...]]
    samples: Samples
    titles: Mapping[str, Title]


def all_letters() -> Sequence[Letters]:
    """The letters of every app."""
    found: Sequence[Letters] = wired("LETTERS")
    return found


def letter_placeholders() -> dict[str, tuple[str, ...]]:
    """The placeholders each kind of text may use."""
    return {kind: names for letters in all_letters() for kind, names in letters.kinds.items()}


def letter_titles() -> dict[str, Title]:
    """The titles of letters and mails, by kind."""
    return {kind: title for letters in all_letters() for kind, title in letters.titles.items()}


def find_unknown_placeholders(kind: str, *templates: str) -> list[str]:
    """The placeholders in a subject or body that this kind of letter does not have, alphabetically."""
    used = set().union(*(find_placeholders(template) for template in templates))
    return sorted(used.difference(letter_placeholders().get(kind, ())))


def preview_text(text: LetterText) -> Words:
    """Fill in a text with an invented case, as previewed at the desk before saving.

    Raises `casework.texts.UnknownPlaceholder` for a placeholder that its letter does not have.
    """
    samples = sample_values(text.kind, text.language)
    return fill_text(text, context={name: samples[name] for name in letter_placeholders()[text.kind]})


def sample_values(kind: str, language: str) -> dict[str, object]:
    """An invented value for each placeholder of a letter."""
    with override(language):
        common = {**_sample_case(), **_sample_request(), **_sample_decision(), **_sample_penalty()}
        own = next((letters.samples for letters in all_letters() if kind in letters.kinds), dict)
        return {**common, **own()}


def _sample_case() -> dict[str, object]:
    return {
        "number": "ZES-2026-000123",
        "applicant": "Bakkerij De Korst",
        "kind": _("Long delivery time"),
        "vehicle": "Volkswagen Transporter",
        "plate": "V-123-BC",
        "municipality": _("all zero-emission zones in the Netherlands"),
        "received_on": date(2026, 3, 3),
        "today": date(2026, 4, 1),
        "decide_by": date(2026, 5, 7),
        "explanation_of_deadline": _("Received on 3 March, plus 8 weeks, plus 9 days in which we waited for you."),
        "portal_url": f"{settings.SITE_URL}/…",
        "link": f"{settings.SITE_URL}/…",
        "authority": _("the municipal executive of Utrecht"),
        "mandate": _("The Centraal Loket takes this decision under mandate."),
        "signed_by": f"Kees Behandelaar, {_('national caseworker')}",
        "appeal_court": _("the district court %(name)s") % {"name": "Midden-Nederland"},
        "appeal_how": _("On rechtspraak.nl you can read how to do this."),
        "contact": "088 000 00 00",
        "sender": "Centraal Loket",
        "body": "Parket CVOM, Postbus 50000, 3500 MJ Utrecht",
        "fee": "€ 30,00",
        "costs": _("This application costs %(fee)s. You also pay if we reject your application.") % {"fee": "€ 30,00"},
        "sent_on": date(2026, 3, 3),
        "fee_basis": _(
            "These costs are a municipal charge (leges), set in the by-law on charges of the municipality. "
            "The bill tells you how to object to them."
        ),
        "days_left": "30",
        "access": _("Without an exemption you may not enter the zone with this vehicle. You may get a fine."),
        "name": "Kees Behandelaar",
        "roles": _("national caseworker"),
        "login_address": "kees@example.org",
    }


def _sample_request() -> dict[str, object]:
    item, why = _("Purchase or lease contract"), _("the date of delivery is missing.")
    return {
        "items": Markup(f"- **{item}**: {why}"),
        "ends_by": date(2026, 4, 15),
        "asked": Markup(f"{_sample_asked()}\n\n- **{item}**: {why}\n\n{_('We did not get an answer.')}"),
        "differing_data": _sample_differences(),
        "insufficient": Markup(_("This proof was missing or not good enough:") + f"\n\n- **{item}**: {why}"),
        "new_kind": _("Grid congestion"),
        "new_number": "ZES-2026-000124",
        "new_decide_by": date(2026, 5, 7),
        "policy_rules": _("the policy rules on exemptions for zero-emission zones"),
        "measured": _("We used the thresholds in force since %(day)s.") % {"day": date_format(date(2026, 1, 1))},
    }


def _sample_asked() -> str:
    return _("On %(asked)s we asked you for this. You could send it until %(until)s.") % {
        "asked": format_day(date(2026, 4, 1)),
        "until": format_day(date(2026, 4, 15)),
    }


def _sample_differences() -> Markup:
    head = f"| {_('Data')} | {_('You filled in')} | {_('We found')} |\n| --- | --- | --- |\n"
    return Markup(head + _("| First registration | 2 May 2014 | 2 May 2012 (vehicle register) |"))


def _sample_decision() -> dict[str, object]:
    return {
        "ground": _("The ground in short"),
        "ground_text": _("The text of the ground goes here."),
        "article": in_language(ARTICLE, ARTICLE_EN),
        "explanation": _("The caseworker's explanation goes here."),
        "starts_on": date(2026, 4, 2),
        "ends_on": date(2026, 12, 31),
        "starts_at": _("2 April 2026, 00:00"),
        "ends_at": _("3 April 2026, 06:00"),
        "reference": "K7RT-4MWD-9XHC",
        "verify_url": f"{settings.SITE_URL}/…",
        "earlier_reference": "Q4ZT-8NWD-2XBC",
        "from_day": date(2026, 6, 1),
        "former_plate": "V-321-CB",
        "former_starts_on": date(2026, 4, 2),
        "former_ends_on": date(2026, 11, 30),
        "intention": _("to revoke it"),
        "unheard": _("We did not ask for your view beforehand (article 4:11 Awb). The reason: %(because)s")
        % {"because": _("The caseworker's explanation goes here.")},
        "wish": _("the exemption until %(last)s") % {"last": format_day(date(2026, 12, 31))},
        "asked_on": date(2026, 4, 1),
        "answer_by": date(2026, 5, 27),
        "former_name": "Bakkerij De Korst VOF",
        "meaning": _("You cannot use this day exemption, and it no longer counts towards the yearly number."),
        "object_until": date(2026, 5, 13),
        "object_how": _("Send a letter to the body that took this decision."),
        "objection_address": _("The address is: %(address)s.") % {"address": "Postbus 1, 3500 AA Utrecht"},
    }


def _sample_penalty() -> dict[str, object]:
    return {
        "notice_received_on": date(2026, 5, 11),
        "notice_due": date(2026, 5, 7),
        "first_penalty_day": date(2026, 5, 27),
        "last_penalty_day": date(2026, 7, 7),
        "penalty_days": "15",
        "amount": "€\N{NO-BREAK SPACE}357",
        "penalty_sum": Markup(f"- {_('Number of days that count')}: 15\n- {_('Amount')}: **€\N{NO-BREAK SPACE}357**"),
        "penalty_paying": _(
            "We will pay you this amount within six weeks after this letter (article 4:87 Awb). You "
            "do not need to do anything, unless we do not have your account number yet. In that case "
            "we will ask you for it."
        ),
        "most": "€\N{NO-BREAK SPACE}1.442",
        "no_penalty_because": "",
    }


def _sample_suspension() -> dict[str, object]:
    return {
        "why": _("We asked an authority abroad for information that we need to decide."),
        "first_day": date(2026, 4, 2),
        "runs_again_on": date(2026, 4, 16),
        "agreed_until": date(2026, 4, 15),
    }


LETTERS = Letters(OWN, _sample_suspension, titles=TITLES)


def list_export_samples() -> dict[str, object]:
    """An invented value for each placeholder that only these mails have."""
    return {
        "list": _("Applications: all open"),
        "rows": "123.456",
        "expires_on": date(2026, 4, 8),
        "problem": _("What went wrong stands here, and what to do."),
    }


EXPORT_MAILS = Letters(
    EXPORT_KINDS,
    list_export_samples,
    titles={
        "mail_dossier_ready": gettext_lazy("email: a dossier as PDF is ready"),
        "mail_export_ready": gettext_lazy("email: an export is ready"),
        "mail_export_failed": gettext_lazy("email: an export failed"),
    },
)
