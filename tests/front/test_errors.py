"""What goes wrong is explained, and nothing typed is lost."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.test import Client
from django_fsm import TransitionNotAllowed
from rest_framework.exceptions import ValidationError as ApiValidationError

from zesportal.errors import problem_json

pytestmark = [pytest.mark.urls("tests.front.site"), pytest.mark.django_db]
FROM_HERE = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture
def strict_client() -> Client:
    return Client(enforce_csrf_checks=True)


def test_a_page_that_became_too_old_gives_back_what_was_typed(strict_client):
    response = strict_client.post("/form/", {"why": "Mijn kraan", "towns": ["1", "2"]}, **FROM_HERE)

    page = response.content.decode()
    assert response.status_code == 403
    assert '<input type="hidden" name="why" value="Mijn kraan">' in page
    assert page.count('<input type="hidden" name="towns"') == 2
    assert 'name="csrfmiddlewaretoken"' in page


def test_what_a_strangers_page_sends_is_not_offered_again(strict_client):
    response = strict_client.post("/form/", {"why": "withdraw"}, HTTP_ORIGIN="https://stranger.example")

    assert response.status_code == 403
    assert "withdraw" not in response.content.decode()


def test_a_password_is_never_shown_again(strict_client):
    response = strict_client.post("/form/", {"password": "geheim", "login": "a@example.org"}, **FROM_HERE)

    assert "a@example.org" in response.content.decode()
    assert "geheim" not in response.content.decode()


def test_the_button_sends_the_same_again(strict_client, applicant):
    strict_client.force_login(applicant)
    refused = strict_client.post("/form/", {"plate": "VX123Z"}, **FROM_HERE)

    token = refused.context["csrf_token"]
    again = strict_client.post("/form/", {"plate": "VX123Z", "csrfmiddlewaretoken": token}, **FROM_HERE)

    assert again.context["form"]["plate"].value() == "VX123Z"


def test_who_comes_second_reads_so_and_keeps_what_was_typed(client):
    response = client.post("/changed/", {"reason": "Er ontbreekt een bewijs"})

    assert response.status_code == 409
    assert "Deze zaak is veranderd" in response.content.decode()
    assert "Er ontbreekt een bewijs" in response.content.decode()


def test_a_forbidden_page_says_who_is_logged_in(as_applicant, applicant):
    response = as_applicant.get("/forbidden/")

    assert response.status_code == 403
    assert applicant.email in response.content.decode()


def test_our_own_mistake_is_told_without_the_database(client, django_assert_num_queries):
    client.raise_request_exception = False

    with django_assert_num_queries(0):
        response = client.get("/broken/")

    assert response.status_code == 500
    assert "Er ging bij ons iets mis" in response.content.decode()


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Http404(), 404),
        (PermissionDenied(), 403),
        (TransitionNotAllowed(), 409),
        (ValidationError("Offer a hearing first."), 400),
        (ApiValidationError({"plate": ["Wrong."]}), 400),
    ],
)
def test_programs_read_problem_json(error, status):
    response = problem_json(error, {})

    assert response.status_code == response.data["status"] == status
    assert response.content_type == "application/problem+json"
    assert response.data["title"]
    assert response.data["detail"]


def test_all_wrong_fields_are_told_at_once():
    response = problem_json(ApiValidationError({"plate": ["Wrong."], "town": ["Unknown."]}), {})

    assert response.data["errors"] == {"plate": ["Wrong."], "town": ["Unknown."]}


def test_an_error_without_a_field_is_told_too():
    response = problem_json(ValidationError("Offer a hearing first."), {})

    assert response.data["errors"] == {"__all__": ["Offer a hearing first."]}


def test_an_unknown_mistake_is_not_dressed_up():
    assert problem_json(RuntimeError(), {}) is None
