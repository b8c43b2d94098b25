"""Facts in words: a date, an amount, a list; what changed between two states; and where a fact is documented."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.dateparse import parse_date
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from accounts.sources import find_citable_source, find_press
from casework.policy_settings import get_setting_title
from exemptions.models import KindVersion
from zones.models import AccessRule, AutomaticExemption, Municipality, Zone

YES, NO = "yes", "no"
LONG = 60
ONE_DAY = timedelta(days=1)
FIRST_IN_FRENCH = re.compile(r"^1(?= )")


@dataclass(frozen=True)
class Source:
    """A version of a rule or kind: what it says, since when, and where it is documented."""

    code: str
    says: str
    valid_from: date
    source: str

    @property
    def first(self) -> str:
        """The first citable part of its source; the other parts give the desk details."""
        return find_citable_source(self.source)

    @property
    def is_to_be_confirmed(self) -> bool:
        """Whether it rests, at least in part, on the press."""
        return bool(find_press(self.source))

    @property
    def url(self) -> str:
        """Its URL, if the source is one."""
        address = self.first.split(" ")[0]
        return address if address.startswith("https://") else ""


def format_day(one: date | None) -> str:
    """A date in the active language, empty if there is none. French writes le 1er, but le 2."""
    words = date_format(one, "DATE_FORMAT") if one else ""
    return FIRST_IN_FRENCH.sub("1er", words) if get_language() == "fr" else words


def last_day(first_without: date | None) -> str:
    """The last day on which something is in force, in words, from the first day on which it no longer is."""
    return format_day(first_without - ONE_DAY) if first_without else ""


def join_names(names: Sequence[str]) -> str:
    """Names joined as in a sentence."""
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def describe_setting(one: Any) -> str:
    """A setting that is not a text, in words."""
    if one is None:
        return ""
    if isinstance(one, bool):
        return _("yes") if one else _("no")
    return join_names([str(part) for part in one]) if isinstance(one, list) else number_format(one)


def strip_full_stop(sentence: str) -> str:
    """A phrase without its full stop, for use within another sentence."""
    return sentence.removesuffix(".")


def choose_row_language(language: str) -> str:
    """The language, of the two in the rows, that a reader of this language gets."""
    return "nl" if language == "nl" else "en"


def serialise_value(one: Any) -> str:
    """A value as it is stored and compared, in no particular language."""
    if one is None:
        return ""
    if isinstance(one, bool):
        return YES if one else NO
    if isinstance(one, list):
        return ", ".join(sorted(str(part) for part in one))
    return one.isoformat() if isinstance(one, date) else str(one)


def describe_changes(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """What changed, one line each: `V2 – gives access until: 1 January 2028 → 1 January 2029`."""
    names = dict.fromkeys([*before, *now])
    return [
        _change_in_words(name, before.get(name), now.get(name)) for name in names if before.get(name) != now.get(name)
    ]


def _change_in_words(name: str, before: str | None, now: str | None) -> str:
    words = {"what": name_fact(name), "before": _describe_kept_value(before), "now": _describe_kept_value(now)}
    if max(len(before or ""), len(now or "")) > LONG:
        return _("%(what)s: the text changed") % words
    return _("%(what)s: %(before)s → %(now)s") % words


def _describe_kept_value(one: str | None) -> str:
    """A stored value in words; not every setting is a date, and not every date exists."""
    if not one:
        return _("not filled in")
    if one in (YES, NO):
        return _("yes") if one == YES else _("no")
    try:
        return format_day(parse_date(one)) or one
    except ValueError:
        return one


def name_fact(name: str) -> str:
    """The readable name of a fact: `rule:V2:until` is V2 – gives access until."""
    sort, *rest = name.split(":")
    match sort, rest:
        case "policy", [setting]:
            return str(get_setting_title(setting))
        case "fine", [category]:
            return str(get_setting_title(f"fine_{category}_eur"))
        case (("rule" | "kind" | "zones"), [code, field]):
            return f"{code} – {field_name(sort, field)}"
    return ":".join(rest) or sort


def field_name(sort: str, field: str) -> StrOrPromise:
    """The words for a field; what is not a field of a row has words of its own."""
    if field == "over":
        return _("its last day is over")
    models = {"rule": (AccessRule, AutomaticExemption), "kind": (KindVersion,), "zones": (Zone, Municipality)}
    for model in models[sort]:
        try:
            return str(model._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
        except FieldDoesNotExist:
            continue
    return field
