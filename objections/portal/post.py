"""The letters of a dossier that are about one of its objections."""

from casework.models import Letter
from exemptions.models import Decision
from objections.models import Objection


def letters_of(objection: Objection) -> list[Letter]:
    """The letters about an objection, latest first; every objection in a dossier has its own."""
    about = objection.dossier.letters.filter(case_type=objection.CASE_TYPE, case_id=objection.pk)
    return list(about.order_by("-placed_at", "-pk"))


def letter_of(decision: Decision) -> Letter | None:
    """The letter that announced a decision."""
    found: Letter | None = decision.application.dossier.letters.filter(reference=decision.reference).first()
    return found
