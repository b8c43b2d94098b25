"""The database's rows as the rule book that decides."""

from datetime import date

from zones.models.access_rule import AccessRule
from zones.models.automatic_exemption import AutomaticExemption
from zones.rules import Announcement, RuleBook


def find_announcements(*, on: date) -> dict[str, Announcement]:
    """The rules that the law does not say yet, by their codes: one query."""
    rules = AccessRule.objects.in_force(on=on).exclude(announced_on=None)
    return {rule.code: found for rule in rules if (found := rule.as_rule().announcement)}


def current_rule_book(*, on: date) -> RuleBook:
    """The rules by the law of a day, for entries on any day: two queries."""
    rules = AccessRule.objects.in_force(on=on).exclude(status=AccessRule.Status.ANNOUNCED)
    exemptions = AutomaticExemption.objects.in_force(on=on)
    return RuleBook(tuple(rule.as_rule() for rule in rules), tuple(exemption.as_rule() for exemption in exemptions))
