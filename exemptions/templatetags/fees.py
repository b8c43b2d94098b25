"""What an application costs: `{% load fees %}{{ kind|costs }}` and `{% how_to_pay %}`."""

from django import template

from exemptions import fees

register = template.Library()
register.filter("costs", fees.describe_costs)
register.filter("costs_each_day", fees.costs_each_day)
register.simple_tag(fees.how_to_pay)
