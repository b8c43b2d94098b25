"""Letters, files and mails of those for whom a user acts, across all cases."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from casework.models import Document, Letter, Message
from exemptions import files
from exemptions.forwarding import NOTE
from exemptions.models import Applicant, Application, CompletionRequest, LetterReading, ViewRequest
from exemptions.models.application_query import ApplicationQuerySet

if TYPE_CHECKING:
    from accounts.models import User

FRESH_DAYS = 42
"""An unread letter counts as new for as long as one can object to it: six weeks (Awb 6:7)."""
OWN_DOING = (
    "receipt",
    "withdrawn",
    "change_asked",
    "day_granted",
    "default_notice_received",
    "objection_receipt",
    NOTE,
)
"""Letters that confirm what the user just did, or that are for somebody else, so that they are not urgent."""
QUESTIONS_SHOWN = 50


def find_dossiers(user: "User", applicant: Applicant | None = None) -> "QuerySet[Application, int]":
    """Primary keys of the dossiers of filed applications; with `applicant` only theirs."""
    keys: QuerySet[Application, int] = find_applications(user, applicant).filed().values_list("dossier_id", flat=True)
    return keys


def find_applications(user: "User", applicant: Applicant | None = None) -> ApplicationQuerySet:
    """The applications of those for whom the user acts, or of one of them."""
    mine: ApplicationQuerySet = Application.objects.of_applicant(user)
    if applicant is not None:
        mine = mine.filter(applicant=applicant)
    return mine


def find_letters(user: "User", applicant: Applicant | None = None) -> QuerySet[Letter]:
    """Every letter, latest first, joined to its case and to who read it."""
    with_case = Letter.objects.select_related(
        "dossier__application__kind", "dossier__application__applicant", "reading__read_by", "postal_copy"
    )
    return with_case.filter(dossier__any_of=find_dossiers(user, applicant)).order_by("-placed_at", "-pk")


def find_unread_letters(user: "User", *, today: date, applicant: Applicant | None = None) -> QuerySet[Letter]:
    """Recent letters that nobody on the user's side opened, and that may need action; every page shows their number."""
    fresh = find_letters(user, applicant).filter(reading=None, placed_at__date__gte=today - timedelta(days=FRESH_DAYS))
    return fresh.exclude(kind__in=OWN_DOING)


def is_new(letter: Letter, *, today: date) -> bool:
    """The same for one letter from `find_letters`."""
    is_fresh = timezone.localdate(letter.placed_at) >= today - timedelta(days=FRESH_DAYS)
    return is_fresh and not hasattr(letter, "reading") and letter.kind not in OWN_DOING


def mark_as_read(user: "User", applicant: Applicant | None = None) -> int:
    """Mark all unread letters as read, which is recorded as different from opening them. Returns how many."""
    found = list(find_unread_letters(user, today=timezone.localdate(), applicant=applicant))
    marked = [LetterReading(letter=letter, read_by=user, only_marked=True) for letter in found]
    LetterReading.objects.bulk_create(marked, ignore_conflicts=True)
    return len(found)


@dataclass(frozen=True)
class UndeliveredMail:
    """An email address at which our last mail did not arrive, and the URL where it can be corrected."""

    address: str
    at: datetime
    url: str


def find_undelivered_mails(user: "User") -> list[UndeliveredMail]:
    """The user's side's addresses to which our last mail was given up. Three queries."""
    own = {user.email.lower(): reverse("account_email")}
    for applicant in Applicant.objects.of(user).order_by("pk"):
        for address in filter(None, (applicant.email, applicant.second_email)):
            own.setdefault(address.lower(), reverse("applicant_choices", args=[applicant.pk]))
    last = (
        Message.objects.annotate(address=Lower("to"))
        .filter(dossier__any_of=find_dossiers(user), address__in=own)
        .exclude(sent_at=None, given_up_at=None)
        .order_by("address", "-created_at", "-pk")
        .distinct("address")
    )
    return [UndeliveredMail(mail.to, mail.given_up_at, own[mail.to.lower()]) for mail in last if mail.given_up_at]


def find_documents(user: "User", applicant: Applicant | None = None) -> QuerySet[Document]:
    """Every file handed in or added for the user's side, except letters, which have their own page."""
    own = Document.objects.filter(removed_at=None, dossier__any_of=find_dossiers(user, applicant)).exclude(
        kind=Document.Kind.LETTER
    )
    seen = files.exclude_internal(own)
    return seen.select_related("dossier__application__kind", "added_by").order_by("-added_at", "-pk")


def find_mails(user: "User", applicant: Applicant | None = None) -> QuerySet[Message]:
    """Every mail about a case, latest first."""
    about = Message.objects.filter(dossier__any_of=find_dossiers(user, applicant))
    return about.select_related("dossier__application").order_by("-created_at", "-pk")


def find_completion_requests(user: "User", applicant: Applicant | None = None) -> QuerySet[CompletionRequest]:
    """Requests for completion, latest first."""
    asked = CompletionRequest.objects.filter(application__any_of=find_applications(user, applicant).values("pk"))
    return (
        asked.select_related("application__dossier")
        .prefetch_related("items__item__requirement")
        .order_by("-sent_at")[:QUESTIONS_SHOWN]
    )


def views_asked(user: "User", applicant: Applicant | None = None) -> QuerySet[ViewRequest]:
    """Requests for a view, latest first."""
    asked = ViewRequest.objects.filter(application__any_of=find_applications(user, applicant).values("pk"))
    return asked.select_related("application__dossier").order_by("-created_at")[:QUESTIONS_SHOWN]
