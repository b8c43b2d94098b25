"""Putting cases aside, at the desk: the form, for one case and for many, and the list of those that are."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, cast

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import snooze_steps
from casework.current_policy import CurrentPolicy
from casework.deadline_words import format_day
from casework.desk import column_kit
from casework.desk.bulk import BulkForm, BulkStep, Typed
from casework.desk.column_kit import ANSWER_BY, EFFECT_UNTIL, Column
from casework.desk.forms import DayField, StepForm, get_tomorrow
from casework.desk.worklists import Worklist
from casework.steps import Rehearsal

if TYPE_CHECKING:
    from accounts.models import User

UNTIL = _("Until")
FOR_ONE = _("On this day the case stands on your lists again.")


class SnoozeForm(StepForm):
    """Until when."""

    until = DayField(label=UNTIL, help_text=FOR_ONE, first=get_tomorrow, last=snooze_steps.find_last_day)


class BulkSnoozeForm(BulkForm):
    """Until when, for all of them."""

    until = DayField(
        label=UNTIL, help_text=_("On this day they stand on your lists again. The last day of a case can allow less.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        most = CurrentPolicy.on(today).number("snooze_most_days")
        cast("DayField", self.fields["until"]).bound(first=get_tomorrow(None), last=today + timedelta(days=most))


class BulkSnooze(BulkStep):
    """Put one's own cases aside until one day."""

    name = "snooze"
    label = _("Put these aside")
    form = BulkSnoozeForm
    lists = ("mine", "mine-due", "mine-answered", "mine-back")

    def __init__(self, *, permission: str) -> None:
        self.permission = permission  # type: ignore[misc]

    def typed(self, case: Any, form: BulkForm, kept: Sequence[str]) -> Typed:
        return {"until": [form.cleaned_data["until"].isoformat()]}

    def recorded(self, form: BulkForm) -> Mapping[str, Any]:
        return {"until": form.cleaned_data["until"].isoformat()}

    def describe(self, case: Any, form: BulkForm, rehearsal: Rehearsal) -> str:
        return gettext("Back on your lists on %(day)s") % {"day": format_day(form.cleaned_data["until"])}


class BulkWake(BulkStep):
    """Take one's own cases back."""

    name = "wake"
    label = _("Take back to my lists")
    lists = ("snoozed",)

    def __init__(self, *, permission: str) -> None:
        self.permission = permission  # type: ignore[misc]

    def describe(self, case: Any, form: BulkForm, rehearsal: Rehearsal) -> str:
        return gettext("Stands on your lists again")


def list_snoozed(sees_all: str) -> Worklist[Any]:
    """What is put aside: one's own, and with the permission `sees_all` that of everybody."""

    def select(rows: Any, user: "User", day: date) -> Any:
        found = rows.snoozed(today=day)
        return found if user.has_perm(sees_all) else found.filter(assigned_to=user)

    return Worklist(
        "snoozed",
        _("Put aside"),
        _(
            "Put aside by their caseworker until the day shown. They come back on it by themselves, and at once when "
            "something happens. The term to decide goes on."
        ),
        select,
        order=("snoozed_until", "decide_by", "pk"),
    )


def until_cell(row: Any) -> SafeString | str:
    """The day on which it comes back, and the last day to decide beneath it."""
    until = getattr(row, "snoozed_until", None)
    due = format_html(
        '<br><span class="desk-quiet">{}</span> {}', gettext("decide by"), column_kit.due_cell(row.decide_by)
    )
    return column_kit.join_parts(column_kit.format_day(until), due) if until else ""


SNOOZED_UNTIL = Column(
    "snoozed_until",
    _("Put aside until"),
    lambda row: getattr(row, "snoozed_until", None),
    cell=until_cell,
    ordering="snoozed_until",
    instead_of="decide_by",
)
LAST_DAYS: Mapping[str, str] = {
    "to-post": EFFECT_UNTIL.name,
    "messages": ANSWER_BY.name,
    "snoozed": SNOOZED_UNTIL.name,
}
"""By worklist: the column that counts there, in place of the last day to decide. For sorts of case without others."""
