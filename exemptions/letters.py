"""Letters of an application: what fills the texts in `data/letter_texts/`, and who is mailed.

PDF and mail are made after the step.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, TypedDict, Unpack

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.models import User
from casework import clock
from casework.deadline_words import describe_decision_deadline, format_day, format_moment
from casework.letter_pdfs import check_address
from casework.models import Letter
from casework.suspensions import INQUIRY
from casework.texts import Markup, compose_text, escape_markup, leave_open
from exemptions import access_today, authority, thresholds
from exemptions.doubts import find_shortfall
from exemptions.fees import describe_costs, format_fee
from exemptions.models.completion import CompletionRequest, ViewRequest
from exemptions.models.decision import Change, Decision, Outcome
from exemptions.models.evidence import EvidenceItem
from exemptions.models.exemption import DayUse, Exemption, find_plate_holder
from exemptions.models.kind import KindVersion
from exemptions.placeholders import OWN
from zones.plates import spell_plate

if TYPE_CHECKING:
    from exemptions.models.applicant import Applicant
    from exemptions.models.application import Application


MAY_DECIDE = "exemptions.decide_application"
WITH_OPEN_DAYS = frozenset(
    {"extension_notice", INQUIRY, *(kind for kind, names in OWN.items() if "object_until" in names)}
)
"""Letters whose contents depend on the day on which they are made known."""
TELLS_ACCESS = frozenset(kind for kind, names in OWN.items() if "access" in names)
GIVEN_BACK = (Change.REQUEST, Change.LIFTING)
"""Changes that either somebody at the desk decides, or the holder makes with a click."""
GIVES = (Outcome.GRANTED, Outcome.TEMPORARY)
"""Outcomes of decisions that can have an exemption."""
MAIL_OF_LETTER = {"reminder": "mail_reminder"}
"""The mail that announces a letter; all others have the standard mail (Awb 2:10: within 48 hours)."""


class Subject(TypedDict, total=False):
    """What a letter is about, besides the application; `more`: other values for its placeholders."""

    request: CompletionRequest | None
    view_request: ViewRequest | None
    decision: Decision | None
    exemption: Exemption | None
    object_until: date | None
    new_kind: KindVersion | None
    successor: "Application | None"
    explanation: str
    more: Mapping[str, object] | None


def place_letter(
    application: "Application",
    kind: str,
    *,
    by_post: bool | None = None,
    by: "User | None" = None,
    **subject: Unpack[Subject],
) -> Letter:
    """Place a letter in the portal and put the mail about it in the outbox; its words are frozen from now on.

    `by_post`: whether it waits to be posted; looked up if None. A letter that begins or ends a term is sent by
    `exemptions.steps.announcement`. `by`: who decides, for a letter without a `decision`.
    """
    with override(application.language):
        context = build_context(application, kind, by=by, **subject)
    decision, exemption = subject.get("decision"), subject.get("exemption")
    by_post = application.goes_by_post if by_post is None else by_post
    shown = leave_open(context) if by_post and kind in WITH_OPEN_DAYS else context
    letter = application.dossier.place_letter(
        application,
        compose_text(kind, language=application.language, context=shown),
        address=application.applicant.address if application.applicant else "",
        reference=decision.reference if decision else "",
        plate=exemption.plate if exemption else "",
        by_post=by_post,
    )
    announce_letter(application, letter, context=context)
    return letter


def build_context(
    application: "Application", kind: str, *, by: "User | None", **subject: Unpack[Subject]
) -> dict[str, object]:
    """The values of a letter's placeholders, in the active language."""
    decision, request = subject.get("decision"), subject.get("request")
    desk = build_desk_context(application, by=decision.taken_by if decision else by, automatic=is_automatic(decision))
    context: dict[str, object] = {
        **build_case_context(application),
        **desk,
        **build_requests_context(request, subject.get("view_request")),
        **build_decision_context(decision, subject.get("exemption"), subject.get("object_until"), application.language),
        **build_reasons_context(application, kind, decision, rules=str(desk["policy_rules"])),
        **build_access_context(application, kind, subject.get("exemption")),
        **build_conversion_context(subject.get("new_kind"), subject.get("successor"), application.language),
        **(subject.get("more") or {}),
    }
    if said := subject.get("explanation") or (request.explanation if request else ""):
        context["explanation"] = said
    return context


