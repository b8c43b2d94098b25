"""The papers of a case before a court, with the day on which they were sent or received."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from casework import clock
from casework.models import Document
from casework.steps import StepRefused

if TYPE_CHECKING:
    from objections.models import Appeal


def add_paper(appeal: "Appeal", direction: str, *, title: str, dated_on: date, document: Document | None) -> None:
    """Add a paper that went to the court or came from it; raises StepRefused for a day in the future."""
    if dated_on > clock.today():
        raise StepRefused(gettext("That day is in the future."), field="dated_on")
    appeal.papers.create(direction=direction, title=title, dated_on=dated_on, document=document)


def refuse_before_appeal(appeal: "Appeal", day: date) -> None:
    """Raise StepRefused for a day before the appeal was filed."""
    if appeal.filed_on and day < appeal.filed_on:
        raise StepRefused(gettext("That day is before the appeal, or still to come."), field="dated_on")
