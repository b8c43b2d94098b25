"""From plate to sent: what it costs in presses, choices, typed fields and pages. Run with `-s` to read the numbers."""

import re
import sys
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from exemptions.models import Application, Status
from tests.cast import PASSWORD
from tests.portal import contracts
from tests.portal.files import PDF
from tests.portal.wizard import ANSWERS, DETAILS, SIGNED

pytestmark = pytest.mark.django_db
CHECK = {"plate": "VAN01E"}
TYPED = ("ordered_vehicle", "ordered_on", "expected_on")


class Person:
    """Somebody at the pages, who counts. `typed` fields are typed, `chosen` ones clicked, others were filled in."""

    def __init__(self, client):
        self.client, self.presses, self.choices, self.typed = client, 0, 0, 0
        self.pages = []
        self.look("/")

    def look(self, url):
        """A page, and the one to which it leads."""
        return self.arrive(self.client.get(url, follow=True), url)

    def follow(self, url):
        self.presses += 1
        return self.look(url)

    def press(self, url="", *, typed=(), chosen=(), filled=()):
        """The button of the page, with what was filled in."""
        self.presses += 1
        self.typed += len(typed)
        self.choices += len(chosen)
        url = url or self.pages[-1]
        return self.arrive(self.client.post(url, {**dict(filled), **dict(typed), **dict(chosen)}, follow=True), url)

    def arrive(self, answer, url):
        """Where one is now; the same page with an error is no way on."""
        assert answer.status_code == 200
        self.shown = answer.context
        self.pages.append(answer.redirect_chain[-1][0] if answer.redirect_chain else url)
        return answer

    @property
    def screen(self):
        return self.pages[-1].rstrip("/").rpartition("/")[2]

    def fill_in(self, contract=PDF):
        """From the proof to the receipt: what was read in it is neither typed nor chosen."""
        self.press(chosen=[("proof", SimpleUploadedFile("contract.pdf", contract, "application/pdf"))])
        assert self.screen == "questions"
        read = {name: value for name, value in self.shown["form"].initial.items() if name in ANSWERS}
        typed = {name: ANSWERS[name] for name in TYPED if name not in read}
        chosen = {name: ANSWERS[name] for name in ("acquisition",) if name not in read}
        self.press(typed=typed.items(), chosen=chosen.items(), filled=[("shown", ANSWERS["shown"]), *read.items()])
        assert self.screen == "check"
        asked = {"channel": "portal"} if "channel" in self.shown["form"].fields else {}
        self.press(chosen=asked.items(), filled=SIGNED.items())  # the button itself
        assert self.screen == "ontvangst"

    def count(self):
        """Presses of buttons and links; choices and files; typed fields; pages before the receipt."""
        numbers = (self.presses, self.choices, self.typed, len(self.pages) - 1)
        sys.stdout.write("presses {}, choices {}, typed {}, pages {}\n".format(*numbers))
        return numbers


def make_contract():
    """Ordered a month ago, and delivered next year."""
    today = timezone.localdate()
    days = {"ordered_on": today - timedelta(days=30), "expected_on": today + timedelta(days=300)}
    return contracts.as_pdf(contracts.order(**days))


def begin(client):
    """A plate on the start page, and the button of an exemption on the answer."""
    person = Person(client)
    person.press(reverse("access_check"), typed=CHECK.items())
    person.press(reverse("apply_start"), filled={"kind": "LEV", "checked": "1"}.items())
    return person


def test_a_known_applicant_presses_five_times_and_types_a_plate(as_applicant):
    person = begin(as_applicant)
    assert person.screen == "evidence"
    person.fill_in(make_contract())

    assert Application.objects.get().status == Status.SUBMITTED
    assert Application.objects.get().answers["ordered_vehicle"] == "Volvo FE Electric"
    assert person.count() == (5, 1, 1, 5)


def test_with_a_contract_without_words_the_answers_are_typed(as_applicant):
    person = begin(as_applicant)
    person.fill_in()

    assert person.count() == (5, 2, 4, 5)


def test_a_new_applicant_presses_eight_times(client):
    person = begin(client)
    assert person.pages[-1].startswith("/account/signup/")
    person.press(typed=[("email", "nieuw@example.org"), ("password1", PASSWORD)])
    code = next(line for line in mail.outbox[0].body.splitlines() if re.fullmatch(r"[A-Z0-9-]{4,}", line))
    person.press(typed=[("code", code)])
    assert person.screen == "applicant"
    number = {"kvk_number": DETAILS["kvk_number"]}
    looked_up = client.post(person.pages[-1], {**number, "look_up": "1"}).context["form"]  # the page asks by itself
    filled = {field.name: field.value() or "" for field in looked_up if field.name not in number}
    person.press(typed=number.items(), filled=filled.items())
    assert person.screen == "evidence"
    assert person.count() == (5, 0, 5, 5)
    person.fill_in(make_contract())

    assert person.count() == (8, 2, 5, 8)
