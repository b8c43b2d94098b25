"""Facts about rules, kinds, zones and settings in texts of the site: filled in when a page is shown, never typed."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from casework.current_policy import CurrentPolicy
from casework.formats import format_euros
from casework.models import Policy
from exemptions.fees import format_fee
from exemptions.models import KindVersion
from helpdesk import fact_words as say
from helpdesk.content_version import compute_stamp
from zones.models import AccessRule, AutomaticExemption, Zone

PLACEHOLDER = re.compile(r"\{([a-z_]+(?::[A-Za-z0-9_]+){0,2})\}")
BLOCK = re.compile(r"\{(before|after|announced):([A-Za-z0-9_]+)\}\s*(.*?)\s*\{/\1\}", re.DOTALL)
BLOCK_END = re.compile(r"\{/(?:before|after|announced)\}")
BLANK_LINES = re.compile(r"\n{3,}")
RULE_DAYS = ("until", "admitted_from", "admitted_before")
ANNOUNCED_DAYS = ("announced_on", "until_by_law")
LAST_DAYS = {"last_day": "until", "admitted_last": "admitted_before", "last_day_by_law": "until_by_law"}
"""The last day on which something is in force, by the field with the first day on which it no longer is."""
RULE_FIELDS = (*RULE_DAYS, *LAST_DAYS, "announced_on")
KIND_FIELDS = ("fee", "duration", "ends_by", "last_day", "weeks", "name")
FINES = {"van": "fine_van_eur", "truck": "fine_truck_eur"}
YEAR = "year"
"""`{fine:year}`, in older texts: the years of both amounts."""
YEARS = {f"{category}_year": category for category in FINES}
"""`{fine:van_year}` is the year of that amount: they rise most years, and an old one must not pass for today's."""
OF_YEARS = {YEAR: "van", **YEARS}
RULE_FACTS = (*RULE_DAYS, "allowed", "emission_classes", "category", "subtype")
EXEMPTION_FACTS = ("until", "minimum_age_years", "below_age_years", "body_codes", "remark_codes", "categories")
KIND_FACTS = ("fee_eur", "duration_nl", "conditions_nl", "ends_by", "scope", "who", "vehicles", "below_age_years")

Rule = AccessRule | AutomaticExemption
State = dict[str, str]
"""By the name of a fact, such as `rule:V2:until`: its value, the same in every language."""


@dataclass(frozen=True)
class KnownRows:
    """The rows of one day, as they were at a stamp."""

    rules: Mapping[str, Rule]
    kinds: Mapping[str, KindVersion]
    policy: CurrentPolicy
    zones: tuple[Zone, ...]
    fines: Mapping[str, "Fine"]

    @classmethod
    def on(cls, day: date) -> "KnownRows":
        """Read them: six queries."""
        announced = AccessRule.Status.ANNOUNCED
        rules: list[Rule] = [*AccessRule.objects.in_force(on=day).exclude(status=announced)]
        rules += AutomaticExemption.objects.in_force(on=day)
        return cls(
            {rule.code: rule for rule in rules},
            {kind.code: kind for kind in KindVersion.objects.in_force(on=day)},
            CurrentPolicy.on(day),
            tuple(Zone.objects.in_force(on=day).select_related("municipality").order_by("name")),
            find_fines(on=day),
        )


@dataclass(frozen=True)
class Fine:
    """An amount in euros, and the year since which it applies; `None` if unknown."""

    amount: int | None = None
    year: int | None = None


def find_fines(*, on: date) -> dict[str, Fine]:
    """The amounts in force on a day, by category."""
    rows = {row.name: row for row in Policy.objects.in_force(on=on).filter(name__in=FINES.values())}
    return {
        category: Fine(rows[name].value, rows[name].valid_from.year) if name in rows else Fine()
        for category, name in FINES.items()
    }


_kept: dict[str, tuple[str, date, KnownRows]] = {}


def read_known_rows(day: date, *, at: str) -> KnownRows:
    """The rows of a day, read again only if the stamp `at` is new."""
    kept = _kept.get("rows")
    if kept is None or kept[:2] != (at, day):
        kept = _kept["rows"] = (at, day, KnownRows.on(day))
    return kept[2]


