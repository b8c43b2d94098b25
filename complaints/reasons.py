"""The statutory grounds as letters word them for the complainant; the desk has shorter names."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

NOT_HEARD: Mapping[str, StrOrPromise] = {
    "unfounded": _(
        "There was no hearing: it was clear at once that your complaint is unfounded (article 9:10, paragraph 2 under "
        "a, Awb)."
    ),
    "not_wanted": _(
        "There was no hearing: you told us that you did not want one (article 9:10, paragraph 2 under b, Awb)."
    ),
    "silent": _(
        "There was no hearing: you did not tell us in time that you wanted one (article 9:10, paragraph 2 under c, "
        "Awb)."
    ),
}
"""By value of `complaints.steps.hearing.Waived`."""
DECLINED: Mapping[str, StrOrPromise] = {
    "earlier": _("we handled a complaint about this before (article 9:8, paragraph 1 under a, Awb)"),
    "old": _("it happened more than a year before you complained (article 9:8, paragraph 1 under b, Awb)"),
    "objection": _("you could have objected to this (article 9:8, paragraph 1 under c, Awb)"),
    "appeal": _("you can or could appeal against this (article 9:8, paragraph 1 under d, Awb)"),
    "court": _("another court judges this, or has judged it (article 9:8, paragraph 1 under e, Awb)"),
    "criminal": _("a criminal investigation or prosecution is under way (article 9:8, paragraph 1 under f, Awb)"),
    "minor": _("your interest, or the weight of what happened, is clearly too small (article 9:8, paragraph 2, Awb)"),
}
"""Half a sentence, after 'The reason is', by value of `complaints.steps.ending.Declined`."""
OUTCOME: Mapping[str, StrOrPromise] = {
    "justified": _("Your complaint is **justified**."),
    "partly": _("Your complaint is **partly justified**."),
    "unjustified": _("Your complaint is **not justified**."),
    "open": _("We cannot judge whether your complaint is justified."),
}
"""By value of `complaints.steps.ending.Outcome`."""
