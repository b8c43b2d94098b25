"""Looks up the reference of a decision on an objection, for the public page and for the desk's search."""

from django.db.models import Q
from django.utils.translation import gettext as _

from casework.deadline_words import format_day
from exemptions.search import Keys, find_keys, reference_in
from exemptions.views.verify import OtherReference
from objections.models import ObjectionDecision


def look_up_reference(reference: str) -> OtherReference | None:
    """What a genuine reference is and its date, without personal data; None for an unknown reference."""
    decision = ObjectionDecision.objects.filter(reference=reference).first()
    if decision is None:
        return None
    words = [_("This is a decision on an objection, of %(day)s.") % {"day": format_day(decision.dated_on)}]
    if decision.annulled_on:
        words.append(_("A court annulled it on %(day)s.") % {"day": format_day(decision.annulled_on)})
    words.append(_("It is not an exemption itself: an exemption has a reference of its own."))
    return OtherReference(decision.reference, " ".join(words))


def find_applications(words: str) -> Keys:
    """The applications with a decision on an objection under this reference."""
    reference = reference_in(words)
    decided = ObjectionDecision.objects.filter(reference=reference) if reference else ObjectionDecision.objects.none()
    return find_keys(Q(pk__in=decided.values("objection__decision__application")))
