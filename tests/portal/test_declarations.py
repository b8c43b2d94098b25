"""What a kind asks to declare: no question of the form, but words above the one signature, which covers them."""

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.steps import StepRefused
from exemptions.conditions import conditions_of
from exemptions.intake import drafts, summary
from exemptions.models import KindQuestion, KindVersion
from tests import given
from tests.portal import files
from tests.portal.wizard import SIGNED, filled_in, goes_to

pytestmark = pytest.mark.django_db
WORDS = SIGNED["declared"]
CHANGED = "Wat u verklaart, is veranderd"


@pytest.fixture
def ready(as_applicant, applicant):
    """Everything is there; only to be signed."""
    begun = filled_in(as_applicant, applicant)
    begun.send("evidence", **{"item-contract": files.upload(files.PDF, "contract.pdf")})
    return begun


def renew_with_another_declaration(kind):
    """From today on there is a version of the kind that asks to declare something else."""
    today, requirements, questions = timezone.localdate(), list(kind.evidence.all()), list(kind.questions.all())
    KindVersion.objects.filter(pk=kind.pk).update(valid_until=today)
    kind.pk, kind.valid_from = None, today
    kind.save()
    for row in [*requirements, *questions]:
        row.pk, row.kind = None, kind
        row.save()
    KindQuestion.objects.filter(kind=kind, code="replaces").update(label_nl="Ik verklaar dat de auto weg is.")


def test_it_is_asked_nowhere_and_stands_above_the_signature(ready):
    assert "Ik verklaar" not in ready.look("questions")

    page = ready.look("check")

    assert page.count(WORDS) == 2  # the words, and what the page sends back of them
    assert page.index(WORDS) < page.index("Met het versturen verklaart u")
    assert "Voordat u kunt versturen" not in page


def test_the_signature_is_kept_as_the_answer_and_the_desk_judges_it(ready):
    ready.send("check", **SIGNED)

    filed = ready.draft
    assert filed.answers["replaces"] == "yes"
    (declared,) = [one for one in conditions_of(filed, on=timezone.localdate()) if one.asks == WORDS]
    assert declared.shown == "verklaard"
    assert (WORDS, "ja") in summary.question_rows(filed)


@pytest.mark.usefixtures("never_asked")
def test_a_page_that_did_not_show_it_signs_nothing_and_loses_nothing(ready):
    page = ready.send("check", **{**SIGNED, "declared": "Ik verklaar iets anders."})

    assert ready.draft.is_draft
    assert "replaces" not in ready.draft.answers
    assert CHANGED in page.content.decode()
    assert page.context["form"]["channel"].value() == "portal"
    assert ready.send("check", **SIGNED).status_code == 302


def test_what_a_new_version_of_the_kind_asks_to_declare_is_read_first(ready):
    renew_with_another_declaration(ready.draft.kind)

    page = ready.send("check", **SIGNED).content.decode()

    assert ready.draft.is_draft
    assert (CHANGED in page, "Ik verklaar dat de auto weg is." in page) == (True, True)
    assert ready.send("check", **{**SIGNED, "declared": "Ik verklaar dat de auto weg is."}).status_code == 302


def test_what_another_window_brought_in_at_this_very_moment_is_not_signed_for(ready, applicant):
    opened = ready.draft
    renew_with_another_declaration(ready.draft.kind)
    drafts.renew_kind(ready.draft, today=timezone.localdate())

    with pytest.raises(StepRefused) as refused:
        drafts.send_draft(opened, by=applicant, shown=[WORDS])

    assert refused.value.field == "declaration"
    assert ready.draft.is_draft


def test_a_kind_that_asks_nothing_else_has_no_page_of_questions(ready):
    ready.draft.kind.questions.exclude(answer="confirm").delete()

    assert goes_to(ready.client.get(ready.url("questions")), ready, "check")
    assert goes_to(ready.client.get(ready.url("questions", "?check=1")), ready, "check")
    page = ready.client.get(ready.url("check"))
    assert (page.context["total"], page.context["back"]) == (5, ready.url("evidence"))
    assert ready.send("check", **SIGNED).status_code == 302


def test_an_extension_signs_for_it_again(as_applicant, applicant, caseworker):
    exemption = given.granted(by=applicant, desk=caseworker, plate="TRU01E", days=21).exemptions.get()
    as_applicant.post(reverse("extend", args=[exemption.pk]))
    draft = exemption.renewals.get()
    url, sent = reverse("apply", args=[draft.key, "extend"]), {**SIGNED, "expected_on": "2039-09-01"}
    message = {"item-supplier_letter": files.upload(files.PDF, "bericht.pdf")}

    assert "replaces" not in draft.answers
    assert CHANGED in as_applicant.post(url, {**sent, **message, "declared": ""}).content.decode()
    assert as_applicant.post(url, sent).status_code == 302
    draft.refresh_from_db()
    assert draft.answers["replaces"] == "yes"
