"""Day exemptions that were given on what the applicant typed: checked at the desk, and revoked where they are wrong."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from casework.models import Deadline, EquatedDay, Message, Policy
from exemptions import day_exemptions
from exemptions.models import Applicant, Application, DayUse, Exemption, FactsRecord, Ground, Status
from exemptions.views.verify import answer_reference
from exemptions.worklists import APPLICATIONS
from reporting.outcomes import REJECTED, Ending, counted_as
from tests import given
from tests.desk import pages
from tests.reporting.cases import counted
from zones.access import VehicleFacts
from zones.models import Municipality

pytestmark = pytest.mark.django_db
TYPED = FactsRecord.Source.APPLICANT
SAID = "Aan de telefoon: het kenteken was verkeerd overgetypt."
WHY = "Het voertuig met dit kenteken is een personenauto."


def day_exemption(user, *, days=3, source=TYPED, plate="VX123Z"):
    """A day exemption, a number of days from now."""
    return day_exemptions.ask_day_exemption(
        by=user,
        applicant=Applicant.objects.of(user)[0],
        facts=VehicleFacts(category="van"),
        source=source,
        plate=plate,
        country="NL",
        municipality=Municipality.objects.get(name="Utrecht"),
        day=timezone.localdate() + timedelta(days=days),
        language="nl",
    )


def corrected(application, *, by):
    """A caseworker found what the vehicle really is."""
    application.correct_facts(by=by, facts=VehicleFacts(category="other"), reason="Foto van het kentekenbewijs")
    return application


def revoke(application, *, by, **other):
    ground = Ground.objects.get(kind="DAG", code="wrong_vehicle_data")
    application.annul(by=by, **{"ground": ground, "view": SAID, "explanation": WHY, **other})


@pytest.fixture
def wrong(applicant, caseworker):
    """A day exemption for a coming day that, as a caseworker found, was given on wrong data."""
    return corrected(day_exemption(applicant), by=caseworker)


def test_what_nobody_checked_stands_on_a_worklist(as_caseworker, applicant):
    typed = day_exemption(applicant)
    day_exemption(applicant, days=4, source=FactsRecord.Source.REGISTER)

    page = pages.text(as_caseworker.get(pages.worklist("day-unverified")))

    assert list(Application.objects.days_unverified()) == [typed]
    assert str(typed) in page


def counts(user):
    """The lists of day exemptions that are not empty."""
    lists = APPLICATIONS.counted_for(user)
    return {one.worklist.name: one.count for one in lists if one.worklist.name.startswith("day-") and one.count}


def test_it_is_checked_within_five_working_days_and_late_after_that(login, caseworker, applicant, time_machine):
    time_machine.move_to(datetime(2026, 12, 21, 12, tzinfo=UTC))  # a Monday before Christmas
    typed = day_exemption(applicant)
    assert "29 december 2026" in pages.text(login(caseworker).get(pages.case(typed)))  # Christmas is on Friday

    time_machine.move_to(datetime(2026, 12, 29, 12, tzinfo=UTC))
    assert counts(caseworker) == {"day-unverified": 1}
    time_machine.move_to(datetime(2026, 12, 30, 12, tzinfo=UTC))

    assert counts(caseworker) == {"day-unverified": 1, "day-check-late": 1}
    for name in ("day-unverified", "day-check-late"):
        assert "desk-left--late" in pages.text(login(caseworker).get(pages.worklist(name)))


def test_what_is_to_be_checked_first_stands_on_top(login, caseworker, applicant, time_machine):
    time_machine.move_to(datetime(2026, 12, 1, 12, tzinfo=UTC))
    sooner = day_exemption(applicant, days=30)
    time_machine.move_to(datetime(2026, 12, 2, 12, tzinfo=UTC))
    later = day_exemption(applicant, days=1)

    page = pages.text(login(caseworker).get(pages.worklist("day-unverified")))

    assert page.index(str(sooner)) < page.index(str(later))


def test_the_number_of_working_days_is_a_setting(caseworker, applicant, time_machine):
    time_machine.move_to(datetime(2026, 12, 1, 12, tzinfo=UTC))
    day_exemption(applicant)
    Policy.objects.create(name="day_check_working_days", valid_from=timezone.localdate(), value=1, source="test")

    time_machine.move_to(datetime(2026, 12, 3, 12, tzinfo=UTC))

    assert "day-check-late" in counts(caseworker)


def test_a_check_counts_back_over_the_same_days_as_it_counts_on():
    calendar = EquatedDay.calendar()
    for number in range(400):
        granted = date(2026, 1, 1) + timedelta(days=number)
        last = calendar.working_days_after(granted, 5)

        assert calendar.working_days_before(last, 5) <= granted
        assert granted < calendar.working_days_before(last + timedelta(days=1), 5)


def test_what_was_found_wrong_stands_on_a_list_until_it_is_revoked(
    as_caseworker, caseworker, other_caseworker, applicant
):
    typed = day_exemption(applicant)
    filled_in = {"category": "other", "reason": "Foto van het kentekenbewijs", "found_wrong": "on"}

    pages.send(as_caseworker, typed, "correct_facts", **filled_in)

    assert counts(caseworker) == {"day-wrong": 1}
    assert "verleend op onjuiste gegevens" in pages.text(as_caseworker.get(pages.case(typed)))
    typed.refresh_from_db()
    revoke(typed, by=other_caseworker)
    assert counts(caseworker) == {}


def test_what_was_found_wrong_can_be_confirmed_after_the_view(caseworker, other_caseworker, applicant):
    typed = day_exemption(applicant)
    typed.correct_facts(by=caseworker, facts=given.VAN, reason="Andere emissieklasse.", found_wrong=True)

    typed.correct_facts(by=other_caseworker, facts=given.VAN, reason="De aanvrager stuurde het bewijs.")

    assert counts(caseworker) == {}
    assert typed.exemptions.get().revoked_at is None


def test_only_of_a_day_exemption_is_said_that_it_was_given_on_wrong_data(as_caseworker, applicant, caseworker):
    application = given.taken_up(by=applicant, desk=caseworker)

    with pytest.raises(given.Refused, match="dagontheffing"):
        application.correct_facts(by=caseworker, facts=given.VAN, reason="Foto", found_wrong=True)

    assert "found_wrong" not in pages.text(as_caseworker.get(pages.step(application, "correct_facts")))


def test_a_check_takes_it_from_the_worklist(as_caseworker, applicant):
    typed = day_exemption(applicant)
    filled_in = {"category": "van", "reason": "Gezien op het kentekenbewijs."}

    pages.send(as_caseworker, typed, "correct_facts", **filled_in)

    typed.refresh_from_db()
    assert typed.facts_verified
    assert not Application.objects.days_unverified().exists()
    assert typed.exemptions.get().revoked_at is None


def test_the_form_asks_the_register_again(as_caseworker, applicant):
    page = pages.text(as_caseworker.get(pages.step(day_exemption(applicant, plate="VAN01E"), "correct_facts")))

    assert "Het register kent dit voertuig nu" in page
    assert "Het register heeft geen antwoord" in pages.text(
        as_caseworker.get(pages.step(day_exemption(applicant, plate="ZZ99ZZ"), "correct_facts"))
    )


def test_the_worklist_asks_the_database_as_often_for_many(as_caseworker, applicant):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            as_caseworker.get(pages.worklist("day-unverified"))
        return len(seen)

    day_exemption(applicant)
    few = queries()
    for number in range(4, 8):
        day_exemption(applicant, days=number)

    assert queries() == few


def test_other_decided_applications_are_not_corrected(applicant, caseworker):
    granted = given.granted(by=applicant, desk=caseworker)

    with pytest.raises(TransitionNotAllowed):
        corrected(granted, by=caseworker)
    with pytest.raises(TransitionNotAllowed):
        revoke(granted, by=caseworker)


def test_revoking_ends_it_with_a_letter_a_mail_and_a_term_to_object(wrong, applicant, other_caseworker):
    mails = Message.objects.filter(dossier=wrong.dossier, to=applicant.email).count()

    revoke(wrong, by=other_caseworker)

    letter = wrong.dossier.letters.get(kind="day_annulled")
    assert wrong.status == Status.REJECTED
    assert wrong.exemptions.get().revoked_at
    assert WHY in letter.body
    assert "telt niet meer mee" in letter.body
    assert Message.objects.filter(dossier=wrong.dossier, to=applicant.email).count() == mails + 1
    assert wrong.dossier.deadlines.open().get().kind == Deadline.Kind.OBJECT
    assert wrong.notes.get().text == SAID


def test_one_before_its_day_is_given_back(wrong, applicant, other_caseworker):
    place = {"plate": "VX123Z", "country": "NL", "municipality": wrong.municipality, "day": wrong.wanted_from}
    assert day_exemptions.count_days_left(**place) == 11

    revoke(wrong, by=other_caseworker)

    assert day_exemptions.count_days_left(**place) == 12
    assert day_exemption(applicant).exemptions.get().day_use.ordinal == 1


@pytest.mark.parametrize("days", [0, -2], ids=["its day has begun", "its day is over"])
def test_one_that_could_be_used_still_counts(days, applicant, caseworker, other_caseworker):
    application = corrected(day_exemption(applicant, days=0), by=caseworker)
    if days:
        past = timezone.localtime() + timedelta(days=days)
        with given.rewriting():
            Exemption.objects.update(starts_at=past, ends_at=past + timedelta(hours=30))

    revoke(application, by=other_caseworker)

    assert DayUse.objects.count() == 1
    assert "telt mee" in application.dossier.letters.get(kind="day_annulled").body


def test_the_reference_is_no_longer_valid(wrong, other_caseworker):
    granted = wrong.decisions.get()

    revoke(wrong, by=other_caseworker)

    assert answer_reference(granted.reference, "VX123Z").state == "replaced"
    assert answer_reference(wrong.decisions.last().reference, "VX123Z").state == "no_exemption"


def test_whoever_found_it_does_not_revoke_it(wrong, caseworker):
    with pytest.raises(given.Refused, match="collega"):
        revoke(wrong, by=caseworker)

    assert Application.objects.get().status == Status.GRANTED


def test_where_one_person_may_reject_one_person_may_revoke(wrong, caseworker):
    Policy.objects.filter(name="second_pair_for_rejection").update(value=False)

    revoke(wrong, by=caseworker)

    assert wrong.decisions.last().prepared_by is None


@pytest.mark.parametrize("missing", ["view", "explanation"])
def test_the_applicant_has_a_say_and_gets_reasons(missing, wrong, other_caseworker):
    with pytest.raises(given.Refused):
        revoke(wrong, by=other_caseworker, **{missing: " "})


def test_before_it_is_revoked_somebody_looked(applicant, other_caseworker):
    with pytest.raises(given.Refused, match="Leg eerst vast"):
        revoke(day_exemption(applicant), by=other_caseworker)


def test_a_stranger_and_the_applicant_cannot(wrong, applicant, stranger):
    for user in (applicant, stranger):
        with pytest.raises(PermissionDenied):
            revoke(wrong, by=user)


def test_a_second_click_changes_nothing(wrong, other_caseworker):
    revoke(wrong, by=other_caseworker)

    with pytest.raises(TransitionNotAllowed):
        revoke(wrong, by=other_caseworker)

    assert wrong.decisions.count() == 2


def test_at_the_desk_it_is_a_form_with_the_letter_before_it_goes(as_other_caseworker, wrong):
    ground = Ground.objects.get(kind="DAG", code="wrong_vehicle_data")
    fields = {"ground": ground.pk, "view": SAID, "explanation": WHY}

    preview = pages.text(pages.send(as_other_caseworker, wrong, "annul", action="preview", **fields))
    assert "Wij trekken" in preview or "trekken uw dagontheffing in" in preview
    pages.send(as_other_caseworker, wrong, "annul", **fields)

    assert pages.status(wrong) == Status.REJECTED


def test_the_applicant_reads_it_and_can_object(as_applicant, wrong, other_caseworker):
    revoke(wrong, by=other_caseworker)

    page = pages.text(as_applicant.get(reverse("application", args=[wrong.key])))

    assert "Wij hebben deze dagontheffing ingetrokken op" in page
    assert reverse("object_to", args=[wrong.key]) in page
    assert reverse("day_exemption_done", args=[wrong.key]) not in page
    done = as_applicant.get(reverse("day_exemption_done", args=[wrong.key]))
    assert done["Location"] == reverse("application", args=[wrong.key])


def test_the_figures_keep_the_grant_and_give_back_the_use(wrong, other_caseworker):
    def figures():
        year = timezone.localdate().year
        days = {"first": f"{year}-01-01", "last": f"{year}-12-31"}
        return {name: sum(counted(name, **days).values()) for name in ("R02", "R07", "R08")}

    before = figures()
    revoke(wrong, by=other_caseworker)

    assert before == {"R02": 0, "R07": 1, "R08": 1}
    assert figures() == {"R02": 0, "R07": 1, "R08": 0}


def test_the_ground_of_revoking_has_its_category(wrong, other_caseworker):
    assert counted_as(Ending(Status.REJECTED, Status.GRANTED, "conditions_not_met")).outcome == REJECTED


# --- Asked by a stranger ----------------------------------------------------------------------------------


def taken_back(application, *, found_by, by):
    """The user of the vehicle told us: a caseworker confirms what the vehicle is, a colleague revokes."""
    application.correct_facts(by=found_by, facts=given.VAN, reason="De gebruiker van het voertuig meldde het.")
    revoke(application, by=by, ground=Ground.objects.get(kind="DAG", code="not_the_user"))


@pytest.mark.parametrize("days", [3, 0, -2], ids=["before its day", "on its day", "after its day"])
def test_what_a_stranger_had_takes_nothing_from_the_user_of_the_vehicle(
    days, stranger, applicant, caseworker, other_caseworker
):
    application = day_exemption(stranger, days=max(days, 0), source=FactsRecord.Source.REGISTER)
    if days < 0:
        past = timezone.localtime() + timedelta(days=days)
        with given.rewriting():
            Exemption.objects.update(starts_at=past, ends_at=past + timedelta(hours=30))

    taken_back(application, found_by=caseworker, by=other_caseworker)

    assert not DayUse.objects.exists()
    assert "telt niet meer mee" in application.dossier.letters.get(kind="day_annulled").body
    assert day_exemption(applicant, days=max(days, 0)).exemptions.get().day_use.ordinal == 1


def test_when_all_of_a_strangers_days_are_revoked_the_user_has_twelve(
    stranger, applicant, caseworker, other_caseworker
):
    Policy.objects.filter(name="day_exemption_max").update(value=2)
    strange = [day_exemption(stranger, days=number) for number in (0, 1)]
    with pytest.raises(given.Refused, match="iemand anders"):
        day_exemption(applicant, days=0)

    for application in strange:
        taken_back(application, found_by=caseworker, by=other_caseworker)

    assert [day_exemption(applicant, days=number).status for number in (0, 1)] == [Status.GRANTED] * 2


def test_the_figures_do_not_count_it_as_a_use_of_the_vehicle(stranger, caseworker, other_caseworker):
    application = day_exemption(stranger, days=0)
    year = timezone.localdate().year

    taken_back(application, found_by=caseworker, by=other_caseworker)

    assert sum(counted("R08", first=f"{year}-01-01", last=f"{year}-12-31").values()) == 0