@dataclass(frozen=True)
class Facts:
    """The facts of a day in the words of a language."""

    day: date
    language: str
    rows: KnownRows

    @classmethod
    def on(cls, day: date, *, language: str, at: str = "") -> "Facts":
        """The facts of a day: one query if nothing changed since the last time, none with a stamp `at`."""
        return cls(day, language, read_known_rows(day, at=at or compute_stamp()))

    def fill(self, text: str) -> str:
        """The text with its placeholders filled in; it says so if something is unknown."""
        of_today = BLANK_LINES.sub("\n\n", BLOCK.sub(self._block, text)).strip("\n") + "\n" * text.endswith("\n")
        with override(self.language):
            return PLACEHOLDER.sub(lambda found: self._word(found[1]) or _("(not known yet)"), of_today)

    def unknown(self, text: str) -> list[str]:
        """The placeholders and blocks that name nothing that exists, and blocks without a beginning or an end."""
        blocks = [f"{found[1]}:{found[2]}" for found in BLOCK.finditer(text) if found[2] not in self.rows.rules]
        inside = BLOCK.sub(lambda found: found[3], text)
        names = [found[1] for found in PLACEHOLDER.finditer(inside) if not self._exists(found[1])]
        return list(dict.fromkeys([*blocks, *names, *(found[0][1:-1] for found in BLOCK_END.finditer(inside))]))

    def word(self, name: str) -> str:
        """One fact in words, empty if it is unknown or does not exist."""
        with override(self.language):
            return self._word(name)

    def state(self, references: Iterable[str]) -> State:
        """The current values of what the references name."""
        return {name: value for reference in sorted(set(references)) for name, value in self._values(reference)}

    def fingerprint(self, references: Iterable[str]) -> str:
        """A fingerprint that changes with any of the current values."""
        return self.mark(self.state(references))

    @staticmethod
    def mark(state: State) -> str:
        """The fingerprint of a state."""
        return sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()

    def offered(self, references: Iterable[str]) -> list[tuple[str, str]]:
        """The placeholders for what the references name, each with its current words."""
        names = [name for reference in references for name in placeholders_of(reference)]
        return [(f"{{{name}}}", self.word(name)) for name in names if self.word(name)]

    def sources(self, references: Iterable[str]) -> list[say.Source]:
        """What the references name, with since when it is in force and where it is documented."""
        with override(self.language):
            return [found for reference in references if (found := self._source(reference))]

    @cached_property
    def started(self) -> list[Zone]:
        """The zones in which the rules apply already."""
        return [zone for zone in self.rows.zones if zone.starts_on <= self.day]

    # --- words ---

    def _block(self, found: re.Match[str]) -> str:
        """The content of a block, empty on days for which it is not meant."""
        rule = self.rows.rules.get(found[2])
        is_over = rule is not None and rule.until is not None and self.day >= rule.until
        if found[1] == "announced":
            return found[3] if getattr(rule, "announced_on", None) and not is_over else ""
        return found[3] if is_over == (found[1] == "after") else ""

    def _word(self, name: str) -> str:
        sort, *rest = name.split(":")
        ways: dict[str, Callable[..., str]] = {
            "rule": self._rule,
            "kind": self._kind,
            "policy": self._policy,
            "fine": self._fine,
            "zones": lambda: say.join_names([zone.name for zone in self.started]),
            "zone_count": lambda: str(len(self.started)),
        }
        try:
            return ways[sort](*rest)
        except (KeyError, TypeError):  # no such placeholder, or one with too many or too few parts
            return ""

    def _rule(self, code: str, field: str) -> str:
        return _day_of(self.rows.rules[code], field) if field in RULE_FIELDS else ""

    def _kind(self, code: str, field: str) -> str:
        kind = self.rows.kinds[code]
        ways: dict[str, Callable[[], str]] = {
            "fee": lambda: format_fee(kind),
            "duration": lambda: say.strip_full_stop(kind.text("duration", self.language)),
            "ends_by": lambda: say.format_day(kind.ends_by),
            "last_day": lambda: say.last_day(kind.ends_by),
            "weeks": lambda: say.describe_setting(kind.decision_weeks),
            "name": lambda: kind.text("name", self.language),
        }
        return ways[field]()

    def _policy(self, name: str) -> str:
        value = self.rows.policy.values.get(name)
        return self.rows.policy.text(name, self.language) if isinstance(value, str) else say.describe_setting(value)

    def _fine(self, category: str) -> str:
        if category == YEAR:
            return say.join_names(sorted({str(fine.year) for fine in self.rows.fines.values() if fine.year}))
        if category in YEARS:
            return str(self.rows.fines[YEARS[category]].year or "")
        amount = self.rows.fines[category].amount
        return format_euros(amount) if isinstance(amount, int) else ""

    def _exists(self, name: str) -> bool:
        sort, *rest = name.split(":")
        match sort, rest:
            case "rule", [code, field]:
                return code in self.rows.rules and field in RULE_FIELDS
            case "kind", [code, field]:
                return code in self.rows.kinds and field in KIND_FIELDS
            case "policy", [setting]:
                return setting in self.rows.policy.values
            case "fine", [category]:
                return category in (*FINES, *YEARS, YEAR)
        return name in ("zones", "zone_count")

    # --- values ---

    def _values(self, reference: str) -> Iterator[tuple[str, str]]:
        sort, _colon, name = reference.partition(":")
        ways: dict[str, Callable[[str], Iterator[tuple[str, Any]]]] = {
            "rule": self._of_rule,
            "kind": lambda code: _list_fields(self.rows.kinds.get(code), KIND_FACTS),
            "policy": lambda setting: iter([("", self.rows.policy.values.get(setting))]),
            "fine": lambda category: iter([("", self.rows.policy.values.get(FINES.get(category, "")))]),
            "zones": self._of_zones,
        }
        for field, value in ways[sort](name) if sort in ways else ():
            yield f"{reference}:{field}".rstrip(":"), say.serialise_value(value)

    def _of_rule(self, code: str) -> Iterator[tuple[str, Any]]:
        rule = self.rows.rules.get(code)
        yield from _list_fields(rule, RULE_FACTS if isinstance(rule, AccessRule) else EXEMPTION_FACTS)
        if isinstance(rule, AccessRule) and rule.announced_on:
            yield from _list_fields(rule, ANNOUNCED_DAYS)
        if rule is not None and rule.until:  # the day on which it ends changes what an answer should say
            yield "over", self.day >= rule.until

    def _of_zones(self, _name: str) -> Iterator[tuple[str, Any]]:
        for zone in self.rows.zones:
            yield f"{zone.name}:starts_on", zone.starts_on
            yield f"{zone.name}:fines_from", zone.municipality.fines_from

    def _source(self, reference: str) -> say.Source | None:
        sort, _colon, name = reference.partition(":")
        row = {"rule": self.rows.rules, "kind": self.rows.kinds}.get(sort, {}).get(name)
        if row is None:
            return None
        language = say.choose_row_language(self.language)
        title = row.text("name", language) if isinstance(row, KindVersion) else getattr(row, f"explanation_{language}")
        return say.Source(name, str(title), row.valid_from, row.source)


