"""What no honest browser sends: never an error of ours, never more than one may know."""

from functools import lru_cache
from itertools import product
from typing import Any
from urllib.parse import urlencode
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from casework import letter_pdfs
from casework.desk.conflict import seen_now
from casework.models import Message
from casework.policy_settings import SETTINGS
from casework.policy_settings.setting import ValueType
from exemptions import mandates
from exemptions.models import Applicant, Mandate
from tests import given
from tests.desk import pages
from tests.looping import each
from tests.portal.wizard import DETAILS, started
from zesportal.versions.setting_fields import value_field
from zesportal.wsgi import application

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
NUL = "a\0b"
HOSTILE = {
    "a NUL": NUL,
    "a book": "x" * 150_000,
    "bytes that are no text": "\udcff",
    "the first day": "0001-01-01",
    "the last day": "9999-12-31",
    "a negative number": "-1",
    "a number that fits nowhere": "9" * 30,
    "more digits than Python reads": "9" * 5000,
    "a digit that is none": "²",
    "a program": "<script>alert(1)</script>{{ 7 * 7 }}{applicant}",
}
BUTTONS = ("action", "change", "later", "next", "remove", "seen", "upload")


def send(client: Client, url: str, fields: dict[str, Any]) -> Any:
    return client.post(url, urlencode(fields, errors="surrogateescape"), content_type=FORM)


@lru_cache(maxsize=64)
def fields_of(client: Client, url: str) -> tuple[str, ...]:
    """The names of the fields of a page, which one of these values after the other is put in."""
    context = client.get(url).context
    return tuple(context["form"].fields) if context and "form" in context else ()


def stuffed(client: Client, url: str, name: str, **others: str) -> int:
    """Put a value in every field of a page, and in every button."""
    fields = dict.fromkeys((*fields_of(client, url), *BUTTONS), HOSTILE[name])
    return int(send(client, url, {**fields, **others}).status_code)


# --- Every form ---------------------------------------------------------------------------------------


@each("value", HOSTILE)
def test_the_public_forms_answer_with_a_page(client, value):
    names = ("access_check", "apply_start", "verify", "account_login", "account_signup", "account_request_login_code")

    assert {name for name in names if stuffed(client, reverse(name), value) >= 500} == set()
    assert client.get(reverse("apply_start")).status_code == 200


@pytest.fixture
def draft(applicant):
    return given.draft(by=applicant, code="HAR")


@each("screen, value", product(("applicant", "vehicle", "kind", "questions", "period", "evidence", "check"), HOSTILE))
def test_every_screen_of_the_form_answers_with_a_page(as_applicant, draft, screen, value):
    assert stuffed(as_applicant, reverse("apply", args=[draft.key, screen]), value) < 500


@pytest.fixture
def waiting(applicant, caseworker):
    return given.waiting(by=applicant, desk=caseworker)


@each("value", HOSTILE)
def test_every_answer_of_the_applicant_is_met_with_a_page(as_applicant, waiting, organisation, value):
    own = [reverse(name, args=[waiting.key]) for name in ("supply", "dispute_facts", "withdraw", "discard")]
    more = [reverse("day_exemption"), reverse("representatives_of", args=[organisation.pk])]

    assert {url for url in (*own, *more) if stuffed(as_applicant, url, value) >= 500} == set()


@pytest.fixture
def in_hand(applicant, caseworker):
    return given.taken_up(by=applicant, desk=caseworker)


STEPS = ("grant", "ask_completion", "offer_hearing", "extend", "suspend_decision_term", "correct_facts", "convert")


@each("step, value", product(STEPS, HOSTILE))
def test_every_form_of_the_desk_answers_with_a_page(as_caseworker, in_hand, step, value):
    usual = {"seen": str(seen_now(in_hand)), "action": "send"}

    assert stuffed(as_caseworker, pages.step(in_hand, step), value) < 500
    assert stuffed(as_caseworker, pages.step(in_hand, step), value, **usual) < 500


@pytest.mark.parametrize("code", ["LEV", "NET", "HAR"])
@pytest.mark.parametrize("days", [{"ends_on": "9999-12-31"}, {"ends_on": "2926-12-31"}, {"starts_on": "0001-01-01"}])
def test_a_slip_in_the_year_of_a_grant_is_refused(as_caseworker, applicant, caseworker, code, days):
    application = given.taken_up(by=applicant, desk=caseworker, code=code)
    usual = {"starts_on": "2030-01-01", "ends_on": "2030-02-01", "ground": given.ground("grant", application).pk}

    assert pages.send(as_caseworker, application, "propose_grant", **{**usual, **days}).status_code == 422


