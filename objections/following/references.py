"""What the public page answers about the reference of a decision on an objection."""

from django.utils.translation import gettext as _

from casework.deadline_words import day
from exemptions.views.verify import Other
from objections.models import ObjectionDecision


def lookup(reference: str) -> Other | None:
    """Genuine: what it is and of which day, and nothing about anybody. None where we know no such reference."""
    decision = ObjectionDecision.objects.filter(reference=reference).first()
    if decision is None:
        return None
    words = [_("This is a decision on an objection, of %(day)s.") % {"day": day(decision.announced_on)}]
    if decision.annulled_on:
        words.append(_("A court annulled it on %(day)s.") % {"day": day(decision.annulled_on)})
    words.append(_("It is no exemption itself: an exemption has a reference of its own."))
    return Other(decision.reference, " ".join(words))
