"""Looking changes nothing: every address, opened by each of the people, leaves all tables as they were."""

from itertools import product

import pytest
from django.db import connection

from tests.project.test_roles import PEOPLE, look
from tests.snapshot import Mark, marks, tables

pytestmark = pytest.mark.django_db(transaction=True)  # each page commits alone: what it writes shows in `xmin`

MAY_CHANGE = {
    "django_session": "what a browser is known by: where to go after the login, the sentence on top of the next page",
    "exemptions_letterreading": "that the applicant opened a letter, and when: the desk is shown it",
}
"""Tables that looking writes to, with the reason."""


def test_looking_changes_nothing(browsers, addresses, tell):
    visits = list(product(PEOPLE, addresses))
    changed: dict[str, list[str]] = {}
    before, moment = contents(), last_written()

    for person, row in visits:
        look(browsers[person], addresses[row])
        if (now := last_written()) != moment:
            before, old, moment = contents(), before, now
            changed |= {f"{person} {row}": found} if (found := differing(old, before)) else {}

    tell(people=len(PEOPLE), addresses=len(addresses), requests=len(visits), tables=len(before), changed=len(changed))
    assert changed == {}


def contents() -> dict[str, Mark]:
    """For each table its number of rows, and which transactions wrote them."""
    with connection.cursor() as cursor:
        return marks(cursor, [name for name in tables(cursor) if name not in MAY_CHANGE])


def differing(old: dict[str, Mark], new: dict[str, Mark]) -> list[str]:
    """The tables that were written to."""
    return sorted(table for table in new if new[table] != old[table])


def last_written() -> int:
    """The number of the next transaction that writes: the same as long as nobody wrote anything anywhere."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
        return int(cursor.fetchone()[0])