def build_reasons_context(
    application: "Application", kind: str, decision: Decision | None, *, rules: str
) -> dict[str, object]:
    """What a kind of letter says about the case besides the decision, and what the decision rests on."""
    return {
        "costs": describe_application_costs(application, granted=kind == "day_granted"),
        "insufficient": insufficient_proof(application) if kind == "rejected" else "",
        "asked": describe_last_request(application) if kind == "set_aside" else "",
        "measured": describe_measured(decision) if kind == "rejected" else "",
        "article": quote_law(application, decision, rules=rules),
    }


def build_access_context(application: "Application", kind: str, exemption: Exemption | None) -> dict[str, object]:
    """Today's access without the exemption that this letter takes away, even if it only does so when posted."""
    ended = None if kind == "suspension_lifted" else exemption
    return {
        "access": access_today.find_access_today(application, without=ended).sentence if kind in TELLS_ACCESS else "",
        "meaning": describe_day_use(application) if kind == "day_annulled" else "",
    }


def announce_letter(application: "Application", letter: Letter, *, context: Mapping[str, object]) -> None:
    """Mail about a placed letter, with the values of its placeholders (Awb 2:10)."""
    mail = MAIL_OF_LETTER.get(letter.kind, "mail_letter_placed")
    mail_followers(application, mail, context={**context, "link": context["portal_url"]}, letter=letter)


def mail_followers(
    application: "Application", mail: str, *, context: Mapping[str, object], letter: Letter | None = None
) -> None:
    """Put a mail in the outbox for everybody who follows the case and wants it, or must get it by law."""
    words = compose_text(mail, language=application.language, context=context)
    application.dossier.send_mail(words, *find_recipients(application, mail), letter=letter)


def notify_progress(application: "Application") -> None:
    """Mail those who want to know that a caseworker has started on the case."""
    if find_recipients(application, "mail_progress"):
        with override(application.language):
            about = build_case_context(application)
        mail_followers(application, "mail_progress", context={**about, "link": about["portal_url"]})


def mail_message(application: "Application", *, address: str) -> None:
    """Mail everybody who follows the case that a message waits, with its URL in the portal."""
    with override(application.language):
        about = build_case_context(application)
    mail_followers(application, "mail_message", context={**about, "link": settings.SITE_URL + address})


def build_case_context(application: "Application") -> dict[str, object]:
    """What every letter and mail can say about the case."""
    return {
        "number": str(application.dossier),
        "applicant": str(application.applicant or ""),
        "plate": partial(spell_current_plate, application),
        "vehicle": partial(describe_vehicle, application),
        "kind": application.kind.text("name", application.language) if application.kind else "",
        "municipality": str(application.municipality or _("all zero-emission zones in the Netherlands")),
        "received_on": application.received_on if application.received_at else "",
        "decide_by": application.decide_by or "",
        "explanation_of_deadline": partial(describe_decision_deadline, application),
        "today": clock.today(),
        "portal_url": settings.SITE_URL + reverse("application", args=[application.key]),
        "set_aside_after": "",
        "fee": _("nothing, because it is an extension") if is_free(application) else format_fee(application.kind),
        "costs": describe_application_costs(application),
        "fee_basis": describe_fee_basis(application),
        "explanation": "",
        "days_left": "",
    }


def spell_current_plate(application: "Application") -> str:
    """The plate that the case is about now; a dash before one was filled in."""
    about = find_plate_holder(application)
    return spell_plate(about.plate, country=about.country) if about.plate else "–"


