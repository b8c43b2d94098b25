"""Checks the numbers of one return against each other."""

from django.utils.translation import gettext as _

from reporting.deliveries.columns import Values
from reporting.returns.columns import OF_THE_MONTH

CLASSES = ("van", "truck")


def find_problems(values: Values) -> dict[str, str]:
    """Problems by the field where they can be fixed; under the empty name if they concern the whole."""
    found = {}
    for name in CLASSES:
        sentence = wrong_share(values[f"passages_{name}"], values[f"compliant_{name}"])
        if sentence:
            found[f"compliant_{name}"] = sentence
    if is_empty(values):
        found[""] = _(
            "Nothing is filled in. Fill in at least one number, or say in the explanation why you have none. "
            "Type 0 only if it was zero."
        )
    return found


def wrong_share(passages: int | None, compliant: int | None) -> str:
    """Why these compliant passages cannot be part of those passages; empty if they can."""
    if compliant is None:
        return ""
    if passages is None:
        return _("Fill in all passages too, or leave this empty: without them it is no share of anything.")
    if compliant > passages:
        return _("%(compliant)s compliant out of %(passages)s passages is not possible. Check both numbers.") % {
            "compliant": compliant,
            "passages": passages,
        }
    return ""


def is_empty(values: Values) -> bool:
    """Whether the return says nothing about its month; values copied from an earlier return do not count."""
    return not values["context"] and all(values[name] is None for name in OF_THE_MONTH)
