"""For the page of a case: how to object, the objections made, and the way to court if we do not decide."""

from datetime import date
from typing import Any

from django import template
from django.utils import timezone

from exemptions.models import Application, Decision
from objections.models import Appeal, AppealStatus, Objection
from objections.portal import drafts, progress, silence

register = template.Library()


@register.inclusion_tag("portal/_objecting.html")
def objecting(application: Application) -> dict[str, Any]:
    """How to object to an application's decision, and the objections made, in a constant number of queries."""
    today = timezone.localdate()
    decision = drafts.find_objectable_decision(application)
    about = Objection.objects.filter(decision__application=application)
    cases = progress.build_cases(progress.with_all(about).order_by("-pk"), today=today)
    until = Objection(decision=decision).object_until if decision else None
    begun = [case for case in cases if case.objection.is_draft]
    return {
        "application": application,
        "decision": decision,
        "until": until,
        "is_posted": bool(decision and decision.made_known_on),
        "is_late": bool(until and until < today),
        "draft": next((case for case in begun if case.objection.decision.is_on_application), None),
        "others": [list_other(one, begun, today) for one in drafts.list_objectable_others(application)],
        "sent": [case for case in cases if not case.objection.is_draft],
    }


def list_other(decision: Decision, begun: list[progress.Case], today: date) -> dict[str, Any]:
    """A decision on a penalty or conversion to which one can object separately, with any draft."""
    until = Objection(decision=decision).object_until
    return {
        "decision": decision,
        "until": until,
        "is_late": until < today,
        "draft": next((case for case in begun if case.objection.decision_id == decision.pk), None),
    }


@register.inclusion_tag("portal/_silence.html")
def silence_of(case: Application | Objection) -> dict[str, Any]:
    """The way to court if we do not decide, and the appeals about an application.

    The page of an objection shows its appeals itself. One query if we are in time.
    """
    lodged = Appeal.objects.about(case).exclude(status=AppealStatus.ANNOUNCED).order_by("filed_on", "pk")
    return {
        "sentences": silence.describe_way_to_court(case, today=timezone.localdate()),
        "appeals": list(lodged) if isinstance(case, Application) else [],
    }
