"""Which pieces a dossier has for a purpose, as far as somebody sees them at the desk, in the order of their days."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet, TextChoices
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.desk.steps import CaseDesk
from casework.models import CaseMessage, Document, Letter
from casework.wiring import wired

if TYPE_CHECKING:
    from accounts.models import User

Sections = Sequence[tuple[str, Sequence[tuple[str, str]]]]
"""Headings with names and values under them."""


class Purpose(TextChoices):
    """What the dossier is made for."""

    COURT = "court", _("for the court (Awb 8:42)")
    INSPECTION = "inspection", _("to lie open before the hearing (Awb 7:4)")
    DISCLOSURE = "disclosure", _("for who asks for their own data (GDPR, article 15)")


@dataclass(frozen=True)
class Piece:
    """One numbered piece: a file, a letter that was made known, or words that stand in no file."""

    title: str
    day: date
    document: Document | None = None
    letter: Letter | None = None
    sections: Sections = field(default_factory=tuple)


Texts = Callable[[Any], Iterator[Piece]]
"""What a case has in words and not as a file: what was filled in, answers, the report of a hearing."""


def list_pieces(case: Any, *, user: "User", purpose: Purpose, with_notes: bool) -> list[Piece]:
    """All that belongs to the matter, of every case in its dossier that the user sees.

    What the desk keeps to itself, such as what went to and from a court, is only for who asks for all of it.
    """
    found: dict[tuple[str, int], Piece] = {}
    words: list[Piece] = []
    for desk, one in list_cases(case, user=user):
        documents = desk.documents(one).filter(letter=None).order_by("added_at", "pk")
        if purpose != Purpose.DISCLOSURE:
            documents = exclude_internal(documents)
        found |= {("document", file.pk): as_piece(file) for file in documents}
        letters = desk.letters(one).exclude(made_known_on=None).select_related("pdf").order_by("placed_at", "pk")
        found |= {("letter", letter.pk): letter_as_piece(letter) for letter in letters}
        words += find_texts(one)
        if with_notes:
            words += find_notes(one)
    unique = {(piece.title, piece.day, str(piece.sections)): piece for piece in words}
    return sorted([*unique.values(), *found.values()], key=lambda piece: piece.day)


def list_cases(case: Any, *, user: "User") -> Iterator[tuple[CaseDesk[Any], Any]]:
    """The cases of the dossier that the user sees, with their desks."""
    desks: Sequence[CaseDesk[Any]] = wired("CASE_DESKS")
    for desk in desks:
        if user.has_perm(desk.permission):
            yield from ((desk, one) for one in desk.seen(user).filter(dossier=case.dossier_id).order_by("pk"))


def exclude_internal(documents: "QuerySet[Document]") -> "QuerySet[Document]":
    """Without what the desk keeps to itself."""
    for keys in wired("FILES_INSIDE"):
        documents = documents.exclude(pk__in=keys())
    return documents


def as_piece(document: Document) -> Piece:
    """A file, by its name and the day on which it came."""
    return Piece(document.name, timezone.localdate(document.added_at), document=document)


def letter_as_piece(letter: Letter) -> Piece:
    """A letter, by its subject and the day on which it was made known."""
    day = letter.made_known_on or timezone.localdate(letter.placed_at)
    return Piece(gettext("Letter: %(subject)s") % {"subject": letter.subject}, day, letter=letter)


def find_texts(case: Any) -> Iterator[Piece]:
    """What its app says that it has in words."""
    providers: Mapping[str, Texts] = wired("DOSSIER_TEXTS")
    provider = providers.get(case.CASE_TYPE)
    return provider(case) if provider else iter(())


def list_messages(case: Any) -> Iterator[Piece]:
    """What was written to and fro about a case in the portal, each message as a piece."""
    for message in CaseMessage.objects.of(case).select_related("by"):
        title = gettext("Message from us") if message.from_desk else gettext("Message in the portal")
        yield Piece(title, timezone.localdate(message.at), sections=[(title, [(str(message.by), message.text)])])


def find_notes(case: Any) -> Iterator[Piece]:
    """The internal notes on a case, each as a piece."""
    notes = case.notes.select_related("by").order_by("at", "pk") if hasattr(case, "notes") else ()
    for note in notes:
        said = [(str(note.by), note.text)]
        yield Piece(gettext("Internal note"), timezone.localdate(note.at), sections=[(gettext("Note"), said)])