@pytest.mark.parametrize("day", ["2926-12-01", "9999-12-31"])
def test_a_slip_in_the_year_of_another_last_day_is_refused(as_caseworker, applicant, caseworker, day):
    application = given.taken_up(by=applicant, desk=caseworker)
    item = application.evidence_items.with_all()[0]
    forms = {
        "extend": {"until": day, "reason": "Druk."},
        "suspend_decision_term": {
            "suspended_by": "force_majeure",
            "first_day": day,
            "expected_on": day,
            "reason": "Brand.",
        },
        "offer_hearing": {"ends_on": day, **pages.DIFFERS},
        "ask_completion": {"ends_on": day, f"item_{item.pk}": "on", f"why_{item.pk}": "Onleesbaar."},
    }

    assert {pages.send(as_caseworker, application, *form[:1], **form[1]).status_code for form in forms.items()} == {422}


@pytest.mark.parametrize("code", ["LEV", "NET", "HAR"])
@pytest.mark.parametrize("name", ["wanted_from", "wanted_until"])
def test_a_slip_in_the_year_of_a_wish_is_told_at_its_field(as_applicant, applicant, code, name):
    draft = given.draft(by=applicant, code=code)
    days = {"wanted_from": "2030-01-01", "municipality": draft.municipality_id or "", name: "9999-12-31"}

    page = as_applicant.post(reverse("apply", args=[draft.key, "period"]), days)

    assert name in page.context["form"].errors


def test_a_wish_of_which_the_kind_is_no_text_begins_all_the_same(as_applicant):
    assert started(as_applicant, kind="\0").draft.kind is None


def test_a_nul_is_left_out_of_what_is_kept_for_later(as_applicant, applicant, caseworker):
    waiting = given.waiting(by=applicant, desk=caseworker)
    url = reverse("supply", args=[waiting.key])

    send(as_applicant, url, {"answer": NUL, "later": "1"})

    assert as_applicant.get(url).context["form"]["answer"].value() == "ab"


# --- Every address --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/uitnodiging/%00/", "/controle/%00/", "/aanvragen/?page=%00", "/loket/accounts/user/?email=%00"]
)
def test_an_address_with_a_nul_is_a_bad_request(as_administrator, path):
    assert as_administrator.get(path).status_code == 400


@pytest.mark.parametrize("path", ["/", "/aanvragen/", "/loket/", "/nergens/", "/api/v1/soorten"])
def test_an_address_that_asks_a_thousand_things_is_a_bad_request(client, path):
    many = urlencode({f"more-{number}": "1" for number in range(1100)})

    assert client.get(path, QUERY_STRING=many).status_code == 400
    assert client.post(path, QUERY_STRING=many).status_code == 400


@pytest.mark.parametrize("path", ["besluiten/%00", "aanvragen?kind=%00"])
def test_a_program_reads_so_in_its_own_form(as_caseworker, path):
    answer = as_caseworker.get(f"/api/v1/{path}")

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


def asked_of_server(**environ: str) -> str:
    """The status that the web server's own door gives."""
    statuses: list[str] = []
    asked: dict[str, Any] = {"PATH_INFO": "/robots.txt", "SERVER_NAME": "testserver", **environ}
    setup_testing_defaults(asked)

    def begin(status: str, *_more: Any) -> Any:
        statuses.append(status)

    b"".join(application(asked, begin))
    return statuses[0]


@pytest.mark.parametrize("charset", ["idna", "punycode", "undefined", "rot13", "hz", "cp037", '"latin-1"', "\0"])
def test_another_charset_than_ours_is_a_bad_request(charset):
    said = f"multipart/form-data; boundary=b; charset={charset}"

    assert asked_of_server(QUERY_STRING="q=%C3%A9", CONTENT_TYPE=said) == "400 Bad Request"


@pytest.mark.parametrize("charset", ["UTF-8", "utf8", "us-ascii", "no-such-charset", ""])
def test_our_own_charset_may_be_said_in_any_way(charset):
    said = f"text/plain; charset={charset}"

    assert asked_of_server(QUERY_STRING="q=%C3%A9", CONTENT_TYPE=said) == "200 OK"


def test_a_setting_of_thousands_of_digits_is_told_at_its_field():
    setting = next(one for one in SETTINGS.values() if one.sort == ValueType.NUMBERS)

    with pytest.raises(ValidationError):
        value_field(setting).clean("9" * 5000)


@pytest.mark.parametrize("body", ["[" * 100_000, '{"plate":' * 50_000])
def test_json_without_end_is_a_mistake_of_its_sender(db, client, body):
    answer = client.post("/api/v1/toegangscontroles", body, content_type="application/json")

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.parametrize("cursor", ["cD0lMDA=", "cD1hYmM=", "cD0tMQ==", "x"])
def test_a_cursor_that_we_never_gave_out_leads_nowhere(as_caseworker, cursor):
    assert as_caseworker.get(reverse("api_applications"), {"cursor": cursor}).status_code == 404


