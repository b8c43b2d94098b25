"""Which letters of a dossier belong to one of its objections."""

from casework.models import Letter
from exemptions.models import Decision
from objections.models import Objection
from objections.models.objection_query import KINDS


def letters_of(objection: Objection) -> list[Letter]:
    """From its beginning until that of the next objection of the dossier, the latest first; two queries."""
    later = Objection.objects.filed().filter(dossier=objection.dossier_id, pk__gt=objection.pk).order_by("pk")
    until = later.values_list("created_at", flat=True).first()
    placed = objection.dossier.letters.filter(placed_at__gte=objection.created_at).order_by("-placed_at", "-pk")
    return [
        letter for letter in placed if letter.kind.startswith(KINDS) and (until is None or letter.placed_at < until)
    ]


def letter_of(decision: Decision) -> Letter | None:
    """The letter that announced a decision."""
    found: Letter | None = decision.application.dossier.letters.filter(reference=decision.reference).first()
    return found
