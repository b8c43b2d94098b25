"""The {placeholders} that letters about a complaint may use, with sample values."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.texts import Markup
from complaints import reasons
from exemptions.placeholders import TERM_TO_DECIDE, Letters, Title

COMPLAINT = ("number", "applicant", "complaint", "received_on", "today", "sender", "contact", "portal_url")
RUNNING = (*COMPLAINT, *TERM_TO_DECIDE)
NEXT = ("ombudsman", "ombudsman_until")

KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "complaint_receipt": RUNNING,
        "complaint_hearing_offer": (*RUNNING, "reply_until"),
        "complaint_hearing": (*RUNNING, "hearing_at", "hearing_place"),
        "complaint_adviser": (*RUNNING, "adviser"),
        "complaint_adjourned": (*RUNNING, "weeks", "explanation"),
        "complaint_delayed": (*RUNNING, "explanation"),
        "complaint_outcome": (
            *COMPLAINT,
            *NEXT,
            "signed_by",
            "outcome",
            "findings",
            "judgment",
            "conclusions",
            "hearing",
            "advice",
        ),
        "complaint_declined": (*COMPLAINT, *NEXT, "signed_by", "ground", "explanation"),
        "complaint_settled": (*COMPLAINT, "explanation"),
        "complaint_withdrawn": COMPLAINT,
        "complaint_forwarded": (*COMPLAINT, "body", "explanation"),
        "complaint_as_objection": COMPLAINT,
        "mail_complaint_copy": ("number", "applicant", "complaint", "received_on"),
    }
)

TITLES: Mapping[str, Title] = MappingProxyType(
    {
        "complaint_receipt": gettext_lazy("complaint: receipt"),
        "complaint_hearing_offer": gettext_lazy("complaint: hearing offered"),
        "complaint_hearing": gettext_lazy("complaint: invitation to the hearing"),
        "complaint_adviser": gettext_lazy("complaint: somebody advises"),
        "complaint_adjourned": gettext_lazy("complaint: adjourned"),
        "complaint_delayed": gettext_lazy("complaint: later day agreed"),
        "complaint_outcome": gettext_lazy("complaint: outcome"),
        "complaint_declined": gettext_lazy("complaint: not handled"),
        "complaint_settled": gettext_lazy("complaint: settled to satisfaction"),
        "complaint_withdrawn": gettext_lazy("complaint: withdrawn"),
        "complaint_forwarded": gettext_lazy("complaint: forwarded"),
        "complaint_as_objection": gettext_lazy("complaint: handled as an objection"),
        "mail_complaint_copy": gettext_lazy("email: copy of a complaint to whom it is about"),
    }
)


def list_sample_values() -> dict[str, object]:
    """A sample value for each placeholder that only these letters have."""
    return {
        "complaint": _("On the phone I was cut off twice."),
        "reply_until": date(2026, 5, 26),
        "hearing_at": _("18 June 2026, 10:00"),
        "hearing_place": "Stadsplateau 1, Utrecht",
        "adviser": "mr. C. de Vries",
        "weeks": _("4 weeks"),
        "outcome": Markup(_("Your complaint is **justified**.")),
        "findings": _("What we found goes here."),
        "judgment": _("What we think of it goes here."),
        "conclusions": _("What we do about it goes here."),
        "hearing": _("How the complainant was heard goes here."),
        "advice": "",
        "ground": reasons.DECLINED["old"],
        "ombudsman": "Nationale ombudsman, Postbus 93122, 2509 AC Den Haag, https://www.nationaleombudsman.nl/",
        "ombudsman_until": date(2027, 6, 18),
    }


LETTERS = Letters(KINDS, list_sample_values, titles=TITLES)
