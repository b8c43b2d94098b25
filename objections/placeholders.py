"""The {placeholders} that letters about an objection may use, with sample values."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.texts import Markup
from exemptions.placeholders import APPEAL, CASE, DESK, SIGNED, TERM_TO_DECIDE, Letters, Title
from objections import reasons

OBJECTION = (*CASE, *DESK, "decision_reference", "decision_date", "objection_received_on", "object_until", "in_time")
RUNNING = (*OBJECTION, *TERM_TO_DECIDE)
REPAIR = ("items", "ends_by", "explanation")
HEARING = ("hearing_at", "heard_by", "hearing_place", "papers_until", "file_open_from")
NEW_DECISION = ("article", "starts_on", "ends_on", "new_reference", "verify_url")
JUDGED = (*OBJECTION, *NEW_DECISION, "court", "judged_on", "judgment", *SIGNED)
OUTCOME = (*OBJECTION, *SIGNED, *APPEAL, "reference", "reasons", "hearing", "costs", "appeal_until")

KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "objection_receipt": (*RUNNING, *APPEAL),
        "objection_repair": (*RUNNING, *REPAIR),
        "objection_repair_reminder": (*RUNNING, *REPAIR),
        "objection_information": (*RUNNING, "explanation", "ends_by"),
        "objection_hearing_offer": (*RUNNING, "reply_until"),
        "objection_hearing_invitation": (*RUNNING, *HEARING),
        "objection_hearing_cancelled": (*RUNNING, "hearing_at", "explanation"),
        "objection_committee": (*RUNNING, "chair", "members"),
        "objection_committee_ended": (*RUNNING, "explanation"),
        "objection_adjourned": (*RUNNING, "explanation"),
        "objection_delayed": (*RUNNING, "explanation", "delayed_because"),
        "objection_upheld": (*OUTCOME, *NEW_DECISION),
        "objection_upheld_in_part": (*OUTCOME, *NEW_DECISION),
        "objection_reopened": (*OUTCOME, "access", "ground_text", "article", "new_reference", "verify_url"),
        "objection_penalty": (*OUTCOME, "amount", "penalty_paying", "new_reference"),
        "objection_unfounded": (*OUTCOME, "other_ways"),
        "objection_inadmissible": (*OUTCOME, "inadmissible_because"),
        "objection_withdrawn": OBJECTION,
        "objection_direct_refused": (*RUNNING, "explanation", "mandate"),
        "objection_forwarded": (*OBJECTION, "court", "mandate"),
        "objection_to_body": (*OBJECTION, "body", "explanation"),
        "judgment_granted": (*JUDGED, *APPEAL, "appeal_until"),
        "judgment_granted_higher": (*JUDGED, "appeal_until"),
        "judgment_granted_object": (*JUDGED, "object_how"),
        "judgment_granted_by_court": JUDGED,
    }
)

TITLES: Mapping[str, Title] = MappingProxyType(
    {
        "objection_receipt": gettext_lazy("objection: receipt"),
        "objection_repair": gettext_lazy("objection: request for repair"),
        "objection_repair_reminder": gettext_lazy("objection: reminder to repair"),
        "objection_information": gettext_lazy("objection: information asked"),
        "objection_hearing_offer": gettext_lazy("objection: hearing offered"),
        "objection_hearing_invitation": gettext_lazy("objection: invitation to the hearing"),
        "objection_hearing_cancelled": gettext_lazy("objection: hearing called off"),
        "objection_committee": gettext_lazy("objection: a committee advises"),
        "objection_committee_ended": gettext_lazy("objection: no advice of a committee"),
        "objection_adjourned": gettext_lazy("objection: adjourned"),
        "objection_delayed": gettext_lazy("objection: delayed further"),
        "objection_upheld": gettext_lazy("decision on objection: upheld"),
        "objection_upheld_in_part": gettext_lazy("decision on objection: upheld in part"),
        "objection_reopened": gettext_lazy("decision on objection: upheld, and rejected on the merits"),
        "objection_penalty": gettext_lazy("decision on objection: penalty set anew"),
        "objection_unfounded": gettext_lazy("decision on objection: unfounded"),
        "objection_inadmissible": gettext_lazy("decision on objection: inadmissible"),
        "objection_withdrawn": gettext_lazy("objection: withdrawn"),
        "objection_direct_refused": gettext_lazy("objection: direct appeal refused"),
        "objection_forwarded": gettext_lazy("objection: forwarded to the court"),
        "objection_to_body": gettext_lazy("objection: forwarded to another body"),
        "judgment_granted": gettext_lazy("decision after a judgment"),
        "judgment_granted_higher": gettext_lazy("decision after a judgment in higher appeal that keeps the next one"),
        "judgment_granted_object": gettext_lazy("decision after a judgment that annulled our first decision"),
        "judgment_granted_by_court": gettext_lazy("exemption that a court granted"),
    }
)


def list_sample_values() -> dict[str, object]:
    """A sample value for every placeholder that only these letters have."""
    return {**_sample_objection(), **_sample_hearing(), **_sample_outcome()}


def _sample_objection() -> dict[str, object]:
    return {
        "decision_reference": "K7RT-4MWD-9XHC",
        "decision_date": date(2026, 4, 1),
        "objection_received_on": date(2026, 5, 4),
        "in_time": _("Your objection came in time."),
        "delayed_because": reasons.DELAYED["objector"],
        "items": Markup(f"- {_('the grounds: why you disagree with our decision')}"),
    }


def _sample_hearing() -> dict[str, object]:
    return {
        "reply_until": date(2026, 5, 26),
        "hearing_at": _("18 June 2026, 10:00"),
        "heard_by": _("The advisory committee will hear you: %(chair)s (chair), %(members)s.")
        % {"chair": "C. de Vries", "members": "J. Bakker, S. Yilmaz"},
        "chair": "C. de Vries",
        "members": "J. Bakker, S. Yilmaz",
        "hearing_place": "Stadsplateau 1, Utrecht",
        "papers_until": date(2026, 6, 7),
        "file_open_from": date(2026, 6, 11),
    }


def _sample_outcome() -> dict[str, object]:
    return {
        "reasons": _("The reasons for the decision go here."),
        "hearing": _("How the objector was heard goes here."),
        "costs": _("What was decided about the costs goes here."),
        "inadmissible_because": _("you objected too late, without a good reason (articles 6:7 and 6:11 Awb)"),
        "other_ways": _(
            "Perhaps another exemption fits, or a day exemption. The portal shows what is possible for your vehicle."
        ),
        "appeal_until": date(2026, 8, 10),
        "new_reference": "P3LN-8QVB-2TGK",
        "court": "Rechtbank Midden-Nederland",
        "judged_on": date(2026, 11, 3),
        "judgment": _("What the court decided goes here, in short."),
    }


LETTERS = Letters(KINDS, list_sample_values, titles=TITLES)
