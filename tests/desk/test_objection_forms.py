"""The forms of an objection that is handled: what each does when filled in well, and the message when not."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from casework.current_policy import CurrentPolicy
from casework.models import Document
from objections.steps.clock import decision_sum
from tests import cast, contest, given
from tests.desk import pages
from tests.desk.pages import refused, status

pytestmark = pytest.mark.django_db


@pytest.fixture
def rejected(applicant, caseworker, other_caseworker):
    return given.rejected(by=applicant, desk=caseworker, second=other_caseworker)


@pytest.fixture
def handling(rejected, applicant, objection_officer):
    return contest.handling(rejected, by=applicant, desk=objection_officer)


def pdf(name="brief.pdf", content=given.PDF):
    return SimpleUploadedFile(name, content, "application/pdf")


def initial(client, objection, name):
    return client.get(pages.step(objection, name)).context["form"].initial


# --- Check -----------------------------------------------------------------------------------------------


def test_one_in_time_is_admitted_without_a_question(as_objection_officer, rejected, applicant, objection_officer):
    objection = contest.filed(rejected, by=applicant)
    assert not as_objection_officer.get(pages.step(objection, "admit")).context["form"].fields

    pages.send(as_objection_officer, objection, "admit")

    assert status(objection) == "handling"
    assert objection.assigned_to == objection_officer


def test_one_without_grounds_is_not_admitted(as_objection_officer, rejected, applicant):
    objection = contest.filed(rejected, by=applicant, grounds="")

    refused(
        pages.send(as_objection_officer, objection, "admit"),
        "The grounds are missing: ask the objector to add them first (Awb 6:6).",
    )


@pytest.fixture
def late(rejected, applicant, time_machine):
    """Sent a week after the last day, with a reason."""
    time_machine.move_to(timezone.localtime() + timedelta(weeks=7))
    return contest.filed(rejected, by=applicant, late_reason="Ik lag in het ziekenhuis.")


def test_a_late_one_is_admitted_with_a_reason_alone(login, late, objection_officer):
    client = login(objection_officer)
    assert "Ik lag in het ziekenhuis." in pages.text(client.get(pages.step(late, "admit")))
    assert pages.send(client, late, "admit").status_code == 422

    pages.send(client, late, "admit", excused="on", because="Opname van zes weken.")

    assert status(late) == "handling"
    assert (late.excused, late.excused_because) == (True, "Opname van zes weken.")


def test_what_is_visibly_missing_is_ticked(as_objection_officer, rejected, objection_officer):
    today = timezone.localdate()
    objection = contest.by_post(rejected, desk=objection_officer, received_on=today, grounds="", signed=False)

    form = initial(as_objection_officer, objection, "ask_repair")

    days = CurrentPolicy.on(today).number("repair_days")
    assert form["items"] == ["grounds", "signature"]
    assert form["ends_on"] >= today + timedelta(days=days)


def test_repair_is_asked_with_a_letter_and_stops_the_clock(as_objection_officer, rejected, applicant):
    objection = contest.filed(rejected, by=applicant, grounds="")
    fields = {"items": ["grounds"], "ends_on": given.working_day(14)}

    preview = pages.send(as_objection_officer, objection, "ask_repair", action="preview", **fields)
    pages.send(as_objection_officer, objection, "ask_repair", **fields)

    assert status(objection) == "repair"
    assert preview.context["letters"][0][0].body == objection.dossier.letters.get(kind="objection_repair").body


@pytest.mark.parametrize("fields", [{"items": []}, {"items": ["nonsense"]}, {"ends_on": "2020-01-01"}, {"ends_on": ""}])
def test_a_bad_request_for_repair_is_refused(as_objection_officer, rejected, applicant, fields):
    objection = contest.filed(rejected, by=applicant, grounds="")
    good = {"items": ["grounds"], "ends_on": given.working_day(14)}

    assert pages.send(as_objection_officer, objection, "ask_repair", **{**good, **fields}).status_code == 422
    assert status(objection) == "registered"


def test_what_came_by_post_repairs_it(as_objection_officer, rejected, applicant, objection_officer):
    objection = contest.in_repair(rejected, by=applicant, desk=objection_officer)

    pages.send(as_objection_officer, objection, "repair", answer="Zie mijn brief.", documents=[pdf()])

    assert status(objection) == "registered"
    assert objection.grounds == "Zie mijn brief."
    assert [document.added_by for document in objection.documents.all()] == [objection_officer]


def test_a_repair_without_words_and_files_is_refused_and_keeps_no_file(
    as_objection_officer, rejected, applicant, objection_officer
):
    objection = contest.in_repair(rejected, by=applicant, desk=objection_officer)
    before = Document.objects.count()

    answer = pages.send(as_objection_officer, objection, "repair", answer=" ")

    refused(answer, "Write down what was missing, or add a file.")
    assert Document.objects.count() == before


# --- Files -----------------------------------------------------------------------------------------------


def test_files_join_the_objection(as_objection_officer, handling):
    pages.send(as_objection_officer, handling, "add_papers", documents=[pdf("een.pdf"), pdf("twee.pdf")])

    assert sorted(document.name for document in handling.documents.all()) == ["een.pdf", "twee.pdf"]
    assert "twee.pdf" in pages.text(as_objection_officer.get(pages.case(handling)))


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00", b"<html><script>alert(1)</script></html>", b"%PDF-1.4 half"])
def test_what_is_no_sound_document_is_refused_and_nothing_is_kept(as_objection_officer, handling, content):
    answer = pages.send(as_objection_officer, handling, "add_papers", documents=[pdf(), pdf("slecht.pdf", content)])

    assert answer.status_code == 422
    assert "slecht" in pages.text(answer)
    assert not handling.documents.exists()


def test_no_file_is_asked_again(as_objection_officer, handling):
    assert pages.send(as_objection_officer, handling, "add_papers").status_code == 422


# --- The rest ------------------------------------------------------------------------------------------------


def test_an_objection_is_given_to_a_colleague_who_can_handle_it(
    as_objection_officer, handling, caseworker, objection_officer
):
    assert pages.send(as_objection_officer, handling, "assign", to=caseworker.pk).status_code == 422
    pages.send(as_objection_officer, handling, "assign", to=objection_officer.pk)

    handling.refresh_from_db()
    assert handling.assigned_to == objection_officer


def test_adjourning_tells_the_objector_and_gives_six_weeks(as_objection_officer, handling):
    pages.send(as_objection_officer, handling, "adjourn", reason="Wij wachten op de RDW.")

    handling.refresh_from_db()
    assert decision_sum(handling).adjourned_weeks == 6
    assert "Wij wachten op de RDW." in handling.dossier.letters.get(kind="objection_adjourned").body


@pytest.mark.parametrize(
    "fields", [{"consent": "nobody"}, {"until": "9999-12-31"}, {"until": "2020-01-01"}, {"reason": " "}]
)
def test_a_bad_delay_is_refused(as_objection_officer, handling, fields):
    good = {"until": given.working_day(200), "consent": "objector", "reason": "Zo afgesproken."}

    assert pages.send(as_objection_officer, handling, "delay_further", **{**good, **fields}).status_code == 422


def test_an_objection_is_withdrawn_by_word_of_mouth_at_a_hearing_alone(as_objection_officer, handling):
    form = as_objection_officer.get(pages.step(handling, "withdraw")).context["form"]
    assert [value for value, _label in form.fields["how"].choices] == ["writing"]

    pages.send(as_objection_officer, handling, "withdraw", how="writing", reason="Auto verkocht.")

    assert status(handling) == "withdrawn"
    assert handling.notes.get().text == "Auto verkocht."


def test_direct_appeal_goes_to_the_court_that_is_typed(as_objection_officer, rejected, applicant):
    objection = contest.filed(rejected, by=applicant, direct_appeal_asked=True)
    assert "Rechtbank Limburg" in pages.text(as_objection_officer.get(pages.step(objection, "agree_direct_appeal")))

    answer = pages.send(as_objection_officer, objection, "agree_direct_appeal", court="Rechtbank Limburg")
    refused(answer, "Tick this if it is so. If not: wait until the term to object has passed.")
    pages.send(as_objection_officer, objection, "agree_direct_appeal", court="Rechtbank Limburg", none_to_come="on")

    assert status(objection) == "forwarded"
    assert objection.appeals.get().court == "Rechtbank Limburg"


def test_preliminary_relief_is_noted_and_judged(as_objection_officer, handling):
    today = timezone.localdate()
    pages.send(as_objection_officer, handling, "ask_relief", court="Rechtbank Gelderland", asked_on=today)
    relief = handling.reliefs.get()

    pages.send(as_objection_officer, handling, "judge_relief", relief=relief.pk, outcome="refused", decided_on=today)

    relief.refresh_from_db()
    assert relief.outcome == "refused"
    assert "Rechtbank Gelderland" in pages.text(as_objection_officer.get(pages.case(handling)))


def test_a_note_stands_on_the_page(as_objection_officer, handling):
    pages.send(as_objection_officer, handling, "note", text="Gebeld met de bezwaarmaker.")

    assert "Gebeld met de bezwaarmaker." in pages.text(as_objection_officer.get(pages.case(handling)))


def test_of_two_officers_the_second_reads_what_the_first_did(login, handling, objection_officer):
    seen = pages.seen_now(handling)
    handling.withdraw(by=cast.staff("Oscar Ander", "objection officer"))

    answer = pages.send(login(objection_officer), handling, "adjourn", seen=seen, reason="Een lange uitleg.")

    page = pages.text(answer)
    assert answer.status_code == 409
    assert "Oscar Ander" in page
    assert "Een lange uitleg." in page


def test_what_was_typed_survives_a_login_that_expired(client, handling, objection_officer):
    pages.send(client, handling, "adjourn", reason="Een lange uitleg.")
    client.force_login(objection_officer)

    assert "Een lange uitleg." in pages.text(client.get(pages.step(handling, "adjourn")))