def describe_vehicle(application: "Application") -> str:
    """Make and model; the class for a vehicle that no register knows."""
    facts = application.current_facts
    return (f"{facts.vehicle.make} {facts.vehicle.model}".strip() if facts else "") or (
        application.get_vehicle_class_display()
    )


def describe_application_costs(application: "Application", *, granted: bool = False) -> str:
    """What the application costs and how to pay."""
    return describe_costs(application.kind, extends=bool(application.renews_id), granted=granted)


def describe_fee_basis(application: "Application") -> str:
    """The legal basis of the fee and where to object to it (Gemeentewet 229, 231); empty if there is nothing to pay."""
    if application.kind is None or not application.kind.fee_eur or is_free(application):
        return ""
    return _(
        "These costs are a municipal charge (leges), set in the by-law on charges of the municipality. The bill tells "
        "you how to object to them."
    )


def is_free(application: "Application") -> bool:
    """Whether it is an extension of a kind with free extensions."""
    return bool(application.renews_id and application.kind and application.kind.extension_free)


def build_desk_context(
    application: "Application", *, by: "User | None" = None, permission: str = MAY_DECIDE, automatic: bool = False
) -> dict[str, object]:
    """Who decides and signs, in whose name; who to contact, and how to object and appeal."""
    return {
        **authority.build_authority_context(authority.find_authority(application, by=by)),
        "signed_by": partial(authority.describe_signer, by, permission=permission, automatic=automatic),
    }


def is_automatic(decision: Decision | None) -> bool:
    """Whether the system took it: a day exemption, or what the holder gave up in the portal."""
    if decision is None or decision.taken_by is not None:
        return False
    return decision.change in GIVEN_BACK or decision.application.chosen_kind.is_day


def build_requests_context(request: CompletionRequest | None, view_request: ViewRequest | None) -> dict[str, object]:
    """What is asked, and until when."""
    asked = request.asked_items if request else []
    lines = [f"- **{escape_markup(str(item.item))}**: {escape_markup(' '.join(item.why.split()))}" for item in asked]
    term = request or view_request
    return {
        "items": Markup("\n".join(lines)),
        "ends_by": term.ends_on if term else "",
        "differing_data": differing_data(view_request) if view_request else "",
    }


def differing_data(request: ViewRequest) -> Markup:
    """A table of what was given and what was found, followed by what the caseworker adds to it."""
    head = [_("Data"), _("You filled in"), _("We found")]
    rows = [[row.what, row.given, row.found] for row in request.table]
    lines = [line_of(row) for row in (head, ["---"] * len(head), *rows)] if rows else []
    return Markup("\n\n".join(filter(None, ["\n".join(lines), escape_markup(request.differing_data)])))


def line_of(cells: Sequence[str]) -> str:
    """One row of a table in the markup of letters; text that people typed is escaped."""
    plain = (cell if cell == "---" else escape_markup(" ".join(cell.split())) for cell in cells)
    return f"| {' | '.join(plain)} |"


def insufficient_proof(application: "Application") -> Markup:
    """The evidence that was missing or insufficient, and why: what a rejection rests on besides its ground."""
    about = {"extends": bool(application.renews_id), "is_foreign": application.is_foreign}
    items = application.checklist
    judged = [item for item in items if item.verdict == EvidenceItem.Verdict.INSUFFICIENT]
    missing = [item for item in items if item.is_missing(**about)]
    lines = [
        *(line_about(item, item.because, application.language) for item in judged),
        *(
            line_about(item, _("we did not receive this."), application.language)
            for item in sorted(missing, key=lambda item: item.pk)
        ),
    ]
    return Markup("\n".join([_("This proof was missing or not good enough:"), "", *lines]) if lines else "")