def _list_fields(row: Any, names: Iterable[str]) -> Iterator[tuple[str, Any]]:
    if row is None:
        yield "", None
    else:
        yield from ((name, getattr(row, name)) for name in names)


def _day_of(rule: Rule, field: str) -> str:
    """A date of a rule in words, empty if it has none; exemptions by age have no admission dates."""
    if field in LAST_DAYS:
        return say.last_day(getattr(rule, LAST_DAYS[field], None))
    return say.format_day(getattr(rule, field, None))


def references_in(text: str) -> set[str]:
    """What the placeholders and blocks of a text rest on: `{rule:V2:until}` and `{before:V2}` on `rule:V2`."""
    return {reference_of(found[1]) for found in PLACEHOLDER.finditer(text)}


def find_foreseen_ends(text: str) -> set[str]:
    """The rules whose end a text covers by itself, as the state of facts names that end: `rule:V2:over`."""
    told: dict[str, set[str]] = {}
    for found in BLOCK.finditer(text):
        told.setdefault(found[2], set()).add(found[1])
    return {f"rule:{code}:over" for code, sides in told.items() if sides >= {"before", "after"}}


def reference_of(placeholder: str) -> str:
    """The rule, kind or setting that a placeholder names."""
    sort, *rest = placeholder.split(":")
    if sort in ("before", "after", "announced"):
        sort = "rule"
    if sort in ("zones", "zone_count"):
        return "zones"
    if sort == "fine":
        return f"fine:{OF_YEARS.get(rest[0], rest[0])}" if rest else sort
    return ":".join([sort, *rest[:1]])


def placeholders_of(reference: str) -> list[str]:
    """Every placeholder that a reference allows."""
    if reference == "zones":
        return ["zones", "zone_count"]
    if reference.startswith("fine:"):
        return [reference, f"{reference}_year"]
    fields = {"rule": RULE_FIELDS, "kind": KIND_FIELDS}.get(reference.split(":")[0])
    return [f"{reference}:{field}" for field in fields] if fields else [reference]
