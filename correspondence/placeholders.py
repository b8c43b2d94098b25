"""The {placeholders} that letters about a submission may use, with sample values."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exemptions.placeholders import Letters, Title

SUBMISSION = ("number", "applicant", "submission", "received_on", "today", "explanation", "sender", "contact")
KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"submission_forwarded": (*SUBMISSION, "body"), "submission_returned": SUBMISSION}
)
TITLES: Mapping[str, Title] = MappingProxyType(
    {
        "submission_forwarded": gettext_lazy("submission: forwarded to another body"),
        "submission_returned": gettext_lazy("submission: returned to the sender"),
    }
)


def list_sample_values() -> dict[str, object]:
    """A sample value for the placeholder that only these letters have."""
    return {"submission": _("I do not agree with my traffic fine.")}


LETTERS = Letters(KINDS, list_sample_values, titles=TITLES)
