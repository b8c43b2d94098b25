"""The letter before it is sent: to the word what will be sent, and without a trace."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from casework.models import Letter, NumberSeries, Policy
from casework.steps import DOTS, StepRefused, rehearse_step
from exemptions.models import Ground, KindVersion
from tests import given
from tests.desk import pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(applicant, caseworker):
    """A case in which all proof was accepted: there is no reason not to grant it."""
    return given.judged(by=applicant, desk=caseworker)


def rows():
    """How many rows each table of ours has."""
    ours = (model for model in apps.get_models() if model._meta.app_label in ("casework", "exemptions"))
    return {model.__name__: model._default_manager.count() for model in ours}


def unreferenced(words, letter):
    """A letter as it was sent, with dots in place of its reference."""
    return words.replace(letter.reference, DOTS).replace(letter.reference.replace("-", r"\-"), DOTS)


def detail_of(name, application):
    today = timezone.localdate()
    item = application.evidence_items.with_all()[0]
    return {
        "ask_completion": {"items": {item: "Niet getekend."}, "ends_on": given.working_day()},
        "offer_hearing": {"differences": given.DIFFERING, "ends_on": given.working_day()},
        "extend": {"until": given.working_day(100), "reason": "Wij wachten op de RDW."},
        "withdraw": {"reason": "Auto verkocht."},
        "grant": {
            "ground": given.ground(Ground.Outcome.GRANT, application),
            "starts_on": today,
            "ends_on": today + timedelta(days=90),
            "explanation": "Zo lang hebt u haar nodig.",
        },
    }[name]


@pytest.mark.parametrize("name", ["ask_completion", "offer_hearing", "extend", "withdraw", "grant"])
def test_a_rehearsal_is_what_is_sent_and_leaves_no_trace(name, application, caseworker):
    detail, before = detail_of(name, application), rows()
    rehearsed = rehearse_step(application, name, by=caseworker, **detail).letters
    assert rows() == before
    application.refresh_from_db()
    assert application.status == "in_review"

    getattr(application, name)(by=caseworker, **detail)

    sent = Letter.objects.filter(dossier=application.dossier).latest("pk")
    assert [(letter.subject, letter.body) for letter in rehearsed] == [
        (unreferenced(sent.subject, sent), unreferenced(sent.body, sent))
        if sent.reference
        else (sent.subject, sent.body)
    ]


def test_a_rehearsed_conversion_uses_up_no_number(application, caseworker):
    kind = KindVersion.objects.in_force(on=timezone.localdate()).get(kind="NEV")
    last = NumberSeries.objects.get().last

    letters = rehearse_step(application, "convert", by=caseworker, kind=kind, reason="Past beter.").letters

    assert DOTS in letters[0].body
    assert NumberSeries.objects.get().last == last
    assert not hasattr(application, "converted_to")


def test_a_rehearsal_refuses_what_the_step_refuses(application, caseworker):
    with pytest.raises(StepRefused):
        rehearse_step(application, "extend", by=caseworker, until=timezone.localdate(), reason="Te vroeg.")
    with pytest.raises(TransitionNotAllowed):
        rehearse_step(application, "remind", by=caseworker)


def test_the_preview_shows_the_letter_and_sends_nothing(as_caseworker, application):
    detail, before = detail_of("grant", application), rows()
    fields = {**detail, "ground": detail["ground"].pk, "explanation": "Uw contract is in orde."}

    page = pages.send(as_caseworker, application, "grant", action="preview", **fields)

    assert rows() == before
    assert "Uw contract is in orde." in pages.text(page)
    assert DOTS in pages.text(page)


def test_what_is_sent_after_the_preview_is_what_was_shown(as_caseworker, application):
    detail = detail_of("grant", application)
    fields = {**detail, "ground": detail["ground"].pk, "explanation": "Uw contract is in orde."}
    shown = pages.send(as_caseworker, application, "grant", action="preview", **fields).context["letters"][0][0]

    pages.send(as_caseworker, application, "grant", **fields)

    sent = application.dossier.letters.get(kind="granted")
    assert shown.body == unreferenced(sent.body, sent)


def test_the_preview_keeps_everything_typed_for_sending_and_for_changing(as_caseworker, application):
    detail = detail_of("grant", application)
    fields = {**detail, "ground": detail["ground"].pk, "explanation": 'Regel een.\nRegel "twee" & drie.'}
    page = pages.send(as_caseworker, application, "grant", action="preview", **fields)
    hidden = dict(page.context["typed"])

    assert hidden["explanation"].splitlines() == ["Regel een.", 'Regel "twee" & drie.']
    assert len(re.findall(r'type="hidden" name="ground"', pages.text(page))) == 1
    changed = pages.send(as_caseworker, application, "grant", action="change", **fields)

    assert "Regel &quot;twee&quot; &amp; drie." in pages.text(changed)


def test_a_proposer_sees_the_letter_that_follows(as_caseworker, application):
    ground = given.ground(Ground.Outcome.REJECT, application)
    before = rows()

    page = pages.send(
        as_caseworker, application, "propose_rejection", action="preview", ground=ground.pk, explanation="Te jong."
    )

    assert [letter.kind for letter, _words in page.context["letters"]] == ["rejected"]
    assert rows() == before


def test_a_step_without_fields_shows_its_letter_at_once(as_caseworker, applicant, caseworker):
    application = given.waiting(by=applicant, desk=caseworker)
    before = rows()

    page = as_caseworker.get(pages.step(application, "remind"))

    assert [letter.kind for letter, _words in page.context["letters"]] == ["reminder"]
    assert rows() == before


def test_a_refusal_shows_at_the_form_before_the_preview(as_caseworker, application):
    fields = {"until": timezone.localdate(), "reason": "Wij wachten op de RDW."}

    page = pages.send(as_caseworker, application, "extend", action="preview", **fields)

    assert page.status_code == 422
    assert "Wij wachten op de RDW." in pages.text(page)


def test_markup_in_an_explanation_stays_plain_text(as_caseworker, application):
    detail = detail_of("grant", application)
    fields = {**detail, "ground": detail["ground"].pk, "explanation": "<script>alert(1)</script> {plate} **vet**"}

    page = pages.text(pages.send(as_caseworker, application, "grant", action="preview", **fields))

    assert "<script>alert" not in page
    assert "<strong>vet</strong>" not in page


def fill_in_all_gaps():
    """What a letter of the national desk needs besides what comes with the product."""
    about = {"objection_address": "Postbus 1", "court_national": "Midden-Nederland", "contact_phone": "14 030"}
    for name, value in about.items():
        Policy.objects.filter(name=name).update(value=value)


def test_3_45_the_preview_warns_of_what_the_letter_cannot_say(as_caseworker, application):
    fields = {**detail_of("grant", application), "ground": detail_of("grant", application)["ground"].pk}

    page = pages.text(pages.send(as_caseworker, application, "grant", action="preview", **fields))

    assert "Nog in te vullen, en dus niet in deze brief: het adres voor bezwaren, de rechtbank" in page
    assert "U kunt de brief toch versturen." in page


def test_3_45_once_all_is_filled_in_it_warns_of_nothing(as_caseworker, application):
    fill_in_all_gaps()
    fields = {**detail_of("grant", application), "ground": detail_of("grant", application)["ground"].pk}

    page = pages.text(pages.send(as_caseworker, application, "grant", action="preview", **fields))

    assert "Nog in te vullen" not in page


def test_a_letter_that_decides_nothing_warns_of_nothing(as_caseworker, application):
    fields = detail_of("extend", application)

    page = pages.text(pages.send(as_caseworker, application, "extend", action="preview", **fields))

    assert "Nog in te vullen" not in page
