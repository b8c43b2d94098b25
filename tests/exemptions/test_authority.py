"""Who decides, who signs, where to object, which court: as letters say it (Awb 3:45, 6:23, 8:7, 10:10, 10:11)."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import time_machine as travelling
from django.utils import timezone

from accounts.models import User
from casework.models import Policy
from casework.steps import rehearse_step
from exemptions.authority import list_gaps
from exemptions.models import Applicant, Application
from tests import contest, given
from tests.posting import choose_post, post
from zones.models import MunicipalAuthority, Municipality

pytestmark = pytest.mark.django_db

NATIONAL_MANDATE = "Het Centraal Loket (RDW) neemt dit besluit in mandaat."


def latest_letter(application: Application, kind: str) -> str:
    """Its words without the marks that keep what was filled in plain."""
    return application.dossier.letters.filter(kind=kind).latest("pk").body.replace("\\", "")


def fill_in(setting: str, value: str) -> None:
    Policy.objects.filter(name=setting).update(value=value)


def move_court(name: str, *, to: str, on: date) -> None:
    """From a day on another court is that of the seat of a municipality."""
    row = MunicipalAuthority.objects.get(municipality__name=name)
    row.pk, row._state.adding = None, True
    row.court, row.valid_from, row.source = to, on, "Stb. 2031, 1"
    MunicipalAuthority.objects.add_version(row, key=["municipality"])


def reject_hardship(applicant: User, desk: User, second: User) -> str:
    """The letter of a rejection of a hardship request in Utrecht."""
    application = given.rejected(by=applicant, desk=desk, second=second, code="HAR")
    return latest_letter(application, "rejected")


@pytest.fixture
def second_of_utrecht(municipal_caseworker: User) -> User:
    """A colleague in the same town hall."""
    user = User.objects.create_user("tweede@example.org", name="Tim van Utrecht", is_staff=True)
    user.groups.set(municipal_caseworker.groups.all())
    user.municipalities.set(municipal_caseworker.municipalities.all())
    return user


@pytest.fixture
def utrecht() -> MunicipalAuthority:
    """With what its row asks."""
    about = {
        "authority_nl": "de directeur Ruimte van Utrecht",
        "mandate": "Krachtens het Mandaatbesluit Utrecht 2026.",
        "objection_address": "Postbus 16200\n3500 CE Utrecht",
        "contact": "14 030",
    }
    MunicipalAuthority.objects.filter(municipality__name="Utrecht").update(**about)
    return MunicipalAuthority.objects.get(municipality__name="Utrecht")


# --- A municipality (Awb 10:10) -----------------------------------------------------------------------------


def test_10_10_a_municipality_that_decides_itself_has_no_mandate_of_the_national_desk(
    applicant: User, municipal_caseworker: User, second_of_utrecht: User
) -> None:
    letter = reject_hardship(applicant, municipal_caseworker, second_of_utrecht)

    assert NATIONAL_MANDATE not in letter
    assert "namens het college van burgemeester en wethouders van Utrecht" in letter


def test_10_10_its_letter_says_what_its_own_row_says(
    utrecht: MunicipalAuthority, applicant: User, municipal_caseworker: User, second_of_utrecht: User
) -> None:
    letter = reject_hardship(applicant, municipal_caseworker, second_of_utrecht)

    assert "namens de directeur Ruimte van Utrecht" in letter
    assert utrecht.mandate in letter
    assert "Het adres is: Postbus 16200, 3500 CE Utrecht." in letter
    assert "U bereikt ons via 14 030." in letter


def test_10_10_the_national_desk_decides_for_it_under_mandate(
    applicant: User, caseworker: User, other_caseworker: User
) -> None:
    letter = reject_hardship(applicant, caseworker, other_caseworker)

    assert "namens het college van burgemeester en wethouders van Utrecht" in letter
    assert NATIONAL_MANDATE in letter


# --- The national desk (Awb 3:45) ---------------------------------------------------------------------------


def test_3_45_a_national_decision_names_each_body_once(
    applicant: User, caseworker: User, other_caseworker: User
) -> None:
    letter = latest_letter(given.rejected(by=applicant, desk=caseworker, second=other_caseworker), "rejected")

    assert letter.count("namens de colleges van burgemeester en wethouders van") == 2  # and under the letter
    assert "Utrecht en Zwolle." in letter


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (None, "Het adres vraagt u bij ons, via 088 123 45 67."),
        ("Postbus 1\n1234 AB Zwolle", "Het adres is: Postbus 1, 1234 AB Zwolle."),
    ],
)
def test_3_45_the_address_or_who_tells_it(
    applicant: User, caseworker: User, other_caseworker: User, address: str | None, said: str
) -> None:
    Policy.objects.filter(name="objection_address").update(value=address)
    fill_in("contact_phone", "088 123 45 67")

    assert said in latest_letter(given.rejected(by=applicant, desk=caseworker, second=other_caseworker), "rejected")


# --- Who signs (Awb 10:11) ----------------------------------------------------------------------------------


def test_10_11_who_took_the_decision_signs_with_the_role(
    applicant: User, caseworker: User, other_caseworker: User
) -> None:
    letter = latest_letter(given.rejected(by=applicant, desk=caseworker, second=other_caseworker), "rejected")

    assert "Olga Behandelaar, behandelaar van het landelijke loket" in letter
    assert "Kees Behandelaar" not in letter


def test_10_11_or_with_the_function_that_an_administrator_gave(applicant: User, caseworker: User) -> None:
    caseworker.function = "senior medewerker vergunningen"
    caseworker.save()

    application = given.granted(by=applicant, desk=caseworker)

    assert "Kees Behandelaar, senior medewerker vergunningen" in latest_letter(application, "granted")


def test_10_11_what_the_system_decides_says_so(applicant: User) -> None:
    draft = given.draft(by=applicant, code="DAG")
    draft.file(by=applicant, decided_at_once=True)
    draft.grant_at_once(by=None, day=given.working_day(3), ordinal=1)

    assert latest_letter(draft, "day_granted").count("Dit besluit is automatisch genomen.") == 1


def test_10_11_a_proposal_is_signed_by_nobody_yet(applicant: User, caseworker: User) -> None:
    application = given.judged(by=applicant, desk=caseworker)
    about: dict[str, Any] = {"ground": given.ground("reject", application), "explanation": "Geen bestelling."}

    letter = rehearse_step(application, "reject", by=None, **about).letters[0]

    assert "naam en functie van de collega die dit goedkeurt" in letter.body


def test_10_11_the_objector_sees_that_another_decides(
    applicant: User, caseworker: User, other_caseworker: User, objection_officer: User
) -> None:
    case = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)
    objection = contest.handling(case, by=applicant, desk=objection_officer)

    contest.unfounded(objection, by=objection_officer, skip_hearing=True)

    letter = latest_letter(case, "objection_unfounded")
    assert "Bram Bezwaar, bezwaarbehandelaar" in letter
    assert "Er was geen hoorzitting: het was meteen duidelijk dat u geen gelijk kon krijgen" in letter


# --- The court (Awb 6:23, 8:7) ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "court"),
    [
        ("HAR", "bij de rechtbank Midden-Nederland, afdeling bestuursrecht"),
        ("LEV", "bij de rechtbank, afdeling bestuursrecht"),
    ],
)
def test_6_23_a_decision_on_an_objection_names_the_court(
    applicant: User, caseworker: User, other_caseworker: User, objection_officer: User, code: str, court: str
) -> None:
    case = given.rejected(by=applicant, desk=caseworker, second=other_caseworker, code=code)
    objection = contest.handling(case, by=applicant, desk=objection_officer)

    contest.unfounded(objection, by=objection_officer, skip_hearing=True)

    letter = latest_letter(case, "objection_unfounded")
    assert court in letter
    assert ("bij welke rechtbank" in letter) == (code == "LEV")


def test_8_7_the_court_of_national_decisions_is_a_setting(
    applicant: User, caseworker: User, other_caseworker: User
) -> None:
    fill_in("court_national", "Midden-Nederland")

    letter = latest_letter(given.rejected(by=applicant, desk=caseworker, second=other_caseworker), "rejected")

    assert "de voorzieningenrechter van de rechtbank Midden-Nederland" in letter


def test_8_7_every_municipality_has_its_court() -> None:
    today = timezone.localdate()
    courts = {str(one): one.court for one in MunicipalAuthority.objects.in_force(on=today)}

    assert courts.keys() == {str(one) for one in Municipality.objects.all()}
    assert all(courts.values())
    assert courts["Haarlemmermeer"] == "Noord-Holland"


def test_8_7_a_decision_names_the_court_of_its_day(
    applicant: User, caseworker: User, other_caseworker: User, time_machine: travelling.TimeMachineFixture
) -> None:
    changes_on = given.working_day(3)
    move_court("Utrecht", to="Gelderland", on=changes_on)

    before = reject_hardship(applicant, caseworker, other_caseworker)
    time_machine.move_to(datetime.combine(changes_on, time(12), tzinfo=UTC))
    after = reject_hardship(applicant, caseworker, other_caseworker)

    assert "de voorzieningenrechter van de rechtbank Midden-Nederland" in before
    assert "de voorzieningenrechter van de rechtbank Gelderland" in after
    assert "Gelderland" not in before


def test_8_7_a_letter_keeps_the_court_of_its_day(
    applicant: User, caseworker: User, other_caseworker: User, time_machine: travelling.TimeMachineFixture
) -> None:
    application = given.rejected(by=applicant, desk=caseworker, second=other_caseworker, code="HAR")
    changes_on = given.working_day(3)
    move_court("Utrecht", to="Gelderland", on=changes_on)

    time_machine.move_to(datetime.combine(changes_on, time(12), tzinfo=UTC))

    assert "rechtbank Midden-Nederland" in latest_letter(application, "rejected")


def test_10_10_a_municipality_without_a_row_is_its_executive(
    applicant: User, caseworker: User, other_caseworker: User
) -> None:
    MunicipalAuthority.objects.filter(municipality__name="Utrecht").delete()

    letter = reject_hardship(applicant, caseworker, other_caseworker)

    assert "namens het college van burgemeester en wethouders van Utrecht" in letter
    assert "rechtbank Midden-Nederland" not in letter


def test_8_81_a_rejection_tells_of_provisional_relief(
    applicant: User, caseworker: User, other_caseworker: User
) -> None:
    letter = latest_letter(given.rejected(by=applicant, desk=caseworker, second=other_caseworker), "rejected")

    assert "artikel 8:81 Awb). Dat kan alleen als u ook bezwaar maakt." in letter


# --- What it rests on (Awb 3:47, 4:82) ----------------------------------------------------------------------


def test_3_47_a_decision_names_the_policy_rules_and_their_publication(
    applicant: User, caseworker: User, other_caseworker: User
) -> None:
    assert "gemeente Utrecht (Gemeenteblad 2025, 505069)" in reject_hardship(applicant, caseworker, other_caseworker)


def test_3_47_so_does_what_comes_in_its_place_after_an_objection(
    applicant: User, caseworker: User, other_caseworker: User, objection_officer: User
) -> None:
    case = given.rejected(by=applicant, desk=caseworker, second=other_caseworker, code="HAR")
    objection = contest.handling(case, by=applicant, desk=objection_officer)

    contest.upheld(objection, by=objection_officer)

    letter = latest_letter(case, "objection_upheld")
    assert "Het nieuwe besluit op uw aanvraag is genomen op grond van artikel" in letter
    assert "gemeente Utrecht (Gemeenteblad 2025, 505069)" in letter


def test_3_47_what_is_not_known_is_not_invented(applicant: User, caseworker: User, other_caseworker: User) -> None:
    MunicipalAuthority.objects.update(policy_rules="")

    letter = reject_hardship(applicant, caseworker, other_caseworker)

    assert "de beleidsregels ontheffingen zero-emissiezone van Utrecht; artikel 4:84 Awb" in letter


# --- A conversion is a decision (Awb 6:2) -------------------------------------------------------------------


def test_6_2_a_conversion_has_a_ground_a_remedy_and_a_new_last_day(applicant: User, caseworker: User) -> None:
    old = given.taken_up(by=applicant, desk=caseworker)

    old.convert(by=caseworker, kind=given.kind("BEO"), reason="Uw aanvraag past daar beter.")

    letter = latest_letter(old, "converted")
    until = old.dossier.letters.get(kind="converted").made_known_on
    assert until is not None
    assert "Dan kunt u bezwaar maken. Dat kan tot en met **" in letter
    assert "Wij beslissen uiterlijk op **" in letter
    assert "Kees Behandelaar, behandelaar van het landelijke loket" in letter


def test_6_2_by_post_one_can_object_from_the_day_of_posting(
    organisation: Applicant, applicant: User, caseworker: User
) -> None:
    choose_post(organisation, by=applicant)
    old = given.taken_up(by=applicant, desk=caseworker)
    old.convert(by=caseworker, kind=given.kind("BEO"), reason="Uw aanvraag past daar beter.")
    assert "{object_until}" in old.dossier.letters.get(kind="converted").body

    post(old, "converted", by=caseworker)

    assert "{object_until}" not in old.dossier.letters.get(kind="converted").body


def test_2_17_the_successor_is_confirmed_with_its_own_term(applicant: User, caseworker: User) -> None:
    old = given.taken_up(by=applicant, desk=caseworker)

    old.convert(by=caseworker, kind=given.kind("BEO"), reason="Uw aanvraag past daar beter.")

    assert "Soort ontheffing: " + given.kind("BEO").name_nl in latest_letter(old.converted_to, "receipt")


# --- To be filled in ----------------------------------------------------------------------------------------


def test_what_the_letter_cannot_say_is_told_before_it_is_sent(applicant: User, caseworker: User) -> None:
    application = given.judged(by=applicant, desk=caseworker)
    about = {"ground": given.ground("reject", application), "explanation": "Geen bestelling."}
    letters = rehearse_step(application, "reject", by=None, **about).letters

    assert list_gaps(application, letters, by=caseworker) == [
        "het adres voor bezwaren",
        "de rechtbank",
        "telefoonnummer of e-mailadres",
    ]
    assert list_gaps(application, [], by=caseworker) == []
