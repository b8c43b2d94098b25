"""A form as everybody uses it: label, help, error and input belong together."""

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.translation import override
from pytest_django.asserts import assertInHTML

from tests.front.site import TrialForm

pytestmark = pytest.mark.usefixtures("dutch")


@pytest.fixture
def dutch():
    with override("nl"):
        yield


def shown(data=None) -> str:
    return TrialForm(data).render()


def test_a_label_names_its_input():
    assertInHTML('<label class="utrecht-form-label loket-label" for="id_plate">Kenteken</label>', shown())


def test_only_what_may_stay_empty_is_marked():
    assert shown().count("(niet verplicht)") == 2  # phone and proof; a lone checkbox needs no mark


def test_help_is_read_out_with_the_input():
    page = shown()

    assert 'aria-describedby="id_plate_helptext"' in page
    assert 'id="id_plate_helptext"' in page


def test_an_error_is_read_out_with_the_input():
    page = shown({})

    assert 'aria-describedby="id_plate_helptext id_plate_error"' in page
    assert 'id="id_plate_error"' in page
    assert 'aria-invalid="true"' in page


def test_radio_buttons_stand_in_a_group_with_a_name():
    page = shown()

    assert '<fieldset class="loket-fieldset" id="id_kind">' in page
    assert '<label class="loket-choice__label" for="id_kind_1">Tweede</label>' in page


def test_what_was_typed_stays():
    page = shown(MultiValueDict({"plate": ["VX123Z"], "kind": ["b"]}))

    assert 'value="VX123Z"' in page
    assert 'value="b"' in page.split("id_kind_1")[0].rsplit("<input", 1)[1]


def test_a_file_input_knows_the_limit(settings):
    assert f'data-max-bytes="{settings.UPLOAD_MAX_BYTES}"' in shown()


def test_a_hidden_field_has_no_label():
    assert shown().count('name="token"') == 1
    assert 'for="id_token"' not in shown()


@pytest.mark.parametrize("about", [{}, {"kind": "Dagontheffing"}], ids=["bare", "a page about a kind"])
def test_a_link_that_looks_like_a_button_is_filled_whatever_its_page_is_about(about):
    link = render_to_string("components/button_link.html", {"href": "/", "text": "Aanvragen", **about})

    assert "utrecht-button-link--primary-action" in link


def test_a_label_is_not_said_again_inside_its_field():
    class Login(forms.Form):
        login = forms.EmailField(label="E-Mail", widget=forms.EmailInput(attrs={"placeholder": "E-Mail-Adresse"}))

    assert "placeholder" not in Login().render()
