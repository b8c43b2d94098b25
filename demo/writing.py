"""The letters of the demo: the product's own texts, filled in with what the stories say."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from casework.deadline_words import in_words
from casework.models import Letter, Message
from casework.texts import fill
from exemptions import fees, letters
from exemptions.access_today import AccessToday
from exemptions.models import Application, Decision
from objections.models import Objection
from zones.access import decide
from zones.plates import written

if TYPE_CHECKING:
    from demo.case import Case

A_MINUTE = timedelta(minutes=1)
Papers = Callable[[], list[Letter | Message]]


def letter(case: "Case", kind: str, at: datetime, about: dict[str, Any]) -> Papers:
    """Remember what the case says now; the words are made when the rows have their numbers and keys."""
    decide_by, clock = case.application.decide_by, case.open_deadlines.get("decide")

    def compose() -> list[Letter | Message]:
        application = case.application
        with override(application.language):
            context = {
                **nothing_yet(case, kind),
                **about_case(case, on=timezone.localdate(at)),
                **case.world.desk(application),
                **letters.about_requests(about.get("request"), about.get("view_request")),
                **letters.about_decision(
                    about.get("decision"), about.get("exemption"), about.get("object_until"), application.language
                ),
                **letters.about_conversion(about.get("new_kind"), about.get("successor"), application.language),
                "decide_by": decide_by or "",
                "explanation_of_deadline": in_words(clock) if clock and kind == "receipt" else "",
                **(about.get("more") or {}),
            }
        decision: Decision | None = about.get("decision")
        return placed(case, application, kind, at, context, reference=decision.reference if decision else "")

    return compose


def nothing_yet(case: "Case", kind: str) -> dict[str, object]:
    """Every name that the text uses, without a value."""
    return dict.fromkeys(case.world.names_in(case.world.text(kind, case.application.language)), "")


def about_case(case: "Case", *, on: date) -> dict[str, object]:
    """What every letter may say."""
    application, wish = case.application, case.wish
    return {
        "number": str(case.dossier),
        "applicant": str(wish.applicant),
        "plate": written(wish.plate, country=wish.country),
        "vehicle": f"{wish.facts.make} {wish.facts.model}",
        "kind": wish.kind.text("name", application.language),
        "municipality": str(wish.municipality or _("all zero-emission zones in the Netherlands")),
        "received_on": timezone.localdate(case.received_at),
        "today": on,
        "portal_url": settings.SITE_URL + reverse("application", args=[application.key]),
        "fee": fees.fee(wish.kind),
        "costs": fees.costs(wish.kind),
        "access": access(case, on=on),
    }


def access(case: "Case", *, on: date) -> str:
    """Whether the vehicle could enter on that day, as its letter says."""
    known = case.application.facts_verified
    return AccessToday(decide(case.wish.facts, on=on) if known else None, None).sentence


def placed(
    case: "Case",
    subject: Application | Objection,
    kind: str,
    at: datetime,
    context: dict[str, object],
    *,
    reference: str,
) -> list[Letter | Message]:
    """The letter about its subject, and the mail that told of it where the outbox still knows that."""
    text = case.world.text(kind, case.application.language)
    words = fill(text, context={name: context[name] for name in case.world.names_in(text)})
    letter = Letter(
        dossier=case.dossier,
        case_type=subject.CASE_TYPE,
        case_id=subject.pk,
        kind=words.kind,
        language=words.language,
        subject=words.subject,
        body=words.body,
        text_id=words.text_id,
        address=case.wish.applicant.address,
        reference=reference,
        placed_at=at,
    )
    return [letter, _mail(case, letter, at, context)] if case.world.mails_from <= at else [letter]


def _mail(case: "Case", letter: Letter, at: datetime, context: dict[str, object]) -> Message:
    """The mail that told of a letter; it was sent a minute later."""
    kind = "mail_reminder" if letter.kind == "reminder" else "mail_letter_placed"
    text = case.world.text(kind, case.application.language)
    words = fill(text, context={**context, "link": context["portal_url"]})
    return Message(
        dossier=case.dossier,
        letter=letter,
        kind=words.kind,
        to=case.wish.applicant.email,
        subject=words.subject,
        body=words.body,
        created_at=at,
        not_before=at,
        attempts=1,
        sent_at=at + A_MINUTE,
    )
