"""What an application costs and how to pay, in one sentence for every page and letter that mentions it.

We take no payment. A kind without a fee is free for those who apply now: the version applied under determines the fee.
"""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework import clock
from casework.current_policy import CurrentPolicy
from casework.formats import format_euros
from exemptions.models.kind import KindVersion


def format_fee(kind: KindVersion | None) -> str:
    """The fee in words; empty if it is not known."""
    if kind is None or kind.fee_eur is None:
        return ""
    if not kind.fee_eur:
        return _("free")
    return format_euros(kind.fee_eur, cents=True)


def sum_fees(kinds: Sequence[KindVersion]) -> str:
    """The total of the fees of several applications, in words; empty if one of them is not known."""
    known = [kind.fee_eur for kind in kinds if kind.fee_eur is not None]
    return format_euros(sum(known, Decimal()), cents=True) if known and len(known) == len(kinds) else ""


def describe_costs(
    kind: KindVersion | None, *, extends: bool = False, each_day: bool = False, granted: bool = False
) -> str:
    """What applying for a kind costs and how to pay; `extends`: for an extension; `each_day`: for each of several days.

    Those who got what they applied for (`granted`) need not read what a rejection costs.
    """
    if kind and extends and kind.extension_free:
        return _("Extending this exemption is free.")
    if kind and kind.fee_eur == 0:
        return _("Applying for this exemption is free.")
    if not format_fee(kind):
        return _("No fee has been set for this exemption. You pay nothing for an application that you send now.")
    price = _("This application costs %(fee)s. You also pay if we reject your application.")
    if granted:
        price = _("This exemption costs %(fee)s.")
    elif each_day:
        price = _("Each day costs %(fee)s. You also pay if we reject your application.")
    return f"{price % {'fee': format_fee(kind)}} {how_to_pay()}"


def costs_each_day(kind: KindVersion | None) -> str:
    """What a day exemption costs for those who apply for several."""
    return describe_costs(kind, each_day=True)


def how_to_pay() -> str:
    """How to pay a fee: as the policy setting says, or else what is true of this website."""
    how = CurrentPolicy.on(clock.today()).text("payment_how", (get_language() or "nl")[:2])
    return how or _("You cannot pay on this website and do not have to pay now. We will tell you how and when to pay.")
