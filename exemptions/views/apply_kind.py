"""Screen 3: which exemption. First those that fit; the others with the reason why not."""

from functools import cached_property
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from exemptions.filing import drafts, obstacles
from exemptions.filing.eligibility import judge, situation
from exemptions.filing.kind_cards import KindCard, cards
from exemptions.forms.kind import KindForm
from exemptions.models import Kind
from exemptions.views.screens import Screen


class KindScreen(Screen):
    """One of the kinds that fit."""

    name = "kind"

    @property
    def title(self) -> str:
        """The question of this screen."""
        return _("Which exemption are you applying for?")

    @cached_property
    def cards(self) -> list[KindCard]:
        """Every kind of today, with the reasons where it does not fit or was asked already."""
        today = timezone.localdate()
        kinds = Kind.objects.in_force(on=today).long_term().prefetch_related("evidence")
        fits = judge(kinds, situation(self.draft), on=today)
        return cards(obstacles.with_asked(fits, self.draft))

    def form(self, data: QueryDict | None = None, **kwargs: Any) -> BaseForm:
        """The choice."""
        chosen = {"kind": self.draft.kind.code if self.draft.kind else ""}
        return KindForm(data, cards=[card for card in self.cards if card.fits], **{"initial": chosen, **kwargs})

    def save(self, form: BaseForm) -> HttpResponse | None:
        """The kind with its checklist."""
        if isinstance(form, KindForm):
            drafts.choose_kind(self.draft, form.chosen())
        return None

    def context(self) -> dict[str, Any]:
        """What to read before choosing."""
        files = self.draft.dossier.documents.filter(evidenceitem__application=self.draft)
        others = [card for card in self.cards if not card.fits]
        return {"others": others, "has_files": files.exists()}