@pytest.mark.parametrize("number", ["9" * 30, "9" * 5000, "²", "-1"])
def test_a_letter_text_with_a_number_that_cannot_be_is_not_found(as_editor, number):
    assert as_editor.get(f"/loket/casework/lettertext/{number}/change/").status_code == 404


# --- What people read ---------------------------------------------------------------------------------------

EVIL = '<script>alert(1)</script><img src=x onerror=alert(2)>"{applicant}#eval("1")[link](https://evil.example)'


def test_a_name_full_of_code_is_only_words_everywhere(as_applicant, as_caseworker, applicant, organisation, caseworker):
    type(organisation).objects.update(name=EVIL[:100], street=EVIL[:100])
    application = given.granted(by=applicant, desk=caseworker)
    application.note(by=caseworker, text=EVIL)
    letter = application.dossier.letters.get(kind="granted")
    own = [reverse("application", args=[application.key]), reverse("letter", args=[application.key, letter.pk])]
    looks = [as_applicant.get(url) for url in own] + [as_caseworker.get(pages.case(application))]

    for look in looks:
        assert "<script>alert" not in look.content.decode()
        assert "<img src=x" not in look.content.decode()
        assert 'href="https://evil.example' not in look.content.decode()
    assert letter_pdfs.render_letter_pdf(letter).startswith(b"%PDF")


def test_an_explanation_full_of_code_is_only_words_in_the_letter(as_caseworker, applicant, caseworker):
    application = given.taken_up(by=applicant, desk=caseworker)
    fields = {"starts_on": "2030-01-01", "ends_on": "2030-02-01", "ground": given.ground("grant", application).pk}

    preview = pages.send(
        as_caseworker, application, "grant", action="preview", explanation=EVIL, doubts_reason=EVIL, **fields
    )

    assert preview.status_code == 200
    assert "<script>alert" not in pages.text(preview)
    assert 'href="https://evil.example' not in pages.text(preview)


@pytest.mark.parametrize("name", ["Bakker\r\nBcc: all@example.org", "Bakker\n\nU hebt gewonnen!"])
def test_nobody_writes_a_mail_of_their_own_in_a_name(as_applicant, applicant, organisation, name):
    draft = given.draft(by=applicant)
    as_applicant.post(reverse("apply", args=[draft.key, "applicant"]) + "?part=new", {**DETAILS, "name": name})

    known = Applicant.objects.latest("pk")
    mandates.invite_person(known, email="victim@example.org", role=Mandate.Role.COLLEAGUE, by=applicant)

    mail = Message.objects.get()
    assert "\n" not in known.name + mail.subject
    assert "\n\nU hebt gewonnen!" not in mail.body


@pytest.mark.parametrize("name", ["Kijk op https://evil.example", "WWW.evil.example", "ww\u200bw.evil.example"])
def test_a_name_leads_nobody_elsewhere(as_applicant, applicant, name):
    draft = given.draft(by=applicant)

    page = as_applicant.post(reverse("apply", args=[draft.key, "applicant"]) + "?part=new", {**DETAILS, "name": name})

    assert "name" in page.context["form"].errors


SIGNS = "\u202e\u200b💥 مرحبا 漢字 $x^2$ #eval(1) \\u{0} ```" * 20


def test_every_sign_goes_into_a_pdf(as_applicant, applicant, organisation):
    type(organisation).objects.update(name=SIGNS[:150])
    draft = given.draft(by=applicant)
    draft.answers["ordered_vehicle"] = SIGNS
    draft.save(update_fields=["answers"])
    draft.file(by=applicant)

    assert as_applicant.get(reverse("entered_pdf", args=[draft.key])).content.startswith(b"%PDF")
    assert letter_pdfs.store_missing() == 1


# --- Search ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", ["\0", "_", "a_b", "\\", "|", ":*", "& !", "١٢٣", "²", "%", "𝔅akker", "(((", "'" * 200]
)
def test_the_search_box_takes_anything(as_caseworker, applicant, words):
    given.filed(by=applicant)

    search = reverse("admin:exemptions_application_search")
    assert as_caseworker.post(search, {"q": words}, follow=True).status_code == 200


@pytest.mark.parametrize("path", ["/", "/vragen/", "/aanvragen/", "/loket/"])
def test_a_host_that_is_not_ours_is_a_bad_request(db, client, path):
    assert client.get(path, HTTP_HOST="evil.example").status_code == 400
