"""PostgreSQL's connections cut and Redis gone while people file: everybody gets through, once."""

import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from exemptions.models import Application, Mandate
from tests import given
from tests.cast import acting_for, company, person
from tests.chaos import killing
from tests.chaos.filing import Load, numbers, told
from tests.chaos.redis_server import RedisServer
from tests.portal.wizard import SIGNED
from tests.renewals.test_killed import in_thread

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def drafts(applicant):
    """Filled in, each for another vehicle."""
    return [given.draft(by=applicant, plate=f"VX{number:03}Z") for number in range(6 * killing.KILLS)]


def cut_connections() -> int:
    """End every other session with the database; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return int(cursor.fetchone()[0])


def test_connections_cut_during_filings(live_server, drafts, applicant, tell):
    load, cut, chance = Load(live_server.url, drafts, applicant), 0, killing.chance("connections")
    with load.running():
        for number in range(killing.KILLS):
            todo = Application.objects.drafts().count()
            stop_at = todo - chance.uniform(0, killing.PART * todo / (killing.KILLS - number))
            killing.wait_until(lambda: Application.objects.drafts().count() <= stop_at)  # noqa: B023
            cut += cut_connections()

    tell(filings=len(drafts), times=killing.KILLS, cut=cut, **{str(code): n for code, n in load.answers.items()})
    assert set(load.answers) <= {302, 503}
    assert {told(draft) for draft in drafts} == {(1, 1, 2)}
    assert numbers(drafts) == list(range(numbers(drafts)[0], numbers(drafts)[0] + len(drafts)))


def test_redis_stopped_during_filings(live_server, drafts, applicant, settings, tell):
    away = 0.2 * killing.KILLS
    with RedisServer() as redis:
        settings.CACHES = {**settings.CACHES, "default": {**settings.CACHES["default"], "LOCATION": f"{redis.url}/0"}}
        load = Load(live_server.url, drafts, applicant)
        with load.running(threads=2):
            assert load.ask("GET", reverse("my_applications")) == 200
            redis.stop()
            end = time.monotonic() + away
            while time.monotonic() < end:
                assert load.ask("GET", reverse("my_applications")) == 200
            redis.start()

    tell(filings=len(drafts), away=away, slowest=round(load.slowest, 2), **{str(a): n for a, n in load.answers.items()})
    assert set(load.answers) == {200, 302}
    assert load.slowest < 10
    assert {told(draft) for draft in drafts} == {(1, 1, 2)}


FORMS, LISTS = 4, 2
"""How many file at once by the form, where one is asked how letters come, and from a list of vehicles, where not."""


def test_several_filings_of_a_new_applicant_at_once(tell):
    answers = [status for number in range(killing.KILLS) for status in file_at_once(number)]

    tell(applicants=killing.KILLS, filings=len(answers), failed=sum(status != 302 for status in answers))
    assert answers == [302] * killing.KILLS * (FORMS + LISTS)
    assert {told(one) for one in Application.objects.all()} == {(1, 1, 2)}


def file_at_once(number: int) -> list[int]:
    owner = acting_for(
        company(f"Bakkerij{number}", str(10_000_000 + number)), person(f"Anna{number} de Bakker"), Mandate.Role.OWNER
    )
    plates = [f"VX{number:02}{place}Z" for place in range(FORMS + LISTS)]
    drafts = [given.draft(by=owner, plate=plate) for plate in plates[:FORMS]]
    together = Barrier(FORMS + LISTS)
    ways = [partial(by_form, together, draft) for draft in drafts]
    ways += [partial(by_list, together, owner, plate) for plate in plates[FORMS:]]
    with ThreadPoolExecutor(len(ways)) as people:
        return list(people.map(in_thread, ways))


def by_form(together: Barrier, draft: Application) -> int:
    """The last button; the status of the answer."""
    client = Client(raise_request_exception=False)
    client.force_login(draft.owner)
    together.wait(timeout=killing.PATIENCE)
    url = reverse("apply", args=[draft.key, "check"])
    return client.post(url, SIGNED).status_code


def by_list(together: Barrier, owner: User, plate: str) -> int:
    """Made and sent at once, as a worker does it with a list of vehicles; the status that a page would have."""
    together.wait(timeout=killing.PATIENCE)
    try:
        with transaction.atomic():
            given.draft(by=owner, plate=plate).file(by=owner)
    except OperationalError:
        return 503
    return 302