def describe_shortfall(decision: "Decision | None") -> str:
    """What was asked and what is granted, in sentences for the letter; empty if nothing is refused."""
    if decision is None or not decision.in_part or decision.starts_on is None or decision.ends_on is None:
        return ""
    missing = find_shortfall(decision.application, starts_on=decision.starts_on, ends_on=decision.ends_on)
    days = {
        "asked_from": missing.asked_from and format_day(missing.asked_from),
        "asked_until": missing.asked_until and format_day(missing.asked_until),
        "first": format_day(decision.starts_on),
        "last": format_day(decision.ends_on),
    }
    told = [
        _("You asked for the exemption from %(asked_from)s. It applies from %(first)s.") if missing.asked_from else "",
        describe_asked_end(decision) if missing.asked_until else "",
        _("So we reject part of your application. This is why:"),
    ]
    return " ".join(filter(None, told)) % days


def describe_asked_end(decision: "Decision") -> str:
    """The sentence about the last day; applicants who named none asked for the longest possible term."""
    if decision.application.wanted_until:
        return _("You asked for the exemption until %(asked_until)s. It applies until %(last)s.")
    return _(
        "You asked for the exemption for as long as possible. That is until %(asked_until)s. It applies until %(last)s."
    )


def describe_last_request(application: "Application") -> Markup:
    """The facts of setting aside: what was missing, when we asked for it and until when, and whether an answer came."""
    request = application.last_sent_request
    if request is None or request.sent_on is None:
        return Markup("")
    days = {"asked": format_day(request.sent_on), "until": format_day(request.ends_on)}
    asked = _("On %(asked)s we asked you for this. You could send it until %(until)s.") % days
    answered = (
        _("You answered on %(day)s.") % {"day": format_day(request.answered_on)}
        if request.answered_on
        else _("We did not get an answer.")
    )
    return Markup("\n\n".join(filter(None, [asked, str(build_requests_context(request, None)["items"]), answered])))


def describe_measured(decision: Decision | None) -> Markup:
    """What a rejection based on the thresholds compared, by which version, and its source (Awb 3:46)."""
    if decision is None or decision.thresholds is None or not (decision.ground and decision.ground.rests_on_thresholds):
        return Markup("")
    version = decision.thresholds
    found = thresholds.judge_application(decision.application, version=version, facts=decision.facts).measured
    lines = [
        "- "
        + _("%(metric)s: %(value)s of your vehicle, the threshold is %(limit)s")
        % {
            "metric": one.metric.label,
            "value": number_format(one.value, force_grouping=True),
            "limit": number_format(one.limit, force_grouping=True),
        }
        for one in found
        if one.value is not None
    ]
    since = _("We used the thresholds in force since %(day)s.") % {"day": date_format(version.valid_from)}
    return Markup("\n".join([f"{since} {escape_markup(version.source)}", "", *lines]))


def line_about(item: EvidenceItem, why: str, language: str) -> str:
    """One item of the checklist, with what is wrong with it."""
    return f"- **{escape_markup(item.requirement.text('name', language))}**: {escape_markup(' '.join(why.split()))}"


def describe_day_use(application: "Application") -> str:
    """The consequence of revoking a day exemption, before, on and after its day; empty if it was not revoked."""
    exemption = application.exemptions.last() if application.chosen_kind.is_day else None
    if exemption is None or exemption.revoked_at is None:
        return ""
    if not DayUse.objects.filter(exemption=exemption).exists():
        return _("You cannot use this day exemption, and it no longer counts towards the yearly number.")
    if exemption.revoked_at < exemption.ends_at:
        return _(
            "You can no longer use this day exemption. The day has begun, so it counts towards this year's number."
        )
    return _("The day of this exemption is over, so it counts towards that year's number.")


