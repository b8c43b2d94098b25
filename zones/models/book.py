"""The database's rows as the rule book that decides."""

from datetime import date

from zones.models.access_rule import AccessRule
from zones.models.automatic_exemption import AutomaticExemption
from zones.rules import RuleBook


def current_rule_book(*, on: date) -> RuleBook:
    """The rules as the law stands on a day, for entries on any day: two queries."""
    rules = AccessRule.objects.in_force(on=on).exclude(status=AccessRule.Status.ANNOUNCED)
    exemptions = AutomaticExemption.objects.in_force(on=on)
    return RuleBook(tuple(rule.as_rule() for rule in rules), tuple(exemption.as_rule() for exemption in exemptions))
