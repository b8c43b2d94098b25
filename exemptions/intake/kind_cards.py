"""A kind of exemption as a page shows it: for whom, what proof, how long, at what fee."""

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
    """What holds for some vehicles of several: their plates, how many more there are, and the sentence."""

    plates: tuple[str, ...]
    more: int
    words: str


@dataclass(frozen=True)
class KindCard:
    """One kind in the reader's language. `key` makes two clicks on its button one draft.

    `notes`: of several vehicles those that it is not for.
    """

    kind: KindVersion
    reasons: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    key: UUID = field(default_factory=uuid4)

    @property
    def fits(self) -> bool:
        """Whether it can be asked."""
        return not self.reasons

    @property
    def summary(self) -> str:
        """For whom it is, in a sentence."""
        return self.kind.text("summary")

    @property
    def conditions(self) -> SafeString:
        """What is demanded, as a list."""
        return markup.render_markup(self.kind.text("conditions"), heading=4)

    @property
    def duration(self) -> str:
        """How long it lasts."""
        return self.kind.text("duration")

    @property
    def fee(self) -> str:
        """What asking costs; empty if that is not known."""
        return fees.format_fee(self.kind)

    @property
    def extending(self) -> str:
        """What extending costs, in a word or two."""
        if self.kind.is_day:
            return _("not possible")
        return _("free") if self.kind.extension_free else self.fee or _("nothing now")

    @property
    def costs(self) -> str:
        """What asking costs and how it is paid, in words."""
        return fees.describe_costs(self.kind)

    @property
    def evidence(self) -> list[EvidenceRequirement]:
        """What proof it requires."""
        return list(self.kind.evidence.all())


def make_cards(fits: Iterable[Fit]) -> list[KindCard]:
    """The kinds in the same order."""
    return [KindCard(fit.kind, fit.reasons) for fit in fits]
