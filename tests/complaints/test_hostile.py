"""Complaints by who means no good, or types wrong: a sentence and never an error of ours, and nothing comes alive."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.letter_pdfs import render_letter_pdf
from casework.steps import StepRefused
from complaints.admin.desk_steps import COMPLAINTS_DESK
from complaints.models import Complaint
from tests import given
from tests.complaints import lodged
from tests.complaints.test_desk import REGISTER
from tests.complaints.test_desk import sent as at_desk
from tests.complaints.test_portal import COMPLAIN, sent
from tests.desk import pages
from zones.models import Zone

pytestmark = pytest.mark.django_db
WORDS = {
    "a book": "x" * 10_000,
    "placeholders": "{number} {sender} %(name)s {{7191*7}}",
    "a script": "<script>pwn(1)</script> \"'></textarea>",
    "marks that turn the line": "\u202egpj.exe\u2066\u200b\u2028 \U0001f69a مرحبا",
    "Typst": '#(7191*7) #panic("hit") $x^2$ ``` <label> @reference',
    "a formula": "=cmd|' /C calc'!A0",
}
TOO_EARLY = [date(1, 1, 1), date(1926, 11, 30)]


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_its_words_come_alive_nowhere(login, objection_officer, applicant, words):
    """In the portal, at the desk, and in a letter to an address with markup."""
    login(applicant).post(COMPLAIN, sent(about=words, about_whom=words[:200], address=words[:300], by_post="yes"))
    desk = login(objection_officer)
    desk.post(REGISTER, at_desk(about=words, name=words[:100], address=words[:300], by_post="on"))

    made = list(Complaint.objects.all())
    shown = [pages.text(desk.get(pages.case(one))) for one in made]
    assert len(made) == 2
    assert not any(sign in page for sign in ("<script>pwn", "50337") for page in shown)
    assert all(render_letter_pdf(one.dossier.letters.get()) for one in made)


def test_what_no_database_holds_is_told(login, applicant):
    assert login(applicant).post(COMPLAIN, sent(about="a\0b")).status_code == 422


@pytest.mark.parametrize(
    ("name", "email"), [("N" * 200, "n@example.org"), ("", f"n@{'.'.join(['d' * 60] * 4)}.nl")], ids=["name", "email"]
)
def test_the_longest_name_of_an_account_stands_on_a_complaint(login, applicant, name, email):
    applicant.name, applicant.email = name, email
    applicant.save()
    login(applicant).post(COMPLAIN, sent())
    assert Complaint.objects.get().name == (name or email)


def test_about_an_application_of_somebody_else(login, applicant, stranger):
    theirs = given.filed(by=stranger)
    page = login(applicant).post(COMPLAIN, sent(application=theirs.pk))

    assert page.status_code == 422
    assert str(theirs.dossier) not in pages.text(page)
    assert not Complaint.objects.exists()


def test_the_key_of_somebody_else_tells_nothing(login, applicant, stranger):
    form = sent()
    login(applicant).post(COMPLAIN, form)
    complaint, other = Complaint.objects.get(), login(stranger)
    withdraw = reverse("complaint_withdraw", args=[complaint.key])

    answers = [other.post(COMPLAIN, form), other.get(reverse("complaint", args=[complaint.key])), other.post(withdraw)]
    assert [one.status_code for one in answers] == [404, 404, 404]
    assert other.get(reverse("complaint", args=[uuid4()])).status_code == 404
    assert Complaint.objects.get().status == "received"


def test_a_second_click_counts_for_no_limit(login, applicant):
    portal = login(applicant)
    forms = [sent() for _one in range(10)]
    for form in forms:
        portal.post(COMPLAIN, form)

    assert portal.post(COMPLAIN, sent()).status_code == 422
    assert portal.post(COMPLAIN, forms[-1]).status_code == 302
    assert Complaint.objects.count() == 10


@pytest.mark.usefixtures("redis_away")
def test_the_limit_holds_without_redis(login, applicant):
    portal = login(applicant)
    assert [portal.post(COMPLAIN, sent()).status_code for _one in range(11)] == [302] * 10 + [422]


# --- Days ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", [*TOO_EARLY, "9999-12-31", "2025-02-29", ""])
def test_a_day_on_which_none_came_in_is_told_at_its_field(login, objection_officer, day):
    page = login(objection_officer).post(REGISTER, at_desk(received_on=day))

    assert page.status_code == 422
    assert "received_on" in page.context["form"].errors
    assert not Complaint.objects.exists()


def test_none_came_in_before_there_were_zones(objection_officer):
    first = min(Zone.objects.values_list("starts_on", flat=True))
    lodged.draft(channel="post").register(by=objection_officer, received_on=first)
    with pytest.raises(StepRefused):
        lodged.draft(channel="post").register(by=objection_officer, received_on=first - timedelta(days=1))


FAR = {"reply_until": "9999-12-31", "day": "9999-12-31", "hour": "23:59", "place": "Stadhuis", "until": "9999-12-31"}


@pytest.mark.parametrize("name", ["offer_hearing", "plan_hearing", "delay_further"])
def test_a_day_in_another_century_is_a_typing_error(login, objection_officer, name):
    complaint = lodged.handled(by=objection_officer)
    page = pages.send(login(objection_officer), complaint, name, reason="Daarom.", **FAR)

    assert page.status_code == 422
    assert set(page.context["form"].errors) & set(FAR)


# --- Who is complained about (Awb 9:7) ------------------------------------------------------------------------


def test_9_7_who_is_complained_about_takes_no_step_by_any_door(login, objection_officer, other_officer):
    complaint = lodged.handled(by=objection_officer)
    complaint.note(by=objection_officer, text="Alleen voor collega's.")
    complaint.name_person(by=objection_officer, person=other_officer)
    desk = login(other_officer)

    answers = {step.name: pages.send(desk, complaint, step.name).status_code for step in COMPLAINTS_DESK.steps}
    assert set(answers.values()) <= {403, 409}
    assert "Alleen voor" not in pages.text(desk.get(pages.case(complaint)))
    assert pages.status(complaint) == "handling"


def test_9_7_nobody_gives_it_to_who_is_complained_about(login, objection_officer, other_officer):
    """Not by a form that was opened before."""
    complaint = lodged.handled(by=objection_officer)
    complaint.name_person(by=objection_officer, person=other_officer)
    with pytest.raises(StepRefused):
        complaint.assign(by=objection_officer, to=other_officer)


def test_6_15_where_we_decided_nothing_it_is_no_objection(applicant, objection_officer):
    complaint = lodged.registered(by=objection_officer)
    complaint.link_application(by=objection_officer, application=given.filed(by=applicant))
    with pytest.raises(StepRefused):
        complaint.take_as_objection(by=objection_officer)
    assert timezone.localdate() < complaint.decide_by
