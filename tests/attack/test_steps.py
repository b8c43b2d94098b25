"""Steps by who may not take them: the form as the desk would send it, at every case, and nothing happens."""

from collections import Counter
from itertools import product
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.desk.conflict import seen_now
from casework.models import Event
from complaints.models import Complaint
from correspondence.models import Submission
from exemptions.models import Application, ChangeRequest, ThresholdVersion
from exemptions.portal.wishes import WISHES
from helpdesk.models import Question
from objections.models import Appeal, Objection
from renewals.models import Renewal
from tests import given
from tests.project.role_addresses import BY_KEY
from tests.project.role_addresses import OF_OBJECTION as PORTAL
from zesportal.wiring import CASE_DESKS

pytestmark = pytest.mark.django_db

OUTSIDE = ("anonymous", "applicant", "colleague", "representative", "stranger")
ELSEWHERE = ("reporter", "editor", "administrator")
AT_CASES = ("caseworker", "municipal_caseworker", "other_municipal_caseworker", "objection_officer")
WRONG: dict[type[Any], tuple[str, ...]] = {
    Application: (*ELSEWHERE, "objection_officer", "other_municipal_caseworker"),
    Objection: (*ELSEWHERE, "caseworker", "municipal_caseworker"),
    Appeal: (*ELSEWHERE, "caseworker", "municipal_caseworker"),
    Complaint: (*ELSEWHERE, "caseworker", "municipal_caseworker", "other_municipal_caseworker"),
    Submission: (*ELSEWHERE, "municipal_caseworker", "other_municipal_caseworker"),
    Renewal: (*ELSEWHERE, *AT_CASES),
    ThresholdVersion: (*ELSEWHERE, *AT_CASES),
    Question: ("reporter", "administrator", "team_lead", *AT_CASES),
}
"""Who of the staff may take no step of such a case; nobody outside may take one of any."""
REFUSED = {302, 403, 404, 405, 409}


def form(case):
    """What the desk's forms ask, filled in; other fields are left alone."""
    today = timezone.localdate()
    fields = {"starts_on": today, "ends_on": given.working_day(), "until": given.working_day(), "held_at": today}
    words = dict.fromkeys(("explanation", "reason", "text", "doubts_reason", "place", "report", "because"), "Daarom.")
    application = case if isinstance(case, Application) else Application.objects.exclude(kind=None)[0]
    ground = given.ground("grant", application).pk
    said = {"answer": "Ja.", "tone": Question.Tone.OTHER, "explanation_nl": "Daarom.", "skip_hearing": "on"}
    said |= {"what": "name", "name": "De Korst BV", "channel": "post", "came_in_on": today, "note": "Daarom."}
    if isinstance(case, Application):
        said |= {"request": case.change_requests.values_list("pk", flat=True).first() or ""}
        said |= {"findings": list(case.register_findings.values_list("pk", flat=True))}
    return {**words, **fields, **said, "ground": ground, "action": "send", "seen": str(seen_now(case))}


def tried(browser, url, fields):
    """The answer, and whether the page that it leads to is the login's."""
    answer = browser.post(url, fields)
    sent_on = answer.status_code == 302 and "login" not in answer["Location"]
    return 200 if sent_on else answer.status_code


def is_theirs(name, case, step):
    """Whoever may replace a decision corrects the facts under it while somebody objects to it."""
    return (name, step.name) == ("objection_officer", "correct_facts") and case.is_contested()


@pytest.mark.parametrize("desk", CASE_DESKS, ids=lambda desk: desk.model._meta.model_name)
def test_steps_of_the_desk_by_who_may_not(browsers, addresses, changing, tell, desk):
    wrong = (*OUTSIDE, *WRONG[desk.model])
    cases, before = list(desk.model.objects.all()), Event.objects.count()
    forms = {case.pk: form(case) for case in cases}

    answers = Counter(
        tried(browsers[name], desk.step_address(case, step.name), forms[case.pk])
        for name, case, step in product(wrong, cases, desk.steps)
        if not is_theirs(name, case, step)
    )

    tell(
        people=len(wrong),
        cases=len(cases),
        steps=len(desk.steps),
        requests=answers.total(),
        events=Event.objects.count() - before,
    )
    assert cases
    assert set(answers) <= REFUSED
    assert Event.objects.count() == before


def test_steps_of_the_applicant_by_who_may_not(browsers, addresses, tell):
    wrong, before = ("anonymous", "stranger", "editor", "reporter", "objection_officer"), Event.objects.count()
    applications, asked = Application.objects.all(), ChangeRequest.objects.select_related("application")
    pages = [(name, case) for name in BY_KEY for case in applications]
    pages += [(name, case) for name in PORTAL for case in Objection.objects.all()]
    of_complaint = ("complaint_withdraw", "complaint_messages")
    pages += [(name, case) for name in of_complaint for case in Complaint.objects.all()]
    ways = [reverse(page, args=[case.key]) for page, case in pages]
    ways += [reverse("change", args=[case.key, wish]) for wish in WISHES for case in applications]
    ways += [reverse("take_back_change", args=[one.application.key, one.pk]) for one in asked]
    said = {"answer": "Ja.", "view": "Nee.", "reason": "Daarom.", "wants": "yes", "declaration": "on", "confirm": "on"}
    said |= {"text": "Daarom."}

    said |= {"plate": "V99ABC", "country": "NL", "name": "De Korst BV", "explanation": "Daarom."}
    said |= dict.fromkeys(("starts_on", "ends_on", "from_day"), str(timezone.localdate()))

    answers = Counter(tried(browsers[name], way, said) for name, way in product(wrong, ways))

    tell(people=len(wrong), pages=len(ways), requests=answers.total(), events=Event.objects.count() - before)
    assert set(answers) <= REFUSED
    assert Event.objects.count() == before
