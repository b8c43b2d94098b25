"""The papers of a case before a court, with the day on which they went there or came from it."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from casework import clock
from casework.models import Document
from casework.steps import StepRefused

if TYPE_CHECKING:
    from objections.models import Appeal


def add_paper(appeal: "Appeal", direction: str, *, title: str, dated_on: date, document: Document | None) -> None:
    """It went to the court or came from it, and not on a day that is still to come."""
    if dated_on > clock.today():
        raise StepRefused(gettext("That day is in the future."), field="dated_on")
    appeal.papers.create(direction=direction, title=title, dated_on=dated_on, document=document)


def refuse_before_appeal(appeal: "Appeal", day: date) -> None:
    """The court hears nothing from us about a case that is not there yet."""
    if appeal.filed_on and day < appeal.filed_on:
        raise StepRefused(gettext("That day is before the appeal, or still to come."), field="dated_on")
