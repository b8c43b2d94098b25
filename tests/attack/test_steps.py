"""Steps by who may not take them: the form as the desk would send it, at every case, and nothing happens."""

from collections import Counter
from itertools import product

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.desk.conflict import seen_now
from casework.models import Event
from exemptions.admin.desk_steps import APPLICATIONS
from exemptions.models import Application
from objections.admin.appeal_steps import APPEALS
from objections.admin.desk_steps import OBJECTIONS
from objections.models import Appeal, Objection
from tests import given
from tests.desk import pages
from tests.project.role_addresses import BY_KEY
from tests.project.role_addresses import OF_OBJECTION as PORTAL

pytestmark = pytest.mark.django_db

OUTSIDE = ("anonymous", "applicant", "colleague", "representative", "stranger")
INSIDE = ("reporter", "editor", "administrator")
REFUSED = {302, 403, 404, 405, 409}


def form(case):
    """What the desk's forms ask, filled in; other fields are left alone."""
    today = timezone.localdate()
    fields = {"starts_on": today, "ends_on": given.working_day(), "until": given.working_day(), "held_at": today}
    words = dict.fromkeys(("explanation", "reason", "text", "doubts_reason", "place", "report", "because"), "Daarom.")
    application = case if isinstance(case, Application) else case.dossier.application
    ground = given.ground("grant", application).pk
    return {**words, **fields, "ground": ground, "action": "send", "seen": str(seen_now(case)), "skip_hearing": "on"}


def tried(browser, url, fields):
    """The answer, and whether the page that it leads to is the login's."""
    answer = browser.post(url, fields)
    sent_on = answer.status_code == 302 and "login" not in answer["Location"]
    return 200 if sent_on else answer.status_code


@pytest.mark.parametrize(
    ("model", "steps", "wrong"),
    [
        (Application, APPLICATIONS.steps, (*OUTSIDE, *INSIDE, "objection_officer", "other_municipal_caseworker")),
        (Objection, OBJECTIONS.steps, (*OUTSIDE, *INSIDE, "caseworker", "municipal_caseworker")),
        (Appeal, APPEALS.steps, (*OUTSIDE, *INSIDE, "caseworker", "municipal_caseworker")),
    ],
    ids=["application", "objection", "appeal"],
)
def test_steps_of_the_desk_by_who_may_not(browsers, addresses, tell, model, steps, wrong):
    cases, before = list(model.objects.all()), Event.objects.count()
    forms = {case.pk: form(case) for case in cases}

    answers = Counter(
        tried(browsers[name], pages.step(case, step.name), forms[case.pk])
        for name, case, step in product(wrong, cases, steps)
    )

    tell(
        people=len(wrong),
        cases=len(cases),
        steps=len(steps),
        requests=answers.total(),
        events=Event.objects.count() - before,
    )
    assert set(answers) <= REFUSED
    assert Event.objects.count() == before


def test_steps_of_the_applicant_by_who_may_not(browsers, addresses, tell):
    wrong, before = ("anonymous", "stranger", "editor", "reporter", "objection_officer"), Event.objects.count()
    ways = [(name, case) for name in BY_KEY for case in Application.objects.all()]
    ways += [(name, case) for name in PORTAL for case in Objection.objects.all()]
    said = {"answer": "Ja.", "view": "Nee.", "reason": "Daarom.", "wants": "yes", "declaration": "on", "confirm": "on"}

    answers = Counter(
        tried(browsers[name], reverse(page, args=[case.key]), said) for name, (page, case) in product(wrong, ways)
    )

    tell(people=len(wrong), pages=len(ways), requests=answers.total(), events=Event.objects.count() - before)
    assert set(answers) <= REFUSED
    assert Event.objects.count() == before
