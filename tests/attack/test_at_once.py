"""Many at the same moment: a limit holds, a draft is sent once, a case is decided once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.urls import reverse
from django_fsm import TransitionNotAllowed

from casework import clock
from casework.desk.conflict import seen_now
from casework.models import Policy
from complaints.models import Complaint
from exemptions.models import Application, Decision, Exemption, FactsRecord, Ground
from exemptions.models.decision import Change
from exemptions.steps.amendment import Vehicle
from tests import given
from tests.correspondence.submitted import submitted
from tests.desk import pages
from tests.exemptions.test_day import MONDAY, ask
from tests.portal.wizard import SIGNED

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 10


def all_at_once(tries):
    """What came of each; `at_once` of them begin together."""
    start = Barrier(AT_ONCE)

    def alone(one):
        try:
            start.wait(timeout=60)
            return one()
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as people:
        return Counter(people.map(alone, tries))


def test_a_hundred_requests_for_the_last_day_exemption(applicant, tell):
    def day(number):
        def one():
            try:
                ask(applicant, MONDAY.date() + timedelta(days=number))
            except given.Refused:
                return "refused"
            return "granted"

        return one

    with time_machine.travel(MONDAY, tick=False):
        for number in range(11):
            ask(applicant, MONDAY.date() + timedelta(days=number))
        answers = all_at_once([day(number) for number in range(11, 111)])

    tell(requests=answers.total(), **answers, in_all=Exemption.objects.count())
    assert answers == {"granted": 1, "refused": 99}


def test_fifty_times_the_same_draft(login, applicant, tell):
    draft = given.draft(by=applicant)
    url = reverse("apply", args=[draft.key, "check"])
    clients = [login(applicant) for _tab in range(50)]

    answers = all_at_once([lambda client=client: client.post(url, SIGNED)["Location"] for client in clients])

    events, letters = draft.dossier.events.filter(step="file").count(), draft.dossier.letters.count()
    tell(requests=answers.total(), events=events, letters=letters, answers=len(answers))
    assert answers == {reverse("receipt", args=[draft.key]): 50}
    assert (events, letters) == (1, 1)


def test_thirty_grants_by_three_people(login, applicant, caseworker, other_caseworker, team_lead, tell):
    case = given.judged(by=applicant, desk=caseworker)
    reason = given.ground("grant", case).pk
    fields = {"ground": reason, "starts_on": "2030-01-01", "ends_on": "2030-02-01", "doubts_reason": given.EXPLAINED}
    fields["explanation"] = "Zo lang."
    seen = seen_now(case)
    clients = [login(person) for person in (caseworker, other_caseworker, team_lead) for _tab in range(10)]

    answers = all_at_once(
        [lambda client=client: pages.send(client, case, "grant", seen=seen, **fields).status_code for client in clients]
    )

    made = (Decision.objects.count(), Exemption.objects.count(), case.dossier.events.filter(step="grant").count())
    tell(requests=answers.total(), **{f"{code}:": count for code, count in answers.items()}, decisions=made[0])
    assert made == (1, 1, 1)
    assert answers == {302: 10, 409: 20}, "who was first is led to the case by each of ten tabs; the others are told"


def test_one_revokes_while_another_makes_it_longer(login, applicant, caseworker, other_caseworker, tell):
    Policy.objects.create(name="second_pair_for_rejection", value=False, valid_from=clock.today(), source="test")
    case = given.granted(by=applicant, desk=caseworker)
    reason = Ground.objects.get(code="facts_changed").pk
    revoked = {"ground": reason, "explanation": "Verkocht.", "unheard_because": "Het rijdt nu rond."}
    longer = {"ends_on": (clock.today() + timedelta(days=150)).isoformat(), "explanation": "Later geleverd."}
    seen = seen_now(case)
    wishes = [(caseworker, "revoke", revoked), (other_caseworker, "lengthen", longer)]
    clicks = [(login(person), name, fields) for person, name, fields in wishes for _tab in range(5)]

    answers = all_at_once(
        [
            lambda one=one, name=name, fields=fields: pages.send(one, case, name, seen=seen, **fields).status_code
            for one, name, fields in clicks
        ]
    )

    taken = case.dossier.events.filter(step__in=["revoke", "lengthen"]).count()
    tell(requests=answers.total(), **{f"{code}:": count for code, count in answers.items()}, taken=taken)
    assert (taken, case.decisions.standing().count()) == (1, 1)
    assert set(answers) == {302, 409}, "who was first is led to the case, all others are told"


def test_another_vehicle_while_days_are_asked_with_both(applicant, caseworker, other_caseworker, tell):
    case = given.granted(by=applicant, desk=caseworker)
    van = Vehicle("V99ABC", "NL", given.VAN, FactsRecord.Source.REGISTER)
    today = clock.today()

    def move(by):
        return lambda: tried(lambda: Application.objects.get(pk=case.pk).replace_vehicle(by=by, vehicle=van))

    def day(plate):
        return lambda: tried(lambda: ask(applicant, today, plate=plate))

    tries = [move(caseworker), move(other_caseworker), day("VX123Z"), day("V99ABC"), day("V11XYZ")] * 4
    answers = all_at_once(tries)

    valid = Exemption.objects.valid_at(clock.now())
    tell(requests=answers.total(), **answers, valid=valid.count())
    assert answers == {"done": 4, "refused": 16}
    assert [one.plate for one in valid.long_term()] == ["V99ABC"]
    assert sorted(one.plate for one in valid.exclude(day_use=None)) == ["V11XYZ", "V99ABC", "VX123Z"]


def test_the_same_change_is_asked_in_ten_tabs(login, applicant, caseworker, tell):
    case = given.granted(by=applicant, desk=caseworker)
    url, wish = reverse("change", args=[case.key, "kenteken"]), {"plate": "V99ABC", "country": "NL"}
    clients = [login(applicant) for _tab in range(AT_ONCE)]

    answers = all_at_once([lambda client=client: client.post(url, wish).status_code for client in clients])

    letters = case.dossier.letters.filter(kind="change_asked").count()
    tell(requests=answers.total(), asked=case.change_requests.count(), letters=letters)
    assert (case.change_requests.count(), letters) == (1, 1)
    assert 500 not in answers


def test_what_is_asked_is_carried_out_refused_and_taken_back(applicant, caseworker, other_caseworker, tell):
    case = given.granted(by=applicant, desk=caseworker)
    case.ask_change(by=applicant, what=Change.NAME, name="De Korst BV")
    asked = case.change_requests.get()

    def take(step, **detail):
        return lambda: tried(lambda: getattr(Application.objects.get(pk=case.pk), step)(**detail))

    tries = [
        take("rename_holder", by=caseworker, name="De Korst BV"),
        take("refuse_change", by=other_caseworker, request=asked, explanation="Geen andere naam."),
        take("take_back_change", by=applicant, request=asked),
        *[take("ask_change", by=applicant, what=Change.NAME, name="De Korst BV")] * 2,
    ]
    answers = all_at_once(tries * 2)

    waiting, settled = case.change_requests.open().count(), case.change_requests.exclude(settled_at=None)
    answered = case.dossier.events.filter(step__in=["rename_holder", "refuse_change", "take_back_change"]).count()
    tell(requests=answers.total(), **answers, waiting=waiting, settled=settled.count())
    assert waiting <= 1
    assert 1 <= settled.count() <= answered, "none is answered twice"


def tried(step):
    """Whether it was taken."""
    try:
        step()
    except (given.Refused, TransitionNotAllowed):
        return "refused"
    return "done"


def test_ten_clicks_on_the_same_complaint(login, applicant, tell):
    url, form = reverse("complain"), {"key": uuid4(), "about": "U hing op.", "by_post": "no"}
    clients = [login(applicant) for _tab in range(AT_ONCE)]

    answers = all_at_once([lambda client=client: client.post(url, form)["Location"] for client in clients])

    tell(requests=answers.total(), complaints=Complaint.objects.count(), answers=len(answers))
    assert answers == {reverse("complaint", args=[form["key"]]): 10}
    assert Complaint.objects.get().dossier.letters.count() == 1


def test_a_submission_is_taken_as_one_thing_by_two_people(login, caseworker, objection_officer, tell):
    submission = submitted(by=caseworker)
    seen = seen_now(submission)
    wishes = [(caseworker, "take_as_application"), (objection_officer, "take_as_complaint")]
    clicks = [(login(person), name) for person, name in wishes for _tab in range(5)]

    answers = all_at_once(
        [lambda one=one, name=name: pages.send(one, submission, name, seen=seen).status_code for one, name in clicks]
    )

    made = Application.objects.filter(key=submission.key).count() + Complaint.objects.count()
    tell(requests=answers.total(), **{f"{code}:": count for code, count in answers.items()}, made=made)
    assert made == 1
    assert answers == {302: 5, 409: 5}, "who was first is led to what it became by each of five tabs"
