"""Changes of settings and rules as the desk makes them: the forms of a browser, and what comes of them."""

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.models import ReferenceChange

BASE = "admin:casework_referencechange"


def today() -> date:
    """The day of the test."""
    return timezone.localdate()


def soon() -> date:
    """A first day that is not past."""
    return today() + timedelta(days=30)


def form_of(row: models.Model, action: str = "version") -> str:
    """Where a change of a row is proposed."""
    return reverse(f"{BASE}_propose", args=[action, row._meta.label_lower, row.pk])


def page_of(change: ReferenceChange) -> str:
    """The page of a change."""
    return reverse(f"{BASE}_change", args=[change.pk])


def filled_in(response: Any) -> dict[str, Any]:
    """What a browser sends of a form that nobody changed."""
    context = response.context
    fields = list(context["form"])
    for _title, formset in context["parts"]:
        fields += [*formset.management_form, *(field for part in formset for field in part)]
    values = {field.html_name: sent(field) for field in fields}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def sent(field: Any) -> Any:
    """One field as the page shows it."""
    value = field.value()
    return value.isoformat() if isinstance(value, date) else value


def send(client: Client, url: str, **fields: Any) -> Any:
    """Open a form, change these fields, and send it."""
    values = {"source": "Besluit 2026/1", "reason": "De raad heeft dit besloten.", **fields}
    if "first_day" not in values:
        values["first_day"] = soon()
    return client.post(url, {**filled_in(client.get(url)), **values})


def proposed(client: Client, row: models.Model, action: str = "version", **fields: Any) -> ReferenceChange:
    """A change of a row as it was proposed."""
    response = send(client, form_of(row, action), **fields)
    assert response.status_code == 302, response.context["form"].errors
    return ReferenceChange.objects.latest("pk")


def settle(client: Client, change: ReferenceChange, action: str = "publish", **fields: Any) -> Any:
    """Press a button on the page of a change."""
    return client.post(reverse(f"{BASE}_settle", args=[change.pk]), {"action": action, **fields})


def published(
    client: Client, second: Client, row: models.Model, action: str = "version", **fields: Any
) -> ReferenceChange:
    """A change that a colleague has published."""
    change = proposed(client, row, action, **fields)
    settle(second, change)
    change.refresh_from_db()
    assert change.outcome == "published"
    return change
