"""The pages of the steps after a grant: what is typed leads to the letter, and what is wrong stays on the page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from exemptions.models import Ground
from tests import given
from tests.desk import pages

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
FOUND = "Volgens het kentekenregister is het voertuig verkocht."


@pytest.fixture
def granted(applicant, caseworker):
    return given.granted(by=applicant, desk=caseworker)


def standing(application):
    return application.exemptions.get(revoked_at=None, temporary=False)


def test_the_register_tells_what_the_new_vehicle_is(as_caseworker, granted):
    typed = {"plate": "van-01-e", "country": "NL"}
    assert "VAN" in pages.text(pages.send(as_caseworker, granted, "replace_vehicle", action="preview", **typed))

    pages.send(as_caseworker, granted, "replace_vehicle", **typed)

    assert standing(granted).plate == "VAN01E"


@pytest.mark.parametrize(("plate", "said"), [("CAR01E", "geen van beide"), ("ZZ999Z", "kent dit kenteken niet")])
def test_a_vehicle_that_is_not_for_it_is_refused_on_the_page(as_caseworker, granted, plate, said):
    page = pages.send(as_caseworker, granted, "replace_vehicle", action="preview", plate=plate, country="NL")

    assert said in pages.text(page)
    assert standing(granted).plate == "VX123Z"


def test_of_a_foreign_vehicle_the_colleague_says_what_it_is(as_caseworker, granted):
    typed = {"plate": "KR12345", "country": "PL"}
    assert "wat voor voertuig" in pages.text(pages.send(as_caseworker, granted, "replace_vehicle", **typed))

    pages.send(as_caseworker, granted, "replace_vehicle", **typed, category="van")

    assert (standing(granted).plate, standing(granted).country) == ("KR12345", "PL")


def test_a_caseworker_revokes_after_a_view(as_caseworker, as_other_caseworker, as_applicant, granted):
    asked = {"intention": "revocation", "found": FOUND, "ends_on": given.working_day().isoformat()}
    pages.send(as_caseworker, granted, "ask_view_on_change", **asked)
    as_applicant.post(reverse("give_view", args=[granted.key]), {"view": "Ik heb hem nog."})
    assert "Ik heb hem nog." in pages.text(as_caseworker.get(pages.step(granted, "propose_revocation")))

    reason = Ground.objects.get(code="vehicle_gone").pk
    pages.send(as_caseworker, granted, "propose_revocation", ground=reason, explanation=FOUND)
    pages.send(as_other_caseworker, granted, "approve_change")

    assert not granted.exemptions.filter(revoked_at=None).exists()


def test_the_other_steps_take_what_their_forms_ask(as_caseworker, granted):
    last, first = standing(granted).ends_on, TODAY() + timedelta(days=2)
    longer = {"ends_on": (last + timedelta(days=5)).isoformat(), "explanation": "Levering later."}
    pages.send(as_caseworker, granted, "lengthen", **longer)
    days = {"starts_on": first.isoformat(), "ends_on": first.isoformat()}
    pages.send(as_caseworker, granted, "allow_temporary_vehicle", plate="VAN02E", country="NL", **days)
    pages.send(as_caseworker, granted, "end_temporary_vehicle")
    right = {"plate": "VX123Z", "country": "NL", "starts_on": TODAY().isoformat(), "explanation": "Tikfout."}
    pages.send(as_caseworker, granted, "correct_decision", **right, ends_on=(last + timedelta(days=6)).isoformat())
    pages.send(as_caseworker, granted, "end_on_request", from_day=TODAY().isoformat())

    kinds = granted.dossier.letters.order_by("pk").values_list("kind", flat=True)
    assert list(kinds)[-5:] == [
        "term_changed",
        "temporary_vehicle",
        "temporary_vehicle_ended",
        "decision_corrected",
        "exemption_ended",
    ]
