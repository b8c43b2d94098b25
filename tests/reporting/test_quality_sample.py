"""The quality sample: drawn by lot, reviewed by somebody else, and told with how sure it is."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exemptions.models import Kind
from reporting.models import QualityReview, QualitySample, ReviewAnswer, ReviewQuestion
from reporting.team.forms import build_period
from reporting.team.quality import (
    AlreadyReviewedError,
    Finding,
    OwnDecisionError,
    count_answers,
    draw_sample,
    estimate_bounds,
    find_population,
    record_review,
)
from tests import given
from tests.desk.pages import text
from tests.looping import each
from tests.reporting.cases import day_exemption

pytestmark = pytest.mark.django_db

SAMPLES, REVIEWS = "/loket/team/steekproef/", "/loket/toetsen/"


def decide(number, *, by, desk):
    """So many grants of one colleague."""
    for place in range(number):
        given.granted(by=by, desk=desk, plate=f"V{place:03}AA")


def draw(by, wanted=20, kind=None):
    today = timezone.localdate()
    return draw_sample(by=by, period=build_period(today - timedelta(days=7), today), kind=kind, wanted=wanted)


def all_yes(**others):
    """Every question as it should be, but for those named by their code."""
    found = {one: Finding(others.get(one.code, "yes")) for one in ReviewQuestion.objects.all()}
    return {one: Finding(said.answer, "Mist." if said.answer == "no" else "") for one, said in found.items()}


def drawn_keys(sample):
    return list(sample.reviews.order_by("pk").values_list("decision", flat=True))


# --- Drawing ----------------------------------------------------------------------------------------------


def test_so_many_are_drawn_and_from_how_many_is_kept(team_lead, applicant, caseworker):
    decide(5, by=applicant, desk=caseworker)

    sample = draw(team_lead, wanted=3)

    assert (sample.reviews.count(), sample.population, sample.drawn_by) == (3, 5, team_lead)


def test_the_same_seed_draws_the_same_decisions_again(team_lead, applicant, caseworker):
    decide(5, by=applicant, desk=caseworker)
    sample = draw(team_lead, wanted=3)
    period = build_period(sample.first, sample.last)

    again = sample.order_by_lot(find_population(team_lead, period, None))[:3]

    assert [one.pk for one in again] == drawn_keys(sample)


def test_another_draw_has_another_seed(team_lead, applicant, caseworker):
    decide(2, by=applicant, desk=caseworker)

    assert draw(team_lead).seed != draw(team_lead).seed


def test_only_what_a_person_decided_of_the_kind_in_the_days_is_drawn(team_lead, applicant, caseworker, utrecht_day):
    given.granted(by=applicant, desk=caseworker)

    assert draw(team_lead).population == 1
    assert draw(team_lead, kind=Kind.objects.get(code="LEV")).population == 1
    assert draw(team_lead, kind=Kind.objects.get(code="EXC")).population == 0


@pytest.fixture
def utrecht_day(db):
    """A day exemption, which the system granted."""
    day_exemption(timezone.localdate().isoformat())


@each(
    "typed",
    [
        {"number": "0"},
        {"number": "201"},
        {"number": "x"},
        {"first": "2026-13-01"},
        {"last": "1999-01-01"},
        {"kind": "NIX"},
    ],
)
def test_what_cannot_be_drawn_is_told(typed, as_team_lead):
    today = timezone.localdate().isoformat()

    page = as_team_lead.post(SAMPLES, {"first": today, "last": today, "kind": "", "number": "5", **typed})

    assert page.status_code == 422
    assert not QualitySample.objects.exists()


def test_a_team_lead_draws_on_the_page(as_team_lead, applicant, caseworker):
    decide(2, by=applicant, desk=caseworker)
    today = timezone.localdate().isoformat()

    page = as_team_lead.post(SAMPLES, {"first": today, "last": today, "kind": "", "number": "1"}, follow=True)

    assert "Getoetst: 0 van de 1" in text(page)
    assert str(QualitySample.objects.get().seed) in text(page)


# --- Reviewing --------------------------------------------------------------------------------------------


def test_nobody_reviews_what_they_took_or_prepared(team_lead, applicant, caseworker, other_caseworker):
    proposed = given.proposed(by=applicant, desk=caseworker)
    proposed.approve_rejection(by=other_caseworker, doubts_reason=given.EXPLAINED)
    review = draw(team_lead).reviews.get()

    for user in (caseworker, other_caseworker):
        assert not QualityReview.objects.open().for_reviewer(user).exists()
        with pytest.raises(OwnDecisionError):
            record_review(review, by=user, findings=all_yes())
    assert QualityReview.objects.open().for_reviewer(team_lead).get() == review


def test_what_a_reviewer_may_not_see_does_not_wait_for_them(team_lead, applicant, caseworker, municipal_caseworker):
    decide(1, by=applicant, desk=caseworker)
    draw(team_lead)

    assert not QualityReview.objects.for_reviewer(municipal_caseworker).exists()


def test_a_review_tells_who_did_it_and_when(login, team_lead, applicant, caseworker, other_caseworker):
    decide(1, by=applicant, desk=caseworker)
    review = draw(team_lead).reviews.get()

    page = login(other_caseworker).post(f"{REVIEWS}{review.pk}/", fill("yes"), follow=True)

    review.refresh_from_db()
    assert review.reviewed_by == other_caseworker
    assert review.answers.count() == ReviewQuestion.objects.count()
    assert "is bewaard" in text(page)
    assert "Er wacht niets" in text(page)


def fill(answer, remark=""):
    """The form with the same answer everywhere."""
    keys = ReviewQuestion.objects.values_list("pk", flat=True)
    return {f"answer_{key}": answer for key in keys} | {f"remark_{key}": remark for key in keys}


@each("typed", [{}, {"answer_1": "yes"}, "maybe", "no"])
def test_an_answer_is_chosen_and_a_no_is_explained(typed, login, team_lead, applicant, caseworker, other_caseworker):
    decide(1, by=applicant, desk=caseworker)
    review = draw(team_lead).reviews.get()

    sent = fill(typed) if isinstance(typed, str) else typed
    page = login(other_caseworker).post(f"{REVIEWS}{review.pk}/", sent)

    assert page.status_code == 422
    assert not ReviewAnswer.objects.exists()


def test_a_second_click_or_a_second_reviewer_changes_nothing(login, team_lead, applicant, caseworker, other_caseworker):
    decide(1, by=applicant, desk=caseworker)
    review = draw(team_lead).reviews.get()
    record_review(review, by=other_caseworker, findings=all_yes())

    page = login(team_lead).post(f"{REVIEWS}{review.pk}/", fill("no", "Mis."), follow=True)

    assert "al getoetst" in text(page)
    assert set(ReviewAnswer.objects.values_list("answer", flat=True)) == {"yes"}
    with pytest.raises(AlreadyReviewedError):
        record_review(review, by=team_lead, findings=all_yes())


def test_the_database_keeps_what_was_drawn_and_found(team_lead, applicant, caseworker, other_caseworker):
    decide(1, by=applicant, desk=caseworker)
    review = draw(team_lead).reviews.get()
    record_review(review, by=other_caseworker, findings=all_yes())

    for rows, changed in (
        (QualitySample.objects.all(), {"wanted": 9}),
        (QualityReview.objects.all(), {"reviewed_by": team_lead}),
        (ReviewAnswer.objects.all(), {"answer": "no"}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**changed)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows._raw_delete(rows.db)


# --- What came of it --------------------------------------------------------------------------------------


def test_answers_are_counted_by_question_and_what_does_not_apply_apart(team_lead, applicant, caseworker):
    decide(3, by=applicant, desk=caseworker)
    sample = draw(team_lead)
    for review, answer in zip(sample.reviews.all(), ("yes", "no", "not_applicable"), strict=True):
        record_review(review, by=team_lead, findings=all_yes(facts=answer))

    facts, *others = count_answers(sample)

    assert (facts.yes, facts.no, facts.not_applicable, facts.percent) == (1, 1, 1, 50)
    assert [one.remark for one in facts.remarks] == ["Mist."]
    assert {one.percent for one in others} == {100}


def test_of_few_answers_nothing_is_said_of_all_decisions_and_of_all_nothing_is_guessed(
    team_lead, applicant, caseworker
):
    decide(3, by=applicant, desk=caseworker)
    part, whole = draw(team_lead, wanted=2), draw(team_lead)
    for review in (*part.reviews.all(), *whole.reviews.all()):
        record_review(review, by=team_lead, findings=all_yes())

    assert (count_answers(part)[0].bounds, count_answers(part)[0].is_complete) == (None, False)
    assert count_answers(whole)[0].is_complete


@each("found, asked, bounds", [(20, 20, (83, 100)), (18, 20, (69, 98)), (0, 20, (0, 17)), (5, 10, (23, 77))])
def test_the_bounds_are_those_of_wilson(found, asked, bounds):
    assert estimate_bounds(found, asked) == bounds


def test_many_decisions_cost_as_many_queries_as_few(as_team_lead, team_lead, applicant, caseworker):
    decide(9, by=applicant, desk=caseworker)
    few, many = draw(team_lead, wanted=3), draw(team_lead, wanted=9)
    for review in (*few.reviews.all(), *many.reviews.all()):
        record_review(review, by=team_lead, findings=all_yes(facts="no"))

    assert count_queries(as_team_lead, f"{SAMPLES}{few.pk}/") == count_queries(as_team_lead, f"{SAMPLES}{many.pk}/")


def test_a_long_list_of_reviews_costs_as_many_queries_as_a_short_one(as_team_lead, team_lead, applicant, caseworker):
    decide(9, by=applicant, desk=caseworker)
    draw(team_lead, wanted=3)
    short = count_queries(as_team_lead, REVIEWS)
    draw(team_lead, wanted=9)

    assert count_queries(as_team_lead, REVIEWS) == short


def count_queries(client, page):
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    return len(queries)
