"""Screen 3: the kind of exemption. First those that fit; then the others, with the reason why not."""

from functools import cached_property
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from exemptions.forms.kind import KindForm
from exemptions.intake import drafts, obstacles
from exemptions.intake.eligibility import Fit, offer_kinds, read_situation
from exemptions.intake.kind_cards import KindCard, make_cards
from exemptions.models import KindVersion
from exemptions.views.screens import Screen
from zones.models import current_rule_book


class KindScreen(Screen):
    """A choice between the kinds that fit."""

    name = "kind"

    @property
    def title(self) -> str:
        return _("Which exemption are you applying for?")

    @cached_property
    def fits(self) -> list[Fit]:
        """Every kind of today, with the reasons if it does not fit."""
        today = timezone.localdate()
        kinds = KindVersion.objects.in_force(on=today).prefetch_related("evidence")
        return offer_kinds(kinds, read_situation(self.draft), on=today, book=current_rule_book(on=today))

    @cached_property
    def cards(self) -> list[KindCard]:
        """The kinds on which a person decides; one that the applicant has already applied for does not fit."""
        return make_cards(obstacles.mark_applied_kinds((fit for fit in self.fits if not fit.kind.is_day), self.draft))

    def form(self, data: QueryDict | None = None, **kwargs: Any) -> BaseForm:
        chosen = {"kind": self.draft.kind.code if self.draft.kind else ""}
        return KindForm(data, cards=[card for card in self.cards if card.fits], **{"initial": chosen, **kwargs})

    def save(self, form: BaseForm) -> HttpResponse | None:
        """Save the kind, with its checklist."""
        if isinstance(form, KindForm):
            drafts.choose_kind(self.draft, form.chosen())
        return None

    def context(self) -> dict[str, Any]:
        """What to read before choosing."""
        files = self.draft.dossier.documents.filter(evidenceitem__application=self.draft)
        others = [card for card in self.cards if not card.fits]
        one_day = next((fit for fit in self.fits if fit.kind.is_day and fit.fits), None)
        return {"others": others, "has_files": files.exists(), "one_day": one_day}
