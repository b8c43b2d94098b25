"""The dossier as an export: asked on its page, made by the worker, kept for some days, for its owner alone."""

from typing import IO, TYPE_CHECKING, Any, BinaryIO, cast

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from casework.desk.files import refuse_without_files
from casework.desk.list_address import as_key
from casework.desk.steps import CaseDesk, find_desk
from casework.dossier_pdf.book import Cover, write_book
from casework.dossier_pdf.pieces import Piece, Purpose, list_pieces
from casework.exports.listing import Listing, map_rows
from casework.models import Export

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User
    from casework.exports.writers import Chunks, Order

NAME = "dossier"
CASE, NUMBER, PURPOSE, NOTES = "case", "number", "purpose", "notes"


def name_case(case: Any) -> str:
    """A case in an address: its sort and its number."""
    return f"{case.CASE_TYPE}-{case.pk}"


def find_case(name: str, user: "User") -> tuple[CaseDesk[Any], Any]:
    """The case of such a name with its desk.

    Raises Http404 where the user sees none or not all of it, PermissionDenied for a role without files.
    """
    case_type, _dash, number = name.rpartition("-")
    desk, key = find_desk(case_type), as_key(number)
    if desk is None or key is None or not user.has_perm(desk.permission):
        raise Http404(f"no case {name}")
    case = desk.seen(user).filter(pk=key).first()
    if case is None or desk.is_withheld(case, user):
        raise Http404(f"no case {name}")
    refuse_without_files(user)
    return desk, case


def read_purpose(filters: QueryDict) -> Purpose:
    """What it is made for; raises Http404 for anything else."""
    try:
        return Purpose(filters.get(PURPOSE, ""))
    except ValueError:
        raise Http404("no such purpose") from None


def find_pieces(user: "User", filters: QueryDict) -> list[Piece]:
    """The pieces as the user sees them now."""
    purpose = read_purpose(filters)
    _desk, case = find_case(filters.get(CASE, ""), user)
    if filters.get(NUMBER) != str(case.dossier):
        raise Http404("the number of another dossier")
    return list_pieces(case, user=user, purpose=purpose, with_notes=bool(filters.get(NOTES)))


def describe_choice(filters: QueryDict) -> str:
    """Of which number, and what for; asks no query."""
    purposes = dict(Purpose.choices)
    parts = [filters.get(NUMBER, ""), str(purposes.get(filters.get(PURPOSE, ""), ""))]
    if filters.get(NOTES):
        parts.append(gettext("with internal notes"))
    return ", ".join(filter(None, parts))


def write_pdf(file: IO[bytes], order: "Order", chunks: "Chunks") -> None:
    """The book, in the language of the desk."""
    filters = order.filters
    with override(order.language):
        facts = [
            (gettext("Number"), filters.get(NUMBER, "")),
            (gettext("Made"), str(read_purpose(filters).label)),
            (gettext("Made by"), order.owner),
            (gettext("Made on"), date_format(timezone.localdate(), "j F Y")),
            (gettext("Internal notes"), gettext("included") if filters.get(NOTES) else gettext("not included")),
        ]
        title = gettext("Dossier %(number)s") % {"number": filters.get(NUMBER, "")}
        pieces = (piece for chunk in chunks for piece in chunk)
        write_book(cast("BinaryIO", file), pieces, cover=Cover(title, facts, title), language=order.language)


def find_page(filters: QueryDict) -> str:
    """Where it is asked; raises Http404 for a name that is none."""
    case_type, _dash, number = filters.get(CASE, "").rpartition("-")
    if find_desk(case_type) is None or as_key(number) is None:
        raise Http404("no such case")
    return reverse("admin:dossier_pdf", args=[case_type, number])


def find_made(case: Any, *, purpose: Purpose | None = None) -> "QuerySet[Export]":
    """Those that were asked of a case, the latest first: who made one, what for, and when it was downloaded."""
    asked = Export.objects.filter(listing=NAME, filters__startswith=f"{CASE}={name_case(case)}&")
    if purpose is not None:
        asked = asked.filter(filters__contains=f"{PURPOSE}={purpose.value}")
    return asked.select_related("owner")


LISTING = Listing(
    name=NAME,
    title=_("Dossier"),
    columns=(_("Description"), _("Date")),
    filters=(CASE, NUMBER, PURPOSE, NOTES),
    chosen=describe_choice,
    rows=find_pieces,
    lines=map_rows(lambda piece: [piece.title, piece.day]),
    page=find_page,
    formats=("pdf",),
    write_pdf=write_pdf,
    note=_("This file holds data of the applicant. Send it only to whom it is meant for, and keep no copy."),
)
