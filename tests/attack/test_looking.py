"""Looking changes nothing: every address by everybody, and the tables are as they were."""

from collections import Counter

import pytest
from django.db import connection
from django.urls import reverse

from tests import snapshot

pytestmark = pytest.mark.django_db(transaction=True)

MAY_CHANGE = {"django_session", "helpdesk_visit"}
NOT_HERE = {reverse("health")}
"""Asynchronous, and it knows nobody."""


def fingerprint():
    """How every table is."""
    with connection.cursor() as cursor:
        return snapshot.marks(cursor, [name for name in snapshot.tables(cursor) if name not in MAY_CHANGE])


def test_looking_changes_nothing(visitors, addresses, tell):
    before, answers, changed = fingerprint(), Counter(), {}
    for name, browser in visitors.items():
        for url in addresses.values():
            if url not in NOT_HERE:
                answers[browser.get(url).status_code] += 1
        after = fingerprint()
        changed |= {(name, table): (before[table], after[table]) for table in after if after[table] != before[table]}
        before = after

    tell(people=len(visitors), requests=answers.total(), tables=len(before), changed=len(changed), **codes(answers))
    assert changed == {}
    assert max(answers) < 500


def codes(answers):
    """For the table."""
    return {f"{code}:": count for code, count in sorted(answers.items())}
