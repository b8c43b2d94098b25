"""An action of a list, as its pages send it: `bulk.look(as_team_lead, "assign", cases, to=…)`, then `bulk.confirm`."""

from typing import Any

from django.test import Client

from tests.desk import pages

State = tuple[str, str]


def begin(client: Client, action: str, cases: Any, *, on: str = "open", **more: Any) -> Any:
    """Tick these rows, or all of the list, and press the button."""
    sent = {"action": action, "index": "0", "_selected_action": ["0", *(one.pk for one in cases)], **more}
    return client.post(pages.worklist(on), sent, follow=True)


def look(client: Client, action: str, cases: Any, *, on: str = "open", **filled_in: Any) -> Any:
    """What would happen to each."""
    return begin(client, action, cases, on=on, stage="look", **filled_in)


def confirm(client: Client, looked: Any, *, on: str = "open") -> Any:
    """Press the button beneath it; sent from any page that was seen before, also twice."""
    rows = [row for row, _line in looked.context["rows"] if row.is_possible]
    kept = {f"kept_{row.case.pk}": list(row.kept) for row in rows}
    marks = {f"mark_{row.case.pk}": row.mark for row in rows}
    filled_in = {
        name: value for name, value in looked.context["form"].data.items() if name in ("to", "posted_on", "until")
    }
    cases = [row.case for row in rows]
    return begin(client, looked.context["action"].name, cases, on=on, stage="do", **kept, **marks, **filled_in)


def said(page: Any) -> dict[str, State]:
    """Of each case, by its plate: what becomes of it, and why."""
    return {row.case.plate: (row.state.value, row.said) for row, _line in page.context["rows"]}


def states(page: Any) -> dict[str, str]:
    """Of each case, by its plate: possible, done or refused."""
    return {plate: state for plate, (state, _said) in said(page).items()}