def build_decision_context(
    decision: Decision | None, exemption: Exemption | None, object_until: date | None, language: str
) -> dict[str, object]:
    """What was decided, why, for which period, and how to object."""
    ground = decision.ground if decision else None
    return {
        "ground": ground.text("label", language) if ground else "",
        "ground_text": ground.text("text", language) if ground else "",
        "explanation": "\n\n".join(filter(None, [describe_shortfall(decision), decision.explanation]))
        if decision
        else "",
        "starts_on": (decision and decision.starts_on) or "",
        "ends_on": (decision and decision.ends_on) or "",
        "starts_at": format_moment(exemption.starts_at) if exemption else "",
        "ends_at": format_moment(exemption.ends_at) if exemption else "",
        "reference": decision.reference if decision else "",
        "verify_url": partial(verify_address, decision),
        "object_until": object_until or "",
    }


def quote_law(application: "Application", decision: Decision | None, *, rules: str = "") -> str:
    """The legal basis of the decision, with the policy rules and where they were published (Awb 3:47)."""
    if decision is None or decision.ground is None:
        return ""
    rules = rules or authority.find_authority(application, by=decision.taken_by).rules
    return decision.ground.basis(application.language, rules=rules)


def verify_address(decision: Decision | None) -> str:
    """The URL where anybody can check a decision and, if it gives an exemption, for which plate."""
    if decision is None:
        return settings.SITE_URL + reverse("verify")
    exemption = getattr(decision, "exemption", None) if decision.outcome in GIVES else None
    return check_address(decision.reference, exemption.plate if exemption else "")


def build_conversion_context(
    new_kind: KindVersion | None, successor: "Application | None", language: str
) -> dict[str, object]:
    """The kind as which the case continues, and by when we decide on that."""
    return {
        "new_kind": new_kind.text("name", language) if new_kind else "",
        "new_number": str(successor.dossier) if successor else "",
        "new_decide_by": (successor and successor.decide_by) or "",
    }


OPTIONAL: Mapping[str, str] = MappingProxyType({"mail_access_ends": "mail_expiry", "mail_progress": "mail_progress"})
"""The field, of a user and of an applicant, that says whether they want a mail. Any other mail goes to all."""


@dataclass(frozen=True)
class ByLaw:
    """A mail that cannot be turned off, and the article that requires it."""

    what: str | Promise
    article: str | Promise


BY_LAW = (
    ByLaw(gettext_lazy("There is a new letter for you in the portal."), gettext_lazy("Awb, article 2:10, paragraph 1")),
    ByLaw(
        gettext_lazy("We ask you to complete your application, or remind you of it."),
        gettext_lazy("Awb, articles 2:10 and 4:5"),
    ),
    ByLaw(gettext_lazy("We have received what you sent us."), gettext_lazy("Awb, article 2:17, paragraph 1")),
)


def find_recipients(application: "Application", mail: str) -> list[str]:
    """Who gets a mail about a case: the applicant at both addresses, and its owner as long as they may act.

    An address that belongs to a user follows the user's choice; any other follows the applicant's.
    """
    applicant = application.applicant
    addresses = list_addresses(applicant)
    if application.delivery.to_user:
        addresses.append(application.owner.email)
    return choose_addresses(addresses, mail, of=applicant)


def find_fleet_recipients(applicant: "Applicant", mail: str) -> list[str]:
    """Who gets a mail about an applicant's vehicles: its own addresses, unless it does not want the mail."""
    return choose_addresses(list_addresses(applicant), mail, of=applicant)


def list_addresses(applicant: "Applicant | None") -> list[str]:
    """Both addresses of the applicant, each of which may be empty."""
    return [applicant.email, applicant.second_email] if applicant else []


def choose_addresses(addresses: Iterable[str], mail: str, *, of: "Applicant | None") -> list[str]:
    """The distinct addresses, in lower case, that want the mail or must get it by law."""
    everybody = list(dict.fromkeys(address.lower() for address in addresses if address))
    field = OPTIONAL.get(mail)
    if field is None:
        return everybody
    own = dict(User.objects.filter(email__in=everybody).values_list("email", field))
    of_applicant = bool(of and getattr(of, field))
    return [address for address in everybody if own.get(address, of_applicant)]
