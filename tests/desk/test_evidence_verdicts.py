"""Judging in place: the page returns to the next item that nobody judged, with its file next to it."""

import re

import pytest
from django.utils.html import escape

from exemptions import doubts
from exemptions.models import EvidenceItem
from tests import given
from tests.desk import pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(applicant, caseworker):
    """Several items of proof to judge."""
    return given.taken_up(by=applicant, desk=caseworker, code="BEO")


def items_of(application) -> list[EvidenceItem]:
    return list(application.relevant_evidence)


def judge(client, application, item, verdict="accepted", **reasons):
    judgement = f"{item.pk} {verdict}"
    return pages.send(client, application, "judge", judgement=judgement, **reasons)


def file_of(item) -> int:
    return int(item.documents.all()[0].pk)


def opened(page) -> str | None:
    """The address in the frame next to the case."""
    frame = re.search(r'<iframe name="viewer"[^>]*>', pages.text(page))
    source = re.search(r'src="([^"]*)"', frame.group()) if frame else None
    return source.group(1).partition("#")[0] if source else None


def test_after_a_judgement_one_is_at_the_next_item_with_its_file(as_caseworker, application):
    first, second, *_others = items_of(application)

    back = judge(as_caseworker, application, first)

    assert back.url == f"{pages.case(application)}?document={file_of(second)}#proof-{second.pk}"
    page = as_caseworker.get(back.url)
    assert opened(page) == pages.document(application, file_of(second))
    assert f'id="proof-{second.pk}" tabindex="-1"' in pages.text(page)


def test_the_next_item_is_one_that_nobody_judged(as_caseworker, application, caseworker):
    first, second, third, *_others = items_of(application)
    application.judge(by=caseworker, item=second, verdict="accepted")

    assert judge(as_caseworker, application, first).url.endswith(f"#proof-{third.pk}")


def test_after_the_last_item_of_the_list_come_those_above_it(as_caseworker, application):
    first, *_others, last = items_of(application)

    assert judge(as_caseworker, application, last).url.endswith(f"#proof-{first.pk}")


def test_when_all_is_judged_the_file_of_the_last_one_stays(as_caseworker, application):
    *others, last = items_of(application)
    EvidenceItem.objects.filter(pk__in=[item.pk for item in others]).update(verdict="accepted")

    back = judge(as_caseworker, application, last)

    assert back.url == f"{pages.case(application)}?document={file_of(last)}#proof-{last.pk}"


def test_a_next_item_without_a_file_leaves_the_file_that_was_there(as_caseworker, application):
    first, second, *_others = items_of(application)
    second.documents.clear()

    back = judge(as_caseworker, application, first)

    assert back.url == f"{pages.case(application)}?document={file_of(first)}#proof-{second.pk}"


def test_a_refused_judgement_stays_where_it_is(as_caseworker, application):
    first = items_of(application)[0]

    pages.refused(judge(as_caseworker, application, first, "insufficient"))


def test_the_page_begins_with_the_file_of_the_first_item_to_judge(as_caseworker, application, caseworker):
    first, second, *_others = items_of(application)
    application.judge(by=caseworker, item=first, verdict="accepted")

    assert opened(as_caseworker.get(pages.case(application))) == pages.document(application, file_of(second))


