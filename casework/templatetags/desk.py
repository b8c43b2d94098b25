"""Where the pages of a case are, whatever its sort. Each carries the list that the case was opened from."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.template import Context

from casework.desk.steps import CaseDesk

register = template.Library()


@register.simple_tag(takes_context=True)
def case_address(context: Context, desk: CaseDesk[Any], case: Any) -> str:
    """The page of a case."""
    return from_list(context, desk.case_address(case))


@register.simple_tag(takes_context=True)
def step_address(context: Context, desk: CaseDesk[Any], case: Any, name: str, **asked: Any) -> str:
    """The page of one of its steps, with what it is asked."""
    address = desk.step_address(case, name)
    return from_list(context, f"{address}?{urlencode(asked)}" if asked else address)


@register.simple_tag(takes_context=True)
def pending_address(context: Context, desk: CaseDesk[Any], case: Any, key: int) -> str:
    """The page of one of its steps that waits."""
    return from_list(context, desk.pending_address(case, key))


def from_list(context: Context, address: str) -> str:
    """The address with the list of this page, if it has one."""
    place = context.get("place")
    return place.here.added_to(address) if place else address
