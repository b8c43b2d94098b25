"""The desk among 100,000 applications: start page, lists, search, case page, each beside the bare SQL of its rows."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from benchmarks import many_cases
from benchmarks.measurement import Measurement, timed

LIMIT_MS = 300
LISTS = "/loket/exemptions/application/"
SEARCH = f"{LISTS}search/"

COUNTS = "SELECT status, count(*) FROM exemptions_application GROUP BY status"
ROWS = """
SELECT a.*, d.number, p.name
FROM exemptions_application a JOIN casework_dossier d ON d.id = a.dossier_id
JOIN exemptions_applicant p ON p.id = a.applicant_id
WHERE a.status IN ('submitted', 'in_review', 'waiting', 'supplied', 'hearing', 'proposed')
ORDER BY a.decide_by, a.id LIMIT 51
"""
ONE = """
SELECT a.* FROM exemptions_application a JOIN casework_dossier d ON d.id = a.dossier_id
WHERE d.number = 'ZES-2025-000010'
"""


def measure() -> Iterator[Measurement]:
    """Each page with the bare SQL of its rows; `times_sql` is how many times longer the whole page takes."""
    many_cases.fill()
    for name, page, sql in pages():
        bare = timed(f"bare SQL of {name}", partial(run, sql), cases=many_cases.CASES)
        taken = timed(name, page, limit_ms=LIMIT_MS, cases=many_cases.CASES)
        ratio = round(taken.median_ms / bare.median_ms)
        yield bare
        yield Measurement(**{**vars(taken), "over": {**taken.over, "times_sql": ratio}})


def pages() -> Iterator[tuple[str, Callable[[], Any], str]]:
    """A name, the visit, and the SQL to set beside it."""
    from django.test import Client

    from exemptions.models import Application

    client = Client()
    client.force_login(team_lead())
    case = Application.objects.filter(status="in_review").select_related("dossier")[0]
    yield "desk: start page", partial(seen, client.get, "/loket/"), COUNTS
    for name in ("open", "mine", "overdue", "to-set-aside", "ended"):
        yield f"desk: list {name}", partial(seen, client.get, f"{LISTS}?list={name}"), ROWS
    yield "desk: list ended, page 100", partial(seen, client.get, f"{LISTS}?list=ended&p=100"), ROWS
    searches = {
        "number": (str(case.dossier), ONE),
        "plate": (case.plate, ONE),
        "KvK number": ("11112345", ONE),
        "half a name": ("verhuis ami 1", ROWS),
        "common word": ("bakkerij", ROWS),
    }
    for name, (typed, sql) in searches.items():
        yield f"desk: search by {name}", partial(seen, client.post, SEARCH, {"q": typed}), sql
    yield "desk: case page", partial(seen, client.get, f"{LISTS}{case.pk}/change/"), ONE


def team_lead() -> Any:
    """Somebody with every worklist."""
    from django.contrib.auth.models import Group

    from accounts import roles
    from accounts.models import User

    roles.load_roles()
    user = User.objects.filter(is_staff=True)[0]
    user.groups.set(Group.objects.filter(name="team lead"))
    return user


def seen(visit: Callable[..., Any], *what: Any) -> None:
    """Visit a page; one that failed is no measurement."""
    response = visit(*what)
    if response.status_code != 200:
        raise RuntimeError(f"the page answered {response.status_code}")


def run(sql: str) -> None:
    """The rows, without Django's objects."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql)
        cursor.fetchall()
