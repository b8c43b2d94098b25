"""The API of applications shows the application, not the objection in the same dossier."""

from django.urls import reverse

from tests import contest, given


def test_an_objection_adds_nothing_to_the_application(
    applicant, caseworker, other_caseworker, objection_officer, as_applicant
):
    application = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)
    address = reverse("api_application", args=[application.key])
    before = as_applicant.get(address).json()

    contest.handling(application, by=applicant, desk=objection_officer)

    after = as_applicant.get(address).json()
    assert (after["events"], after["deadlines"]) == (before["events"], before["deadlines"])
