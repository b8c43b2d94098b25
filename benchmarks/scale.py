"""Lists, pages, searches and API responses among 10,000, 100,000 and 1,000,000 applications with their events.

No visit may scan a table because of who asks: at a million, each takes at most 1.3 times as long as at ten thousand,
and at most three times the bare SQL of its own statements plus four bare views with a session.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from benchmarks import many_cases
from benchmarks.measurement import Measurement, timed

SIZES = (10_000, 100_000, 1_000_000)
GROWTH = 1.3
LISTS = "/loket/exemptions/application/"
ANSWERS = "/api/v1/aanvragen"
Visit = Callable[[], Any]


def measure() -> Iterator[Measurement]:
    """Each page at each size. `times_small`: relative to the smallest; `share`: of what SQL and views allow."""
    from django.test import override_settings

    small: dict[str, float] = {}
    with override_settings(ROOT_URLCONF="benchmarks.bare"):
        for cases in SIZES:
            many_cases.fill(cases=cases)
            visits = dict(list_visits())
            bare = timed("bare view with a session", visits.pop("bare"), cases=cases)
            yield bare
            for name, visit in visits.items():
                taken = timed(f"scale: {name}", visit, cases=cases)
                sql = timed(name, partial(run_again, record_statements(visit)))
                small.setdefault(name, taken.median_ms)
                over = {
                    "cases": cases,
                    "times_small": round(taken.median_ms / small[name], 2),
                    "share": round(taken.median_ms / (3 * sql.median_ms + 4 * bare.median_ms), 2),
                }
                at_most = {"times_small": GROWTH, "share": 1.0}
                yield Measurement(**{**vars(taken), "over": over, "at_most": at_most})


def list_visits() -> Iterator[tuple[str, Visit]]:
    """Visits by name: by a team lead, by the owner of a case, and by a program."""
    from django.test import Client

    from exemptions.models import Application

    case = Application.objects.filter(status="in_review").select_related("dossier", "owner").order_by("pk")[10]
    desk, owner = Client(), Client()
    desk.force_login(pick_team_lead())
    owner.force_login(case.owner)
    yield "bare", partial(see, desk.get, "/bare-session/")
    yield "start page", partial(see, desk.get, "/loket/")
    for name in ("new", "mine", "due", "overdue", "waiting", "to-set-aside", "answered", "open", "ended"):
        yield f"list {name}", partial(see, desk.get, f"{LISTS}?list={name}")
    yield "list ended, page 100", partial(see, desk.get, f"{LISTS}?list=ended&p=100")
    yield "case", partial(see, desk.get, f"{LISTS}{case.pk}/change/")
    searches = {
        "number": str(case.dossier),
        "plate": case.plate,
        "KvK number": "11111145",
        "half a name": "verhuis ami 1",
        "common word": "bakkerij",
    }
    for name, typed in searches.items():
        yield f"search by {name}", partial(see, partial(desk.post, follow=True), f"{LISTS}search/", {"q": typed})
    for name in ("", "?status=supplied", "?status=granted", "?kind=LEV", "?due_before=2020-01-01"):
        yield f"answer: list{name}", partial(see, desk.get, f"{ANSWERS}{name}")
    yield "answer: one", partial(see, desk.get, f"{ANSWERS}/{case.key}")
    yield "answer: list of an owner", partial(see, owner.get, ANSWERS)
    yield "my applications", partial(see, owner.get, "/aanvragen/")
    yield "my application", partial(see, owner.get, f"/aanvragen/{case.key}/")
    for name in ("ontheffingen", "brieven", "berichten", "gegevens"):
        yield f"my {name}", partial(see, owner.get, f"/mijn/{name}/")


def pick_team_lead() -> Any:
    """A user with every worklist."""
    from django.contrib.auth.models import Group

    from accounts.models import User

    user = User.objects.filter(is_staff=True).order_by("pk")[0]
    user.groups.set(Group.objects.filter(name="team lead"))
    return user


def see(visit: Callable[..., Any], *what: Any) -> None:
    """Visit a page; raises if the request fails."""
    response = visit(*what)
    if response.status_code != 200:
        raise RuntimeError(f"{what[0]} answered {response.status_code}")


def record_statements(visit: Visit) -> list[tuple[str, Any]]:
    """Every statement that a visit sends, with its parameters."""
    from django.db import connection

    sent: list[tuple[str, Any]] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("SELECT", "(SELECT")):
            sent.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        visit()
    return sent


def run_again(statements: list[tuple[str, Any]]) -> None:
    """Run the same statements without creating Django objects."""
    from django.db import connection

    with connection.cursor() as cursor:
        for sql, params in statements:
            cursor.execute(sql, params)
            cursor.fetchall()
