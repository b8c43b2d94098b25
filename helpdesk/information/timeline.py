"""Which vehicles may enter until when: a line per rule, in words and as a bar over the years. Pure functions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.sources import find_citable_source
from zones.models import AccessRule

WIDTH = 600
"""The maximum width of a bar, in the units of its drawing."""
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class RuleLine:
    """A rule in words, and the end of its bar: None if it gives no access, WIDTH if access has no end."""

    code: str
    vehicle: str
    classes: str
    admitted: str
    access: str
    bar: int | None
    is_endless: bool
    is_over: bool
    source: str

    @property
    def name(self) -> str:
        """What the rule is about, in words: nobody outside knows its code."""
        return f"{capfirst(self.vehicle)}, {self.classes}, {self.admitted}"


@dataclass(frozen=True)
class Years:
    """The years that the bars cover, and the position of today."""

    first: int
    last: int
    today: int

    @property
    def names(self) -> Sequence[int]:
        """Each year."""
        return range(self.first, self.last + 1)

    @property
    def ticks(self) -> Sequence[int]:
        """The positions at which the years begin, except the first."""
        step = WIDTH / len(self.names)
        return [round(step * number) for number in range(1, len(self.names))]


def choose_years(rules: Iterable[AccessRule], *, on: date) -> Years:
    """From the year in which the oldest rule took effect to that in which the last access ends, or the current year."""
    rules = list(rules)
    first = min((rule.valid_from.year for rule in rules), default=on.year)
    last = max((rule.until.year for rule in rules if rule.until), default=on.year)
    around = Years(first, max(last, on.year), 0)
    return Years(around.first, around.last, place_day(on, around))


def place_day(day: date, over: Years) -> int:
    """The position of a day on a bar; every year is equally wide."""
    step = WIDTH / len(over.names)
    part = (day - date(day.year, 1, 1)).days / 366
    return round(min(WIDTH, max(0.0, (day.year - over.first + part) * step)))


def build_rule_lines(rules: Iterable[AccessRule], over: Years, *, on: date) -> list[RuleLine]:
    """One line per rule: vans first, then trucks, in the order of their codes."""
    ordered = sorted(rules, key=lambda rule: (rule.category != AccessRule.Category.VAN, rule.code))
    return [_build_rule_line(rule, over, on) for rule in ordered]


def _build_rule_line(rule: AccessRule, over: Years, on: date) -> RuleLine:
    return RuleLine(
        code=rule.code,
        vehicle=str(rule.get_subtype_display() if rule.subtype else rule.get_category_display()),
        classes=_describe_classes(rule.emission_classes),
        admitted=_describe_admission(rule),
        access=_describe_access(rule),
        bar=_measure_bar(rule, over),
        is_endless=rule.allowed and rule.until is None,
        is_over=rule.until is not None and rule.until <= on,
        source=find_citable_source(rule.source),
    )


def _describe_classes(classes: Sequence[str]) -> str:
    """Emission classes in words: 0, 1, 2, 3 and 4 read as '0 to 4'."""
    if list(classes) == ["Z"]:
        return _("emission-free (Z)")
    ordered = sorted(classes)
    if len(ordered) < 3:
        return ", ".join(ordered)
    return _("%(first)s to %(last)s") % {"first": ordered[0], "last": ordered[-1]}


def _describe_admission(rule: AccessRule) -> str:
    since, before = rule.admitted_from, rule.admitted_before
    words = {"since": _format_day(since), "before": _format_day(before - ONE_DAY) if before else ""}
    if since and before:
        return _("from %(since)s to %(before)s") % words
    if before:
        return _("until %(before)s") % words
    return _("from %(since)s") % words if since else _("any day")


def _describe_access(rule: AccessRule) -> str:
    if not rule.allowed:
        return _("no")
    if rule.until is None:
        return _("yes, without an end date")
    words = _("yes, until %(day)s") % {"day": _format_day(rule.until - ONE_DAY)}
    if rule.announced_on is None or rule.until_by_law is None:
        return words
    about = {"announced": _format_day(rule.announced_on), "last": _format_day(rule.until_by_law - ONE_DAY)}
    return f"{words} ({_('announced on %(announced)s; the law still says until %(last)s') % about})"


def _measure_bar(rule: AccessRule, over: Years) -> int | None:
    if not rule.allowed:
        return None
    return place_day(rule.until, over) if rule.until else WIDTH


def _format_day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""
