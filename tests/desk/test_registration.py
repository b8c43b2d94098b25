"""An application that came by post, at the counter or by telephone: copied once, counted from receipt."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework import clock
from casework.models import PostalCopy
from exemptions.intake import drafts
from exemptions.models import Applicant, Application, KindVersion
from tests import given
from tests.desk import pages
from tests.portal.fleet.days import utrecht
from tests.posting import post
from zones.models import Municipality

pytestmark = pytest.mark.django_db

START = "/loket/exemptions/application/register/"
SOMEBODY = {
    "form": "person",
    "name": "Gerda Smit",
    "street": "Dorpsstraat 3",
    "postcode": "3511 aa",
    "city": "Utrecht",
    "country": "NL",
}


def receipt(**fields):
    """How it came in: by post, three days ago."""
    came_in = clock.today() - timedelta(days=3)
    return {"channel": "post", "came_in_on": came_in, "signed": "on", "language": "nl", **fields}


def begin(browser, **fields):
    """The draft of the desk, just begun."""
    answer = browser.post(START, {"key": uuid4(), **receipt(**fields)})
    assert answer.status_code == 302, answer.context["form"].errors
    return Application.objects.get(key=answer["Location"].rstrip("/").rpartition("/")[2])


def address(draft):
    return reverse("admin:exemptions_application_registration", args=[draft.key])


def send(browser, draft, button="keep", **parts):
    """The page as it stands, with these parts filled in over what it shows."""
    page = browser.get(address(draft))
    sent = {"shown": [part.key for part in page.context["parts"]], button: "yes"}
    for part in page.context["parts"]:
        own = {field.name: field.value() for field in part.form if field.value() not in (None, False, [])}
        sent |= {f"{part.key}-{name}": value for name, value in {**own, **parts.get(part.name, {})}.items()}
    return browser.post(address(draft), sent)


def copied(browser, code="LEV", **fields):
    """Somebody without an account, a van, a kind: everything else is not on the paper."""
    draft = begin(browser, **fields)
    send(browser, draft, applicant=SOMEBODY, vehicle={"plate": "VAN-01-E"}, kind={"kind": given.kind(code).pk})
    return Application.objects.get(pk=draft.pk)


def registered(browser, **fields):
    """The same, registered."""
    draft = copied(browser, **fields)
    answer = send(browser, draft, "register")
    assert answer.status_code == 302, answer.context["refused"]
    return Application.objects.get(pk=draft.pk)


def test_the_start_page_leads_to_it_and_counts_what_was_begun(as_caseworker):
    begin(as_caseworker)

    cards = [one for group in as_caseworker.get("/loket/").context["groups"] for one in group.lists]

    assert [(one.url, one.count) for one in cards if one.worklist.name == "to-register"] == [(START, 1)]


def test_4_13_the_term_is_counted_from_the_day_of_receipt(as_caseworker):
    application = registered(as_caseworker, came_in_on=clock.today() - timedelta(days=3))

    assert application.received_on == clock.today() - timedelta(days=3)
    assert application.decide_by >= application.received_on + timedelta(weeks=8)
    assert application.decide_by < application.received_on + timedelta(weeks=8, days=5)


def test_the_channel_stands_on_the_application_and_in_the_event(as_caseworker):
    application = registered(as_caseworker, channel="counter")

    event = application.dossier.events.get(step="register")
    assert application.channel == "counter"
    assert event.detail == {"channel": "counter", "received_on": application.received_on.isoformat()}


def test_2_17_who_has_no_account_gets_the_receipt_by_post(as_caseworker):
    application = registered(as_caseworker)

    copy = PostalCopy.objects.to_post().get()
    assert (copy.letter.kind, copy.letter.dossier) == ("receipt", application.dossier)
    assert copy.letter.address == "Gerda Smit\nDorpsstraat 3\n3511 AA  Utrecht"
    assert not application.dossier.outgoing_mail.exists()


def test_4_5_what_is_missing_stands_in_no_way_and_is_asked_afterwards(as_caseworker, caseworker):
    application = registered(as_caseworker, signed="")
    application.take_up(by=caseworker)

    page = as_caseworker.get(pages.step(application, "ask_completion"))

    form = page.context["form"]
    assert "Onderteken uw aanvraag" in form["explanation"].value()
    assert any(field.value() is True for field in form if field.name.startswith("item_"))


def test_4_5_what_is_no_proof_is_asked_in_words_and_the_letter_has_them(caseworker, organisation, applicant):
    application = given.on_paper(desk=caseworker, applicant=organisation)
    application.take_up(by=caseworker)

    application.ask_completion(by=caseworker, items={}, ends_on=given.working_day(), explanation="Teken de aanvraag.")

    assert "Teken de aanvraag." in application.dossier.letters.get(kind="completion_request").body


def test_a_kind_and_somebody_are_what_it_needs(as_caseworker):
    draft = begin(as_caseworker)

    answer = send(as_caseworker, draft, "register")

    assert answer.status_code == 422
    assert [line.split(":")[0] for line in answer.context["refused"]] == [
        "Vul in wie de aanvraag doet",
        "Kies de soort die het beste past. Omzetten kan later nog.",
    ]


def test_the_questions_of_the_kind_come_first_and_nothing_is_registered_yet(as_caseworker):
    draft = begin(as_caseworker)

    send(as_caseworker, draft, "register", applicant=SOMEBODY, kind={"kind": given.kind().pk})

    assert Application.objects.get(pk=draft.pk).is_draft
    names = [part.name for part in as_caseworker.get(address(draft)).context["parts"]]
    assert names[-3:] == ["questions", "period", "evidence"]


def test_what_is_right_is_kept_and_what_is_wrong_stands_as_it_was_typed(as_caseworker):
    draft = begin(as_caseworker)

    answer = send(as_caseworker, draft, applicant={**SOMEBODY, "postcode": "12"}, vehicle={"plate": "VAN-01-E"})

    typed = {part.name: part.form for part in answer.context["parts"]}
    assert answer.status_code == 422
    assert (typed["applicant"]["name"].value(), typed["applicant"]["postcode"].value()) == ("Gerda Smit", "12")
    assert Application.objects.get(pk=draft.pk).plate == "VAN01E"


def test_the_register_is_asked_as_in_the_portal(as_caseworker):
    draft = copied(as_caseworker)

    assert draft.facts_verified
    assert draft.current_facts.source == "register"


def test_a_scan_is_kept_at_its_item_and_a_bad_file_is_refused(as_caseworker):
    draft = copied(as_caseworker)
    item = draft.evidence_items.with_all()[0]
    scan = SimpleUploadedFile("scan.pdf", given.PDF, "application/pdf")
    bad = SimpleUploadedFile("virus.exe", b"MZ", "application/pdf")

    answer = send(as_caseworker, draft, evidence={f"item-{item.requirement.code}": [scan, bad]})

    assert answer.status_code == 422
    assert item.documents.get(removed_at=None).name == "scan.pdf"


@pytest.mark.parametrize("word", ["12 34 56 78", "post@bakkerij.example", "ANNA@example.org"])
def test_somebody_we_know_is_found_by_number_or_address(word, as_caseworker, applicant, organisation):
    draft = begin(as_caseworker, lookup=word)

    send(as_caseworker, draft, who={"applicant": organisation.pk})

    assert Application.objects.get(pk=draft.pk).applicant == organisation
    assert Applicant.objects.count() == 1


def test_the_applicant_sees_it_once_it_is_registered_and_not_before(
    as_caseworker, as_applicant, applicant, organisation
):
    draft = begin(as_caseworker, lookup=organisation.kvk_number)
    send(as_caseworker, draft, who={"applicant": organisation.pk}, kind={"kind": given.kind().pk})
    assert not Application.objects.of_applicant(applicant).exists()
    assert as_applicant.get(f"/aanvraag/{draft.key}/verder/").status_code == 404

    send(as_caseworker, draft, "register")

    assert Application.objects.of_applicant(applicant).get().is_registered


def test_the_same_that_is_open_already_is_named_and_not_registered_twice(as_caseworker, applicant, organisation):
    other = given.filed(by=applicant, plate="VAN01E")
    draft = begin(as_caseworker, lookup=organisation.kvk_number)
    about = {"who": {"applicant": organisation.pk}, "vehicle": {"plate": "VAN-01-E"}}
    send(as_caseworker, draft, **about, kind={"kind": given.kind().pk})

    answer = send(as_caseworker, draft, "register")

    assert answer.status_code == 422
    assert str(other) in answer.context["refused"][0]


def test_two_clicks_begin_one_and_register_one(as_caseworker):
    key = uuid4()
    first, second = (as_caseworker.post(START, {"key": key, **receipt()}) for _click in range(2))
    assert first["Location"] == second["Location"]
    application = registered(as_caseworker)

    again = as_caseworker.post(address(application), {"register": "yes", "shown": []})

    assert again["Location"] == as_caseworker.get(address(application))["Location"] == pages.case(application)
    assert application.dossier.events.filter(step="register").count() == 1


def test_nothing_came_in_before_there_were_zones_or_tomorrow(as_caseworker):
    for day in (date(2024, 12, 31), clock.today() + timedelta(days=1)):
        answer = as_caseworker.post(START, {"key": uuid4(), **receipt(came_in_on=day)})

        assert answer.status_code == 422
        assert "came_in_on" in answer.context["form"].errors


def test_by_telephone_nothing_is_signed(as_caseworker):
    assert not begin(as_caseworker, channel="phone").registration.signed


def test_what_was_begun_is_not_swept_away_and_can_be_thrown_away(as_caseworker, caseworker, time_machine):
    draft = begin(as_caseworker)
    time_machine.move_to(clock.now() + timedelta(days=400))
    assert drafts.drop_old_drafts(today=clock.today()) == 0

    as_caseworker.force_login(caseworker)
    as_caseworker.post(address(draft), {"discard": "yes"})

    assert not Application.objects.filter(pk=draft.pk).exists()


# --- Mail is no open way (Awb 2:23) -----------------------------------------------------------------------------


def mailed(browser, **fields):
    """An application that came by mail today, with its kind and its sender."""
    return copied(browser, channel="email", lookup="gerda@example.org", came_in_on=clock.today(), **fields)


def repaired(browser, draft, *, on):
    """Sent by post after all, and registered."""
    send(browser, draft, receipt={"repaired_on": on})
    return send(browser, draft, "register")


def test_2_23_what_came_by_mail_is_not_registered_and_its_sender_is_told(as_caseworker):
    draft = mailed(as_caseworker)

    assert send(as_caseworker, draft, "register").status_code == 422
    mail = draft.dossier.outgoing_mail.get()
    assert (mail.kind, mail.to) == ("mail_wrong_channel", "gerda@example.org")


def test_2_23_repaired_in_time_the_day_of_the_mail_is_the_day_of_receipt(as_caseworker, caseworker, time_machine):
    draft, first = mailed(as_caseworker), clock.today()
    time_machine.move_to(clock.now() + timedelta(days=5))
    as_caseworker.force_login(caseworker)

    repaired(as_caseworker, draft, on=clock.today())

    assert Application.objects.get(pk=draft.pk).received_on == first


def test_2_23_repaired_too_late_the_day_of_the_repair_is(as_caseworker, caseworker, time_machine):
    draft = mailed(as_caseworker)
    time_machine.move_to(clock.now() + timedelta(days=60))
    as_caseworker.force_login(caseworker)

    repaired(as_caseworker, draft, on=clock.today())

    assert Application.objects.get(pk=draft.pk).received_on == clock.today()


def test_2_23_a_working_day_at_least_is_left(as_caseworker):
    answer = as_caseworker.post(START, {"key": uuid4(), **receipt(channel="email", repair_by=clock.today())})

    assert "ten minste één werkdag" in answer.context["form"].errors["repair_by"][0]


# --- Who ---------------------------------------------------------------------------------------------------------


def test_a_municipality_registers_local_kinds_of_its_own(as_municipal_caseworker, as_other_municipal_caseworker):
    draft = begin(as_municipal_caseworker)
    kinds = next(one.form for one in as_municipal_caseworker.get(address(draft)).context["parts"] if one.name == "kind")
    assert [kind.code for kind in kinds.fields["kind"].queryset] == ["HAR"]
    send(as_municipal_caseworker, draft, applicant=SOMEBODY, kind={"kind": given.kind("HAR").pk})

    place = next(p.form for p in as_municipal_caseworker.get(address(draft)).context["parts"] if p.name == "period")

    assert [str(one) for one in place.fields["municipality"].queryset] == ["Utrecht"]
    assert as_other_municipal_caseworker.get(address(draft)).status_code == 404


def test_a_municipality_decides_on_the_local_kinds_that_it_has():
    kinds = KindVersion.objects.in_force(on=date(2026, 12, 1))
    here, there = (Municipality.objects.filter(name=name) for name in ("Utrecht", "Maastricht"))

    assert {kind.code for kind in kinds.decided_by(here)} == {"HAR"}
    assert {kind.code for kind in kinds.decided_by(there)} == {"HAR", "MKT"}


def test_who_may_not_handle_applications_registers_none(as_objection_officer, as_applicant):
    assert as_objection_officer.get(START).status_code == 403
    assert as_applicant.get(START).status_code in (302, 403)


# --- A day exemption on paper -----------------------------------------------------------------------------------


def copied_day(browser, **fields):
    """A van in Utrecht, tomorrow."""
    draft = begin(browser, **fields)
    send(browser, draft, applicant=SOMEBODY, vehicle={"plate": "VAN-01-E"}, kind={"kind": given.kind("DAG").pk})
    tomorrow = clock.today() + timedelta(days=1)
    send(browser, draft, period={"municipality": utrecht().pk, "wanted_from": tomorrow.isoformat()})
    return Application.objects.get(pk=draft.pk)


def registered_day(browser, **fields):
    draft = copied_day(browser, **fields)
    answer = send(browser, draft, "register")
    assert answer.status_code == 302, answer.context["refused"]
    return Application.objects.get(pk=draft.pk)


@pytest.mark.parametrize("channel", ["post", "counter", "phone"])
def test_2_7_a_day_exemption_on_paper_is_granted_at_once(as_caseworker, channel):
    application = registered_day(as_caseworker, channel=channel)

    assert (application.status, application.channel) == ("granted", channel)
    assert application.exemptions.get().day_use.day == clock.today() + timedelta(days=1)


def test_2_8_its_letter_goes_by_post_and_makes_it_known_when_it_is_posted(as_caseworker, caseworker):
    application = registered_day(as_caseworker)
    assert list(PostalCopy.objects.to_post().values_list("letter__kind", flat=True)) == ["day_granted"]

    post(application, by=caseworker)
    assert application.decisions.get().made_known_on == clock.today()


def test_2_8_who_chose_the_portal_reads_it_there(as_caseworker, organisation, applicant):
    draft = begin(as_caseworker, lookup=organisation.kvk_number)
    send(as_caseworker, draft, who={"applicant": organisation.pk}, vehicle={"plate": "VAN-01-E"})
    send(as_caseworker, draft, kind={"kind": given.kind("DAG").pk})
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    send(as_caseworker, draft, period={"municipality": utrecht().pk, "wanted_from": tomorrow})
    send(as_caseworker, draft, "register")

    assert Application.objects.get(pk=draft.pk).decisions.get().made_known_on == clock.today()
    assert not PostalCopy.objects.exists()


def test_what_the_portal_would_refuse_is_registered_for_a_person_to_decide(as_caseworker):
    first = registered_day(as_caseworker)
    draft = begin(as_caseworker)
    send(as_caseworker, draft, applicant=SOMEBODY, vehicle={"plate": "VAN-01-E"}, kind={"kind": given.kind("DAG").pk})
    period = {"municipality": utrecht().pk, "wanted_from": first.wanted_from.isoformat()}
    send(as_caseworker, draft, period=period)
    send(as_caseworker, draft, "register")

    second = Application.objects.get(pk=draft.pk)
    assert (second.status, second.decide_by is not None) == ("submitted", True)
    assert second.dossier.letters.get().kind == "receipt"


def test_a_day_exemption_needs_its_day_and_plate(as_caseworker):
    draft = begin(as_caseworker)
    send(as_caseworker, draft, applicant=SOMEBODY, kind={"kind": given.kind("DAG").pk})
    send(as_caseworker, draft, period={"municipality": utrecht().pk})

    answer = send(as_caseworker, draft, "register")

    assert answer.status_code == 422
    assert len(answer.context["refused"]) == 2
