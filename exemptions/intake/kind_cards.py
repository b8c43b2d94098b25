"""A kind of exemption as a page shows it: for whom, which evidence, how long, and at what fee."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from casework import markup
from exemptions import fees
from exemptions.intake.eligibility import Fit
from exemptions.models import EvidenceRequirement, KindVersion


@dataclass(frozen=True)
class Note:
    """A remark about some of several vehicles: their plates, how many more there are, and the sentence."""

    plates: tuple[str, ...]
    more: int
    words: str


@dataclass(frozen=True)
class KindCard:
    """One kind in the reader's language. `key` makes two clicks on its button result in one draft.

    `notes`: which of several vehicles it is not for.
    """

    kind: KindVersion
    reasons: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    key: UUID = field(default_factory=uuid4)

    @property
    def fits(self) -> bool:
        """Whether somebody can apply for it."""
        return not self.reasons

    @property
    def summary(self) -> str:
        """For whom the kind is, in a sentence."""
        return self.kind.text("summary")

    @property
    def conditions(self) -> SafeString:
        """The conditions, as a list."""
        return markup.render_markup(self.kind.text("conditions"), heading=4)

    @property
    def duration(self) -> str:
        """How long it lasts."""
        return self.kind.text("duration")

    @property
    def fee(self) -> str:
        """The fee for applying; empty if unknown."""
        return fees.format_fee(self.kind)

    @property
    def extending(self) -> str:
        """The fee for extending, in a word or two."""
        if self.kind.is_day:
            return _("not possible")
        return _("free") if self.kind.extension_free else self.fee or _("nothing now")

    @property
    def costs(self) -> str:
        """The fee for applying and how to pay it, in words."""
        return fees.describe_costs(self.kind)

    @property
    def evidence(self) -> list[EvidenceRequirement]:
        return list(self.kind.evidence.all())


def make_cards(fits: Iterable[Fit]) -> list[KindCard]:
    """Cards for the kinds, in the same order."""
    return [KindCard(fit.kind, fit.reasons) for fit in fits]
