"""How one reaches the desk of the demo: values that can belong to nobody."""

from casework.models import Policy
from demo.plan import FIRST

SOURCE = "Invented for the demo"
VALUES = {
    "contact_phone": "088 000 00 00",
    "contact_email": "help@loket.example",
    "contact_hours": "maandag tot en met vrijdag, 9 tot 17 uur",
    "contact_hours_en": "Monday to Friday, 9 am to 5 pm",
    "site_owner": "Gemeente Voorbeeldstad (verzonnen)",
    "sender_address": "Postbus 0\n0000 AA Voorbeeldstad",
    "objection_address": "Postbus 0, 0000 AA Voorbeeldstad",
}
"""The phone number rings nowhere; `.example` is a domain that can belong to nobody (RFC 2606)."""


def load() -> None:
    """Fill what is empty; what an administrator of the demo wrote stays."""
    for name, value in VALUES.items():
        newest = Policy.objects.filter(name=name).order_by("-valid_from").first()
        policy = newest or Policy(name=name, valid_from=FIRST)
        if policy.value is None:
            policy.value, policy.source = value, SOURCE
            policy.save()
