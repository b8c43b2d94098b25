"""On each page of an application: where it is, and by when most are decided. `{% load case_track %}`."""

from typing import Any

from django import template
from django.utils import timezone

from exemptions.models import Application
from exemptions.portal import track
from exemptions.steps.statuses import OPEN
from helpdesk.information.measured_times import find_lead_time

register = template.Library()


@register.inclusion_tag("portal/_track.html")
def show_track(application: Application) -> dict[str, Any]:
    """At most one query, for what was measured at night."""
    today = timezone.localdate()
    time = find_lead_time(application.kind.code) if application.kind and application.status in OPEN else None
    usual_days = time.p90 if time else None
    stages = track.build_track(application, usual_days=usual_days, today=today)
    return {
        "stages": stages,
        "usual": track.describe_usual(application, usual_days, today=today) if stages else "",
    }
