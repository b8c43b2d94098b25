"""For whom."""

import pytest

from exemptions.models import Applicant
from tests import given
from tests.cast import person
from tests.portal.wizard import DETAILS, goes_to, started

pytestmark = pytest.mark.django_db


def test_choose_somebody_for_whom_one_acts(as_applicant, organisation):
    begun = started(as_applicant)

    answer = begun.send("applicant", applicant=str(organisation.pk))

    assert goes_to(answer, begun, "vehicle")
    assert begun.draft.applicant == organisation


def test_nobody_chooses_somebody_elses_organisation(as_applicant, other_organisation):
    begun = started(as_applicant)

    answer = begun.send("applicant", applicant=str(other_organisation.pk))

    assert answer.status_code == 200
    assert begun.draft.applicant is None


def test_a_new_organisation_gets_the_user_as_its_own(login):
    newcomer = person("Nina Nieuw")
    begun = started(login(newcomer))

    for _click in range(2):
        begun.send("applicant", **DETAILS)

    firm = Applicant.objects.get(kvk_number="23456789")
    assert begun.draft.applicant == firm
    assert [mandate.role for mandate in newcomer.mandates.all()] == ["owner"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"kvk_number": ""}, "Vul het KVK-nummer in"),
        ({"kvk_number": "12"}, "8 cijfers"),
        ({"branch_number": "12"}, "12 cijfers"),
        ({"email": "post@"}, "geldig"),
        ({"name": ""}, "moet u nog"),
        ({"form": ""}, "Kies: een particulier"),
        ({"role": ""}, "Vertel ons voor wie"),
    ],
)
def test_a_wrong_field_has_its_sentence_and_the_others_stay(as_applicant, wrong, words):
    begun = started(as_applicant)

    answer = begun.send("applicant", "?part=new", **{**DETAILS, **wrong})

    page = answer.content.decode()
    assert words in page
    assert 'value="Werfstraat 2"' in page
    assert "Fout:" in page


def test_a_private_person_needs_no_kvk_number(as_applicant):
    begun = started(as_applicant)

    begun.send("applicant", "?part=new", **{**DETAILS, "form": "person", "kvk_number": "12", "name": "P. Particulier"})

    assert (begun.draft.applicant.form, begun.draft.applicant.kvk_number) == ("person", "")


def test_a_foreign_organisation_needs_no_kvk_number(as_applicant):
    begun = started(as_applicant)

    begun.send("applicant", "?part=new", **{**DETAILS, "kvk_number": "", "country": "DE"})

    assert begun.draft.applicant.country == "DE"
    assert begun.draft.applicant.address.splitlines()[-1] == "GERMANY"  # on the envelope of a letter


def test_a_typing_error_is_put_right_before_anything_is_filed(as_applicant):
    begun = started(as_applicant)
    begun.send("applicant", "?part=new", **DETAILS)

    begun.send("applicant", "?part=change", **{**DETAILS, "street": "Werfstraat 3"})

    assert Applicant.objects.get(kvk_number="23456789").street == "Werfstraat 3"


def test_who_has_filed_is_not_changed_here(as_applicant, applicant, organisation):
    given.filed(by=applicant)
    begun = started(as_applicant)
    begun.send("applicant", applicant=str(organisation.pk))

    begun.send("applicant", "?part=change", **DETAILS)

    organisation.refresh_from_db()
    assert organisation.street == "Oudegracht 1"
