"""A question that was filed to a dossier, on the page of the case at the desk."""

import pytest

from helpdesk.mailbox.questions import open_question
from helpdesk.models import Question
from tests import given
from tests.desk import pages

pytestmark = pytest.mark.django_db


def filed(case, *, subject="Mag de wagen al rijden?", **about):
    """A question in the dossier of a case."""
    about = {"email": "anna@example.org", "name": "Anna de Bakker", **about}
    return open_question(channel="mail", subject=subject, text="Mijn woorden", case_dossier=case.dossier, **about)


@pytest.fixture
def case(applicant, caseworker):
    return given.taken_up(by=applicant, desk=caseworker)


def test_the_caseworker_sees_that_it_was_asked_and_cannot_open_it(as_caseworker, case):
    question = filed(case)

    page = pages.text(as_caseworker.get(pages.case(case)))

    for words in ("Mag de wagen al rijden?", str(question.get_status_display()), "Anna de Bakker"):
        assert words in page
    assert f"/loket/vragen/{question.number}/" not in page
    assert as_caseworker.get(f"/loket/vragen/{question.number}/").status_code == 404


def test_who_answers_questions_too_gets_there(login, caseworker, editor, case):
    caseworker.groups.add(*editor.groups.all())
    question = filed(case)

    assert f"/loket/vragen/{question.number}/" in pages.text(login(caseworker).get(pages.case(case)))


def test_spam_and_what_belongs_elsewhere_stay_away(as_caseworker, case, stranger):
    filed(case, subject="Koop nu", is_spam=True)
    filed(given.filed(by=stranger, plate="V003AA"), subject="Over een ander")

    page = pages.text(as_caseworker.get(pages.case(case)))

    assert "Koop nu" not in page
    assert "Over een ander" not in page


def test_hostile_words_are_shown_as_words(as_caseworker, case):
    filed(case, subject="<script>alert(1)</script>", name="<b>Anna</b>")

    page = as_caseworker.get(pages.case(case)).content.decode()

    assert "<script>alert(1)" not in page
    assert "<b>Anna" not in page


def test_more_questions_ask_no_more_of_the_database(as_caseworker, case, django_assert_max_num_queries):
    filed(case)
    as_caseworker.get(pages.case(case))
    with django_assert_max_num_queries(90) as few:
        as_caseworker.get(pages.case(case))
    for number in range(5):
        filed(case, subject=f"Nog een {number}")
    with django_assert_max_num_queries(len(few)):
        as_caseworker.get(pages.case(case))
    assert Question.objects.count() == 6
