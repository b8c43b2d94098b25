"""Letters about an objection on paper: a decision is announced on the day of posting (Awb 3:41, 6:7, 6:8)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from casework.models import Letter, PostalCopy
from casework.shared_steps import to_post
from objections.models import Objection
from tests import contest, given, posting
from tests.casework.days import on
from tests.desk import pages
from tests.given import Refused
from tests.objections.look import terms


@pytest.fixture
def by_post(organisation, applicant):
    """Wants letters by post."""
    return posting.choose_post(organisation, by=applicant)


@pytest.fixture
def decided(by_post, rejected_on_2_september, applicant, caseworker, objection_officer, go_to):
    """Declared unfounded on Thursday 20 November 2025; the decision under attack was posted at once."""
    posting.post(rejected_on_2_september, "rejected", by=caseworker)
    go_to("Fri 2025-10-10")
    objection = contest.handling(rejected_on_2_september, by=applicant, desk=objection_officer)
    go_to("Thu 2025-11-20")
    return contest.unfounded(objection, by=objection_officer)


def letter_of(objection: Objection) -> Letter:
    return objection.dossier.letters.get(reference=objection.decisions.get().reference)


def post(objection: Objection, *, by, day):
    objection.post_letters(by=by, letters=[letter_of(objection)], posted_on=day)


def test_before_it_is_posted_our_term_runs_and_none_to_appeal(decided):
    assert terms(decided) == {"decide_objection": on("Tue 2025-11-25")}


def test_a_decision_that_is_posted_later_can_be_appealed_longer(decided, objection_officer, go_to):
    go_to("Wed 2025-11-26")

    post(decided, by=objection_officer, day=on("Tue 2025-11-25"))

    assert terms(decided) == {"appeal": on("Tue 2026-01-06")}
    assert decided.decisions.get().appeal_until == on("Tue 2026-01-06")
    assert decided.decisions.get().announced_on == on("Tue 2025-11-25")


def test_the_letters_of_the_application_are_posted_apart(decided, caseworker):
    ours, theirs = letter_of(decided), list(to_post(decided).values_list("letter", flat=True))

    with pytest.raises(Refused):
        decided.application.post_letters(by=caseworker, letters=[ours], posted_on=timezone.localdate())

    waiting = to_post(decided.application).values_list("letter", flat=True)
    assert {*waiting} & {*theirs} == set()
    assert decided.decisions.get().made_known_on is None


def test_what_is_posted_the_same_day_is_as_in_the_portal(decided, objection_officer):
    post(decided, by=objection_officer, day=timezone.localdate())

    assert terms(decided) == {"appeal": on("Mon 2026-01-05")}


def test_other_letters_move_nothing(decided, objection_officer, go_to):
    go_to("Tue 2025-11-25")
    receipt = decided.dossier.letters.get(kind="objection_receipt")

    decided.post_letters(by=objection_officer, letters=[receipt], posted_on=timezone.localdate())

    assert terms(decided) == {"decide_objection": on("Tue 2025-11-25")}


def test_an_appeal_that_came_before_the_letter_was_posted_opens_no_term_again(decided, objection_officer, go_to):
    contest.appeal(decided, desk=objection_officer)
    go_to("Tue 2025-11-25")

    post(decided, by=objection_officer, day=timezone.localdate())

    assert "appeal" not in terms(decided)


def test_the_new_decision_is_announced_with_it(rejected, by_post, applicant, objection_officer, go_to):
    objection = contest.handling(rejected, by=applicant, desk=objection_officer)
    contest.upheld(objection, by=objection_officer)
    later = timezone.localdate() + timedelta(days=2)
    go_to(later.strftime("%a %Y-%m-%d"))

    post(objection, by=objection_officer, day=later)

    assert objection.decisions.get().new_decision.announced_on == later


# --- Before the letter was posted (Awb 6:10) ---------------------------------------------------------------


@pytest.mark.parametrize("day", ["Mon 2026-02-02", "Wed 2026-02-04"], ids=["the day it was taken", "two days later"])
def test_6_10_who_objects_before_the_letter_was_posted_is_admissible(
    by_post, applicant, caseworker, other_caseworker, objection_officer, go_to, day
):
    go_to("Mon 2026-02-02")
    rejected = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)
    go_to("Fri 2026-02-06")
    letter = rejected.dossier.letters.get(kind="rejected")
    rejected.post_letters(by=caseworker, letters=[letter], posted_on=on("Fri 2026-02-06"))

    objection = contest.by_post(rejected, desk=objection_officer, received_on=on(day))

    assert objection.is_in_time
    objection.admit(by=objection_officer)


# --- At the desk ------------------------------------------------------------------------------------------


def test_the_officer_finds_it_on_a_list_and_notes_the_day(as_objection_officer, decided):
    address = reverse("admin:objections_objection_changelist")
    assert str(decided.dossier) in as_objection_officer.get(address, {"list": "to-post"}).content.decode()
    letters = list(to_post(decided).values_list("letter", flat=True))

    pages.send(as_objection_officer, decided, "post_letters", letters=letters, posted_on=timezone.localdate())

    assert not Objection.objects.to_post().exists()
    assert str(decided.dossier) not in as_objection_officer.get(address, {"list": "to-post"}).content.decode()


def test_the_page_of_the_objection_says_what_waits_to_be_posted(as_objection_officer, decided):
    page = as_objection_officer.get(reverse("admin:objections_objection_change", args=[decided.pk])).content.decode()

    assert "af te drukken en te posten" in page
    assert "Noteren dat brieven gepost zijn" in page


@pytest.mark.parametrize("days", [-30, 1], ids=["before it was written", "still to come"])
def test_an_impossible_day_is_refused(decided, objection_officer, days):
    with pytest.raises(Refused):
        post(decided, by=objection_officer, day=timezone.localdate() + timedelta(days=days))


def test_a_letter_is_posted_once(decided, objection_officer):
    post(decided, by=objection_officer, day=timezone.localdate())

    with pytest.raises(Refused):
        post(decided, by=objection_officer, day=timezone.localdate())


def test_of_two_objections_in_a_dossier_each_has_its_own_letters(by_post, rejected, applicant, objection_officer):
    first = contest.handling(rejected, by=applicant, desk=objection_officer)
    contest.upheld(first, by=objection_officer)
    second = contest.filed(rejected, by=applicant)

    kinds = [{copy.letter.kind for copy in to_post(objection)} for objection in (first, second)]

    assert "objection_upheld" in kinds[0]
    assert kinds[1] == {"objection_receipt"}


def test_a_letter_of_the_application_alone_is_not_of_the_objection(by_post, applicant, caseworker, objection_officer):
    other = given.taken_up(by=applicant, desk=caseworker)
    receipt = other.dossier.letters.get(kind="receipt")

    assert PostalCopy.objects.to_post().filter(letter=receipt).exists()
    assert not Objection.objects.to_post().exists()


def test_the_objector_and_who_handles_no_objections_do_not_note_it(decided, applicant, caseworker):
    for somebody in (applicant, caseworker):
        with pytest.raises(PermissionDenied):
            post(decided, by=somebody, day=timezone.localdate())
