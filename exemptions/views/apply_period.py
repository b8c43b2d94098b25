"""Screen 6: where and when."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from exemptions import terms
from exemptions.forms.period import PeriodForm
from exemptions.intake import drafts, obstacles
from exemptions.views.screens import Screen


class PeriodScreen(Screen):
    """The municipality of a local kind, and the days."""

    name = "period"
    needs_kind = True

    @property
    def title(self) -> str:
        return _("Where and when do you need it?") if self.draft.chosen_kind.is_municipal else _("When do you need it?")

    def form(self, data: QueryDict | None = None, **kwargs: Any) -> BaseForm:
        """The form with the saved values; a new draft starts from today."""
        kept = {
            "municipality": self.draft.municipality_id,
            "wanted_from": self.draft.wanted_from or timezone.localdate(),
            "wanted_until": self.draft.wanted_until,
        }
        return PeriodForm(
            data, kind=self.draft.chosen_kind, facts=self.draft.current_facts, **{"initial": kept, **kwargs}
        )

    def save(self, form: BaseForm) -> HttpResponse | None:
        """Save the days, and the municipality of a local kind."""
        data = form.cleaned_data
        drafts.save_period(
            self.draft,
            municipality=data.get("municipality"),
            wanted_from=data["wanted_from"],
            wanted_until=data["wanted_until"],
        )
        here = [one for one in obstacles.find_obstacles(self.draft, today=timezone.localdate()) if one.blocks]
        return self.show(form, obstacles=here, is_refused=True) if here else None

    def context(self) -> dict[str, Any]:
        """The longest period."""
        first = self.draft.wanted_from or timezone.localdate()
        latest = terms.latest_end(self.draft.chosen_kind, facts=self.draft.current_facts, starts_on=first)
        kind = self.draft.chosen_kind
        return {"kind": kind, "duration": kind.text("duration"), "latest": latest}
