"""How long decisions took, whether they came in time, and what being late cost: R22."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting import percentages
from reporting.figures.base import Figure, Row, kind_names
from reporting.lead_times import OBJECTION, LeadTimes, measure
from reporting.period import Period

ORDER = ("median", "p90", "in_time", "suspended_days", "notices", "penalty_eur")


def by_kind(period: Period) -> list[Row]:
    """R22: the kinds of exemption, then the objections."""
    found = measure(period=period)
    names = {**kind_names(period), OBJECTION: _("Objections")}
    return [row for key, name in names.items() if key in found for row in rows(key, name, found[key])]


def rows(key: str, name: str, times: LeadTimes) -> list[Row]:
    """What was measured of one kind, a number a row."""
    share = percentages.whole([times.in_time, times.decided - times.in_time])[0]
    measured = (
        ("median", _("%(name)s: days until the decision, median"), times.median),
        ("p90", _("%(name)s: days until the decision, nine in ten at most"), times.p90),
        ("suspended_days", _("%(name)s: days in which the term stood still"), times.suspended_days),
        ("notices", _("%(name)s: notices of default"), times.notices),
        ("penalty_eur", _("%(name)s: penalties set, in euros"), times.penalty_eur),
    )
    in_time = _("%(name)s: decided within the legal term") % {"name": name}
    counted = [
        Row(f"{key}:in_time", in_time, times.in_time, times.decided, share),
        *(Row(f"{key}:{what}", label % {"name": name}, count) for what, label, count in measured if count is not None),
    ]
    return sorted(counted, key=lambda row: ORDER.index(row.key.rpartition(":")[2]))


FIGURES = (
    Figure(
        id="R22",
        title=gettext_lazy("Lead times, and what being late cost"),
        counted_on=gettext_lazy(
            "the day of the decision; for a notice of default the day of receipt, for a penalty the day on which its "
            "amount was set"
        ),
        scope=gettext_lazy(
            "applications by kind, but for day exemptions, which are decided at once; and all objections together"
        ),
        numerator=gettext_lazy(
            "days from receipt to the decision, or from the day on which a case was taken up again: the median, and "
            "the number within which nine in ten were decided; decisions on or before the last day of the legal term "
            "as it stood at the decision; days in which that term stood still, together; notices of default, also "
            "those that came too early; penalties set by decision, in euros. A decision that replaces an earlier one "
            "has no term and is left out"
        ),
        denominator=gettext_lazy("decisions of the period on this kind, for those within the legal term; else none"),
        compute=by_kind,
    ),
)
