"""The rule book and the announcements from the database."""

from datetime import date

from zones.models.access_rule import AccessRule
from zones.models.automatic_exemption import AutomaticExemption
from zones.rules import Announcement, RuleBook


def find_announcements(*, on: date) -> dict[str, Announcement]:
    """Announcements of rules that are not law yet, by rule code. One query."""
    rules = AccessRule.objects.in_force(on=on).exclude(announced_on=None)
    return {rule.code: found for rule in rules if (found := rule.as_rule().announcement)}


def current_rule_book(*, on: date) -> RuleBook:
    """The rule book under the law of a day, for entries on any day. Two queries."""
    rules = AccessRule.objects.in_force(on=on).exclude(status=AccessRule.Status.ANNOUNCED)
    exemptions = AutomaticExemption.objects.in_force(on=on)
    return RuleBook(tuple(rule.as_rule() for rule in rules), tuple(exemption.as_rule() for exemption in exemptions))
