"""The panel next to the form of a decision: the facts of the case, the kind's conditions, and text blocks."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from casework.desk.forms import StepForm
from exemptions import conditions, text_blocks
from exemptions.admin import case_page
from exemptions.admin.fields import GroundField
from exemptions.admin.step_forms import BesideCaseForm

if TYPE_CHECKING:
    from exemptions.models import Application, Ground


def build_deciding_context(application: "Application", form: StepForm, *, may_see_files: bool) -> dict[str, Any]:
    """The context of `desk/decision_panel.html`, in a fixed number of queries."""
    facts = case_page.facts_of(application)
    first = max(application.wanted_from or date.min, timezone.localdate())
    grounds = list_offered_grounds(form)
    use = form.block_use if isinstance(form, BesideCaseForm) else None
    return {
        "application": application,
        "may_see_files": may_see_files,
        "facts": facts[0] if facts else None,
        "standing": case_page.find_standing(application, facts=facts[0].record if facts else None),
        "answers": case_page.answers_of(application),
        "given_answers": case_page.find_request_answers(
            application,
            application.completion_requests.prefetch_related(case_page.list_asked_items()),
            application.view_requests.all(),
        ),
        "proof": application.relevant_evidence,
        "conditions": conditions.conditions_of(application, on=first),
        "reasons_to_reject": conditions.list_reasons_to_reject(application),
        "text_blocks": text_blocks.list_blocks(application, use=use, grounds=grounds) if use else [],
    }


def list_offered_grounds(form: StepForm) -> "list[Ground]":
    """The grounds from which the form offers a choice."""
    field = form.fields.get("ground")
    return list(field.queryset) if isinstance(field, GroundField) and field.queryset is not None else []
