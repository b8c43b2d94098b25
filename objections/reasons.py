"""Legal grounds as sentences to the objector, for letters; the desk has shorter names for them."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from objections.models.hearing import Hearing
from objections.models.outcome import ObjectionDecision

NOT_HEARD: Mapping[str, StrOrPromise] = {
    Hearing.Skipped.INADMISSIBLE: _(
        "There was no hearing: it was clear at once that we could not handle your objection (article 7:3, a, Awb)."
    ),
    Hearing.Skipped.UNFOUNDED: _(
        "There was no hearing: it was clear at once that your objection could not succeed (article 7:3, b, Awb)."
    ),
    Hearing.Skipped.WAIVED: _("There was no hearing: you did not want to be heard (article 7:3, c, Awb)."),
    Hearing.Skipped.NO_REPLY: _(
        "There was no hearing: you did not tell us in time that you wanted to be heard (article 7:3, d, Awb)."
    ),
    Hearing.Skipped.UPHELD: _(
        "There was no hearing: you are right in everything, and that harms nobody else (article 7:3, e, Awb)."
    ),
}
INADMISSIBLE: Mapping[str, StrOrPromise] = {
    ObjectionDecision.Inadmissible.LATE: _("you objected too late, without a good reason (articles 6:7 and 6:11 Awb)"),
    ObjectionDecision.Inadmissible.NOT_REPAIRED: _(
        "your objection was not complete, and you did not complete it in time (article 6:6 Awb)"
    ),
    ObjectionDecision.Inadmissible.NO_INTEREST: _(
        "you are no interested party, or you have no interest in this objection any more (article 1:2 Awb)"
    ),
    ObjectionDecision.Inadmissible.NO_DECISION: _(
        "your objection is not against a decision to which you can object (article 1:3 Awb)"
    ),
}
"""The rest of a sentence that begins with 'The reason is'."""
ADVISED: Mapping[str, StrOrPromise] = {
    ObjectionDecision.Outcome.UPHELD: _("The advisory committee advised us on %(day)s to uphold your objection."),
    ObjectionDecision.Outcome.UPHELD_IN_PART: _(
        "The advisory committee advised us on %(day)s to uphold your objection in part."
    ),
    ObjectionDecision.Outcome.UNFOUNDED: _(
        "The advisory committee advised us on %(day)s to declare your objection unfounded."
    ),
    ObjectionDecision.Outcome.INADMISSIBLE: _(
        "The advisory committee advised us on %(day)s to declare your objection inadmissible."
    ),
}
DELAYED: Mapping[str, StrOrPromise] = {
    "all": _(
        "You and everybody else concerned agreed to this (article 7:10, paragraph 4 under a, Awb). If you did not, "
        "contact us at once."
    ),
    "objector": _(
        "You agreed to this, and it harms nobody else (article 7:10, paragraph 4 under b, Awb). If you did not, "
        "contact us at once."
    ),
    "procedure": _("A rule of procedure in the law makes this necessary (article 7:10, paragraph 4 under c, Awb)."),
}
"""The sentence by `objections.steps.term.Consent`."""
