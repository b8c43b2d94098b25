"""What takes away works when its letter is made known (Awb 3:40): at once in the portal, by post when it was posted."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine as travelling
from django.utils import timezone

from accounts.models import User
from enforcement.models import ExemptionChange
from exemptions import day_exemptions
from exemptions.models import Applicant, Application, DayUse, Exemption, FactsRecord, Ground
from exemptions.models.decision import Change
from exemptions.portal.progress import build_cases
from exemptions.steps.amendment import Vehicle
from exemptions.steps.revision import Cause
from exemptions.terms import AMSTERDAM
from exemptions.views.verify import answer_reference
from tests import given
from tests.casework.days import on
from tests.looping import each
from tests.objections.look import refused
from tests.posting import choose_post, post
from zones.models import Municipality

GoTo = Callable[[str], None]
WHY = "Volgens het kentekenregister is het voertuig op 1 maart verkocht."
URGENT = "Het voertuig is gestolen gemeld en wordt nu gebruikt."
LOSSES: dict[str, dict[str, Any]] = {
    "revocation": {},
    "suspension": {},
    "shortening": {"ends_on": on("Fri 2026-03-20")},
}


@pytest.fixture
def go_to(time_machine: travelling.TimeMachineFixture) -> GoTo:
    """Make it ten in the morning of a day."""
    return lambda day: time_machine.move_to(datetime.combine(on(day), time(10), AMSTERDAM), tick=False)


@pytest.fixture
def granted(go_to: GoTo, applicant: User, caseworker: User) -> Application:
    """In the portal, on Monday 2 March 2026 for a hundred days."""
    go_to("Mon 2026-03-02")
    return given.granted(by=applicant, desk=caseworker)


@pytest.fixture
def granted_by_post(granted: Application, organisation: Applicant, applicant: User, go_to: GoTo) -> Application:
    """Of who wants letters by post from now on; it is Monday 9 March."""
    choose_post(organisation, by=applicant)
    go_to("Mon 2026-03-09")
    return granted


def take_away(application: Application, how: str, *, by: User, second: User) -> None:
    """Proposed by one and approved by another, without a view: it could not wait."""
    ground = Ground.objects.get(code="facts_changed", outcome=Ground.Outcome.REVOKE)
    about = {"ground": ground, "explanation": WHY, "unheard_because": URGENT, **LOSSES[how]}
    getattr(application, f"propose_{how}")(by=by, **about)
    application.approve_change(by=second)


def hold(application: Application, moment: datetime | None = None) -> list[date]:
    """The last days of its exemptions that hold at a moment, or now."""
    valid = Exemption.objects.valid_at(moment or timezone.now()).filter(application=application)
    return list(valid.values_list("ends_on", flat=True))


def at(day: str, hour: int = 10) -> datetime:
    return datetime.combine(on(day), time(hour), AMSTERDAM)


def state(exemption: Exemption) -> str:
    """What everybody reads who checks its reference and plate."""
    return answer_reference(exemption.decision.reference, exemption.plate).state


# --- Revoked, suspended, shorter ----------------------------------------------------------------------------


@pytest.mark.parametrize(("how", "left"), [("revocation", []), ("suspension", []), ("shortening", ["2026-03-20"])])
def test_3_40_in_the_portal_it_works_at_once(
    granted: Application, caseworker: User, other_caseworker: User, how: str, left: list[str]
) -> None:
    take_away(granted, how, by=caseworker, second=other_caseworker)

    assert [f"{day}" for day in hold(granted)] == left
    assert granted.decisions.latest("pk").made_known_on == on("Mon 2026-03-02")


@pytest.mark.parametrize(("how", "left"), [("revocation", []), ("suspension", []), ("shortening", ["2026-03-20"])])
def test_3_40_by_post_it_works_when_it_is_posted(
    granted_by_post: Application, caseworker: User, other_caseworker: User, go_to: GoTo, how: str, left: list[str]
) -> None:
    told = ExemptionChange.objects.count()
    take_away(granted_by_post, how, by=caseworker, second=other_caseworker)
    assert (hold(granted_by_post), state(granted_by_post.exemptions.get())) == ([on("Wed 2026-06-10")], "valid")
    assert ExemptionChange.objects.count() == told

    go_to("Wed 2026-03-11")
    post(granted_by_post, by=caseworker)

    assert [f"{day}" for day in hold(granted_by_post)] == left
    assert hold(granted_by_post, at("Tue 2026-03-10")) == [on("Wed 2026-06-10")]
    assert ExemptionChange.objects.count() > told


@pytest.mark.parametrize("how", LOSSES)
def test_3_40_what_is_noted_later_works_from_the_day_of_posting(
    granted_by_post: Application, caseworker: User, other_caseworker: User, go_to: GoTo, how: str
) -> None:
    take_away(granted_by_post, how, by=caseworker, second=other_caseworker)
    go_to("Thu 2026-03-12")

    post(granted_by_post, by=caseworker, on=on("Tue 2026-03-10"))

    before, after = hold(granted_by_post, at("Tue 2026-03-10", 23)), hold(granted_by_post, at("Wed 2026-03-11", 0))
    assert before == [on("Wed 2026-06-10")]
    assert after == [LOSSES[how]["ends_on"]] if how == "shortening" else after == []


def ask_view(application: Application, *, by: User) -> None:
    application.ask_view_on_change(by=by, intention=Change.REVOCATION, found=WHY, ends_on=given.working_day())


@each("how", LOSSES)
def test_4_11_its_letter_tells_why_the_holder_was_not_heard(
    granted: Application, caseworker: User, other_caseworker: User, how: str
) -> None:
    take_away(granted, how, by=caseworker, second=other_caseworker)

    body = granted.dossier.letters.latest("pk").body.replace("\\", "")

    assert f"Wij hebben u niet vooraf om uw zienswijze gevraagd (artikel 4:11 Awb). De reden daarvoor: {URGENT}" in body


def test_4_11_in_the_language_of_the_letter(granted: Application, caseworker: User, other_caseworker: User) -> None:
    Application.objects.filter(pk=granted.pk).update(language="en")

    take_away(granted, "revocation", by=caseworker, second=other_caseworker)

    assert "We did not ask for your view beforehand" in granted.dossier.letters.latest("pk").body


def test_4_11_who_was_asked_and_could_not_be_waited_for_reads_that(
    granted: Application, caseworker: User, other_caseworker: User
) -> None:
    ask_view(granted, by=caseworker)

    take_away(granted, "revocation", by=caseworker, second=other_caseworker)

    assert "maar konden daar niet op wachten" in granted.dossier.letters.latest("pk").body


def test_who_gave_a_view_reads_nothing_of_that(
    granted: Application, applicant: User, caseworker: User, other_caseworker: User
) -> None:
    ask_view(granted, by=caseworker)
    granted.give_view_on_change(by=applicant, view="Ik heb het nog.")

    take_away(granted, "revocation", by=caseworker, second=other_caseworker)

    assert "4:11" not in granted.dossier.letters.latest("pk").body


@pytest.mark.parametrize("how", ["revocation", "suspension"])
def test_its_letter_names_the_day_of_posting_and_no_access_by_what_it_takes(
    granted_by_post: Application, caseworker: User, other_caseworker: User, go_to: GoTo, how: str
) -> None:
    take_away(granted_by_post, how, by=caseworker, second=other_caseworker)
    go_to("Wed 2026-03-11")
    post(granted_by_post, by=caseworker)

    body = granted_by_post.dossier.letters.latest("pk").body

    assert "vanaf: **11 maart 2026**" in body
    assert "Uw ontheffing voor dit voertuig" not in body


def test_an_earlier_last_day_that_has_passed_is_the_day_of_posting(
    granted_by_post: Application, caseworker: User, other_caseworker: User, go_to: GoTo
) -> None:
    take_away(granted_by_post, "shortening", by=caseworker, second=other_caseworker)
    go_to("Mon 2026-03-23")
    assert hold(granted_by_post) == [on("Wed 2026-06-10")]

    post(granted_by_post, by=caseworker)

    assert hold(granted_by_post) == [on("Mon 2026-03-23")]
    assert hold(granted_by_post, at("Tue 2026-03-24", 0)) == []


@pytest.mark.parametrize("how", LOSSES)
def test_while_its_letter_waits_nothing_else_is_changed(
    granted_by_post: Application, caseworker: User, other_caseworker: User, how: str
) -> None:
    take_away(granted_by_post, how, by=caseworker, second=other_caseworker)

    with refused(granted_by_post):
        granted_by_post.lengthen(by=caseworker, ends_on=on("Mon 2026-08-31"), explanation="De levering is later.")
    with refused(granted_by_post):
        take_away(granted_by_post, "revocation", by=caseworker, second=other_caseworker)
    with refused(granted_by_post):
        granted_by_post.ask_view_on_change(
            by=caseworker, intention=Change.REVOCATION, found=WHY, ends_on=on("Mon 2026-04-06")
        )


def test_before_the_grant_is_posted_nothing_takes_its_place(
    go_to: GoTo,
    organisation: Applicant,
    applicant: User,
    caseworker: User,
    other_caseworker: User,
    objection_officer: User,
) -> None:
    go_to("Mon 2026-03-02")
    choose_post(organisation, by=applicant)
    waiting = given.granted(by=applicant, desk=caseworker)
    changes: list[Callable[[], None]] = [
        lambda: waiting.lengthen(by=caseworker, ends_on=on("Mon 2026-08-31"), explanation="De levering is later."),
        lambda: waiting.end_on_request(by=applicant, from_day=on("Mon 2026-03-09")),
        lambda: waiting.replace_vehicle(
            by=caseworker, vehicle=Vehicle("V99ABC", "NL", given.VAN, FactsRecord.Source.REGISTER)
        ),
        lambda: correct(waiting, by=other_caseworker, ends_on=on("Tue 2026-03-31")),
        lambda: take_away(waiting, "revocation", by=caseworker, second=other_caseworker),
        lambda: give_by_new_rule(waiting, by=objection_officer),
    ]

    for change in changes:
        with refused(waiting, match="nog niet op de post"):
            change()

    post(waiting, by=caseworker)
    waiting.lengthen(by=caseworker, ends_on=on("Mon 2026-08-31"), explanation="De levering is later.")
    assert hold(waiting) == [on("Mon 2026-08-31")]


def test_a_suspended_exemption_that_is_revoked_by_post_does_not_come_back_meanwhile(
    granted_by_post: Application, caseworker: User, other_caseworker: User
) -> None:
    take_away(granted_by_post, "suspension", by=caseworker, second=other_caseworker)
    post(granted_by_post, by=caseworker)
    take_away(granted_by_post, "revocation", by=caseworker, second=other_caseworker)

    assert hold(granted_by_post) == []
    with refused(granted_by_post):
        granted_by_post.lift_suspension(by=caseworker, explanation="Toch niet.")

    post(granted_by_post, by=caseworker)
    assert hold(granted_by_post) == []


def test_what_an_objection_gave_back_is_not_taken_by_a_letter_that_is_posted_later(
    granted_by_post: Application, caseworker: User, other_caseworker: User, objection_officer: User, go_to: GoTo
) -> None:
    take_away(granted_by_post, "revocation", by=caseworker, second=other_caseworker)
    go_to("Tue 2026-03-10")
    give_back(granted_by_post, by=objection_officer, first="Mon 2026-03-02", last="Fri 2026-05-01")

    post(granted_by_post, by=caseworker)

    assert hold(granted_by_post) == [on("Fri 2026-05-01")]
    assert hold(granted_by_post, at("Mon 2026-03-09", 12)) == [on("Fri 2026-05-01")]


def test_what_was_granted_again_meanwhile_is_not_suspended(
    granted_by_post: Application, caseworker: User, other_caseworker: User, objection_officer: User
) -> None:
    take_away(granted_by_post, "suspension", by=caseworker, second=other_caseworker)
    give_back(granted_by_post, by=objection_officer, first="Mon 2026-03-09", last="Fri 2026-05-01")

    post(granted_by_post, by=caseworker)

    assert hold(granted_by_post) == [on("Fri 2026-05-01")]


def test_a_correction_that_takes_days_away_works_when_it_is_posted(
    granted_by_post: Application, caseworker: User, other_caseworker: User
) -> None:
    correct(granted_by_post, by=other_caseworker, ends_on=on("Tue 2026-03-31"))
    assert hold(granted_by_post) == [on("Wed 2026-06-10")]

    post(granted_by_post, by=caseworker)

    assert hold(granted_by_post) == [on("Tue 2026-03-31")]


def test_a_plate_is_not_corrected_in_one_letter_with_days_that_are_lost(
    granted: Application, other_caseworker: User
) -> None:
    other = Vehicle("V99ABC", "NL", given.VAN, FactsRecord.Source.REGISTER)

    with refused(granted):
        correct(granted, by=other_caseworker, ends_on=on("Tue 2026-03-31"), vehicle=other)


# --- What gives, or was asked, works at once ----------------------------------------------------------------


def test_by_post_what_the_holder_asked_works_at_once(granted_by_post: Application, caseworker: User) -> None:
    granted_by_post.lengthen(by=caseworker, ends_on=on("Mon 2026-08-31"), explanation="De levering is later.")
    assert hold(granted_by_post) == [on("Mon 2026-08-31")]

    post(granted_by_post, by=caseworker)
    granted_by_post.end_on_request(by=caseworker, from_day=on("Mon 2026-03-09"))

    assert hold(granted_by_post) == []


# --- A day exemption that is revoked ------------------------------------------------------------------------


@pytest.fixture
def wrong_day(go_to: GoTo, organisation: Applicant, applicant: User, caseworker: User) -> Application:
    """For Thursday 5 March, of who wants post; on Monday the desk found that the vehicle is another."""
    go_to("Mon 2026-03-02")
    choose_post(organisation, by=applicant)
    application = day_exemptions.ask_day_exemption(
        by=applicant,
        applicant=organisation,
        facts=given.VAN,
        source=FactsRecord.Source.APPLICANT,
        plate="VX123Z",
        country="NL",
        municipality=Municipality.objects.get(name="Utrecht"),
        day=on("Thu 2026-03-05"),
        language="nl",
    )
    post(application, by=caseworker)
    application.correct_facts(by=caseworker, facts=given.VAN, reason="Gebeld met de aanvrager.")
    return application


def annul(application: Application, *, by: User, code: str = "wrong_vehicle_data") -> None:
    ground = Ground.objects.get(kind="DAG", code=code)
    application.annul(by=by, ground=ground, view="Aanvrager is gehoord.", explanation=WHY)


def test_3_40_a_day_exemption_holds_until_its_revocation_is_posted(
    wrong_day: Application, caseworker: User, other_caseworker: User, go_to: GoTo
) -> None:
    annul(wrong_day, by=other_caseworker)
    (shown,) = build_cases([wrong_day], today=on("Mon 2026-03-02"))
    assert (shown.label, "de brief hierover posten" in shown.next[0]) == ("door ons ingetrokken", True)
    go_to("Thu 2026-03-05")
    assert hold(wrong_day) == [on("Thu 2026-03-05")]

    post(wrong_day, by=caseworker)

    assert hold(wrong_day) == []


@pytest.mark.parametrize(
    ("posted", "words", "used"),
    [
        ("Wed 2026-03-04", "telt niet meer mee", 0),
        ("Thu 2026-03-05", "De dag is al begonnen", 1),
        ("Mon 2026-03-09", "De dag van deze ontheffing is voorbij", 1),
    ],
)
def test_whether_its_day_counts_hangs_on_the_day_of_posting(
    wrong_day: Application, caseworker: User, other_caseworker: User, go_to: GoTo, posted: str, words: str, used: int
) -> None:
    annul(wrong_day, by=other_caseworker)
    go_to(posted)
    post(wrong_day, by=caseworker)

    assert words in wrong_day.dossier.letters.get(kind="day_annulled").body
    assert DayUse.objects.filter(exemption__application=wrong_day).count() == used


# --- Deciding again, for days that have passed --------------------------------------------------------------


def give_back(application: Application, *, by: User, first: str, last: str) -> None:
    application.revise(
        by=by,
        cause=Cause.OBJECTION,
        ground=given.ground(Ground.Outcome.GRANT, application),
        starts_on=on(first),
        ends_on=on(last),
        explanation=given.SHORTER,
    )


def give_by_new_rule(application: Application, *, by: User) -> None:
    ground = given.ground(Ground.Outcome.GRANT, application)
    first, last = on("Mon 2026-03-02"), on("Fri 2026-05-01")
    application.revise(by=by, cause=Cause.RENEWAL, ground=ground, starts_on=first, ends_on=last)


def correct(application: Application, *, by: User, ends_on: date, vehicle: Vehicle | None = None) -> None:
    first, why = on("Mon 2026-03-02"), "Twee cijfers omgedraaid."
    application.correct_decision(by=by, vehicle=vehicle, starts_on=first, ends_on=ends_on, explanation=why)


def test_at_no_past_moment_two_hold_after_deciding_again(
    granted: Application, caseworker: User, other_caseworker: User, objection_officer: User, go_to: GoTo
) -> None:
    go_to("Mon 2026-03-09")
    granted.replace_vehicle(by=caseworker, vehicle=Vehicle("V99ABC", "NL", given.VAN, FactsRecord.Source.REGISTER))
    go_to("Mon 2026-03-16")
    take_away(granted, "revocation", by=caseworker, second=other_caseworker)
    go_to("Mon 2026-03-23")
    give_back(granted, by=objection_officer, first="Mon 2026-03-02", last="Fri 2026-05-01")

    days = [timezone.now() - timedelta(days=days, hours=1) for days in range(20)]

    assert [len(hold(granted, moment)) for moment in days] == [1] * 20


def test_what_held_already_is_not_given_again(
    granted: Application, caseworker: User, other_caseworker: User, objection_officer: User, go_to: GoTo
) -> None:
    go_to("Mon 2026-03-16")
    take_away(granted, "revocation", by=caseworker, second=other_caseworker)

    with refused(granted):
        give_back(granted, by=objection_officer, first="Mon 2026-03-02", last="Mon 2026-03-09")
