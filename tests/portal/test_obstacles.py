"""A vehicle that cannot be applied for is refused at the plate, with what one can do; sending checks it once more."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from exemptions.models import Application, Mandate
from tests import given
from tests.cast import acting_for
from tests.portal.wizard import filled_in, goes_to, started

pytestmark = pytest.mark.django_db


def asked(client, user, *, kind="LEV", plate="TRU01E"):
    """Begun from the page of a kind, up to the vehicle that was found."""
    begun = started(client, kind=kind)
    begun.send("applicant", applicant=str(user.mandates.get().applicant_id))
    begun.send("vehicle", plate=plate, country="NL")
    return begun


def test_ones_own_open_application_is_told_at_the_plate_with_the_way_to_it(as_applicant, applicant):
    other = given.filed(by=applicant, plate="TRU01E")
    begun = asked(as_applicant, applicant)

    page = begun.look("vehicle")

    assert str(other.dossier) in page
    assert reverse("application", args=[other.key]) in page
    refused = begun.send("vehicle", verdict="right").content.decode()
    assert refused.count("al aangevraagd") == 1
    assert "<title>Fout: " in refused


def test_the_open_kind_is_not_offered_and_another_can_be_chosen(as_applicant, applicant):
    given.filed(by=applicant, plate="TRU01E")
    begun = asked(as_applicant, applicant)

    assert "LEV" not in begun.client.get(begun.url("kind")).context["form"].cards
    assert goes_to(begun.send("kind", kind="NEV"), begun, "evidence")


def test_an_open_application_of_a_municipality_is_told_where_the_municipality_is_chosen(as_applicant, applicant):
    other = given.filed(by=applicant, plate="TRU01E", code="HAR")
    begun = filled_in(as_applicant, applicant)
    begun.send("kind", kind="HAR")

    answer = begun.send("period", municipality=str(other.municipality_id), wanted_from="2030-01-07", wanted_until="")

    assert answer.content.decode().count(str(other.dossier)) == 1


def test_who_has_the_exemption_is_told_its_end_and_how_to_extend(as_applicant, applicant, caseworker):
    granted = given.granted(by=applicant, desk=caseworker, plate="TRU01E")
    exemption = granted.exemptions.get()
    begun = asked(as_applicant, applicant)

    page = begun.look("vehicle")

    assert exemption.decision.reference in page
    assert reverse("extend", args=[exemption.pk]) in page


def test_a_day_that_is_exempt_already_cannot_be_asked_again(as_applicant, applicant, caseworker):
    exemption = given.granted(by=applicant, desk=caseworker, plate="TRU01E").exemptions.get()
    begun = filled_in(as_applicant, applicant)

    answer = begun.send("period", wanted_from=exemption.ends_on.isoformat(), wanted_until="")

    assert exemption.decision.reference in answer.content.decode()
    assert goes_to(begun.send("period", wanted_from="2030-01-07", wanted_until=""), begun, "check")


def test_a_kind_that_does_not_fit_the_applicant_is_told_at_the_plate(as_representative, representative):
    begun = asked(as_representative, representative, kind="PAR", plate="VAN01E")

    assert "‘Particulier gebruik bestelauto’ past niet" in begun.look("vehicle")
    assert goes_to(begun.send("vehicle", verdict="right"), begun, "kind")


def test_a_kind_that_does_not_fit_the_only_applicant_is_told_at_once(as_applicant):
    as_applicant.post(reverse("access_check"), {"plate": "VAN01E"}, follow=True)
    as_applicant.post(reverse("apply_start"), {"kind": "PAR", "checked": "1"})

    page = as_applicant.get(reverse("apply_start"), follow=True).content.decode()
    assert "‘Particulier gebruik bestelauto’ past niet" in page


def test_a_start_button_for_a_vehicle_that_does_not_fit_says_so(as_applicant):
    as_applicant.post(reverse("access_check"), {"plate": "VAN01E"}, follow=True)

    as_applicant.post(reverse("apply_start"), {"kind": "VHZ", "checked": "1"})

    page = as_applicant.get(reverse("apply_start"), follow=True).content.decode()
    assert "‘Verhuisauto’ past niet" in page


def resumed(client, begun):
    """The screen to which somebody comes back."""
    return client.get(reverse("apply_resume", args=[begun.key]))


def test_what_is_known_before_the_form_is_not_asked_again(as_applicant, organisation):
    as_applicant.post(reverse("access_check"), {"plate": "TRU01E"}, follow=True)
    begun = started(as_applicant, kind="LEV", checked="1")

    assert goes_to(resumed(as_applicant, begun), begun, "evidence")
    assert (begun.draft.plate, begun.draft.kind.code) == ("TRU01E", "LEV")
    assert begun.draft.applicant == organisation
    page = begun.look("evidence")
    assert (f"U vraagt aan voor {organisation}." in page, "Stap 1 van 3" in page) == (True, True)


def test_who_acts_for_several_or_for_somebody_else_is_asked_for_whom(
    as_applicant, applicant, other_organisation, as_representative
):
    acting_for(other_organisation, applicant, Mandate.Role.COLLEAGUE)
    for client in (as_applicant, as_representative):
        client.post(reverse("access_check"), {"plate": "TRU01E"}, follow=True)
        begun = started(client, kind="LEV", checked="1")

        assert goes_to(resumed(client, begun), begun, "applicant")
        assert begun.draft.applicant is None


def test_without_vehicle_and_kind_a_draft_stays_empty(as_applicant):
    for wish in ({}, {"kind": "ZZZ"}):
        begun = started(as_applicant, **wish)

        assert Application.objects.empty().filter(key=begun.key).exists()


def test_what_stands_in_the_way_stops_at_the_vehicle_that_is_known(as_applicant, applicant):
    given.filed(by=applicant, plate="TRU01E")
    as_applicant.post(reverse("access_check"), {"plate": "TRU01E"}, follow=True)
    begun = started(as_applicant, kind="LEV", checked="1")

    assert goes_to(resumed(as_applicant, begun), begun, "vehicle")


def test_what_was_sent_elsewhere_is_no_task_any_more_and_comes_back_when_it_is_withdrawn(as_applicant, applicant):
    begun = filled_in(as_applicant, applicant)
    resume = reverse("apply_resume", args=[begun.key])
    assert resume in as_applicant.get(reverse("my_applications")).content.decode()

    sent = given.filed(by=applicant, plate="TRU01E")
    assert resume not in as_applicant.get(reverse("my_applications")).content.decode()

    sent.withdraw(by=applicant)
    assert resume in as_applicant.get(reverse("my_applications")).content.decode()


def test_a_second_draft_for_the_vehicle_names_the_first(as_applicant, applicant):
    first = filled_in(as_applicant, applicant)
    second = asked(as_applicant, applicant)

    assert reverse("apply_resume", args=[first.key]) in second.look("vehicle")


def test_the_database_allows_one_open_application_an_applicant(applicant, stranger):
    mine, theirs, second = given.draft(by=applicant), given.draft(by=stranger), given.draft(by=applicant)
    mine.file(by=applicant)
    theirs.file(by=stranger)

    with pytest.raises(IntegrityError, match="application_one_open"), transaction.atomic():
        Application.objects.filter(pk=second.pk).update(
            status="submitted", filed_as=second.kind, received_at=mine.received_at
        )