def test_what_tells_of_health_and_what_a_browser_only_saves_does_not_open_by_itself(as_caseworker, application):
    first, second, third, *_others = items_of(application)
    first.requirement.sensitive = True
    first.requirement.save()
    second.documents.update(content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")

    assert opened(as_caseworker.get(pages.case(application))) == pages.document(application, file_of(third))


@pytest.mark.parametrize("key", ["0", "x", "-1", "99999999999999999999", "²", ""])
def test_a_strange_file_in_the_address_breaks_nothing(as_caseworker, application, key):
    assert as_caseworker.get(f"{pages.case(application)}?document={key}").status_code == 200


def test_the_address_opens_no_file_of_another_case(as_caseworker, application, applicant, caseworker):
    other = given.taken_up(by=applicant, desk=caseworker, plate="V001AA")

    page = as_caseworker.get(f"{pages.case(application)}?document={file_of(items_of(other)[0])}")

    assert opened(page) is None


def test_a_file_that_came_after_the_judgement_is_new_and_is_judged_again(as_caseworker, application, caseworker):
    first, *_others = items_of(application)
    application.judge(by=caseworker, item=first, verdict="insufficient", because="Niet getekend.")
    assert "nieuw bestand" not in pages.text(as_caseworker.get(pages.case(application)))

    document = given.attach(first)

    page = as_caseworker.get(pages.case(application))
    assert pages.text(page).count("nieuw bestand") == 1
    assert opened(page) == pages.document(application, document.pk)


def test_a_new_file_that_nobody_looked_at_speaks_against_a_decision(as_caseworker, application, caseworker):
    for item in items_of(application):
        application.judge(by=caseworker, item=item, verdict="accepted")
    assert list(doubts.against_grant(doubts.known_of(application))) == []

    given.attach(items_of(application)[0])

    application.forget_lookups()  # as every step does
    (doubt,) = doubts.against_grant(doubts.known_of(application))
    assert str(items_of(application)[0]) in doubt
    assert escape(doubt) in pages.text(as_caseworker.get(pages.step(application, "grant")))


# --- All at once ----------------------------------------------------------------------------------------


def accept_all(client, application, **fields):
    return pages.send(client, application, "judge", judgement="all", **fields)


def verdicts(application) -> list[str]:
    return [item.verdict for item in items_of(application)]


def test_one_button_accepts_everything_that_came_in(as_caseworker, application):
    page = as_caseworker.get(pages.case(application))
    assert "Alles akkoord (7)" in pages.text(page)

    back = accept_all(as_caseworker, application)

    assert back.url.startswith(pages.case(application))
    assert verdicts(application) == ["accepted"] * 7
    assert "alles beoordeeld" in pages.text(as_caseworker.get(back.url))
    assert application.dossier.events.filter(step="judge").count() == 7


def test_it_accepts_nothing_that_has_a_reason_is_judged_is_missing_or_is_about_health(
    as_caseworker, application, caseworker
):
    typed, judged, missing, health, *others = items_of(application)
    application.judge(by=caseworker, item=judged, verdict="insufficient", because="Niet getekend.")
    missing.documents.clear()
    health.requirement.sensitive = True
    health.requirement.save()

    accept_all(
        as_caseworker, application, **{f"because-{typed.pk}": "Onleesbaar", f"because-{judged.pk}": "Niet getekend."}
    )

    assert verdicts(application) == ["", "insufficient", "", "", *["accepted"] * len(others)]
    assert 'value="Onleesbaar"' in pages.text(as_caseworker.get(pages.case(application)))


def test_a_second_click_on_it_changes_nothing(as_caseworker, application):
    seen = pages.seen_now(application)
    accept_all(as_caseworker, application, seen=seen)

    assert accept_all(as_caseworker, application, seen=seen).status_code == 302
    assert application.dossier.events.filter(step="judge").count() == 7


def test_it_accepts_nothing_where_a_colleague_was_first(as_caseworker, application, other_caseworker):
    seen = pages.seen_now(application)
    application.judge(by=other_caseworker, item=items_of(application)[0], verdict="insufficient", because="Onleesbaar.")

    assert accept_all(as_caseworker, application, seen=seen).status_code == 409
    assert verdicts(application) == ["insufficient", *[""] * 6]


def test_who_may_not_judge_may_not_accept_all(as_reporter, as_objection_officer, application):
    assert {accept_all(one, application).status_code for one in (as_reporter, as_objection_officer)} <= {403, 404}
    assert verdicts(application) == [""] * 7


def test_a_kind_without_proof_has_nothing_to_accept(as_caseworker, application):
    application.evidence_items.all().delete()

    assert accept_all(as_caseworker, application).url == pages.case(application)


def test_when_all_is_judged_the_page_begins_with_the_first_file(as_caseworker, application):
    accept_all(as_caseworker, application)

    assert opened(as_caseworker.get(pages.case(application))) == pages.document(
        application, file_of(items_of(application)[0])
    )
