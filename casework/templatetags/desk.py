"""Where the pages of a case are, whatever its sort."""

from typing import Any

from django import template

from casework.desk.steps import CaseDesk

register = template.Library()


@register.simple_tag
def case_address(desk: CaseDesk[Any], case: Any) -> str:
    """The page of a case."""
    return desk.case_address(case)


@register.simple_tag
def step_address(desk: CaseDesk[Any], case: Any, name: str) -> str:
    """The page of one of its steps."""
    return desk.step_address(case, name)
