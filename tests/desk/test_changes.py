"""Settings, rules, kinds and zones change by two people, and nothing that holds is changed in place."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from casework.current_policy import CurrentPolicy
from casework.models import EquatedDay, OtherBody, Policy, ReferenceChange
from exemptions.models import Ground, Kind, KindVersion, TextBlock, Vehicle
from exemptions.models.facts import as_json
from reporting.models import ReviewQuestion
from tests import given
from tests.desk import changes
from tests.desk.changes import BASE, form_of, page_of, proposed, published, send, settle, soon, today
from tests.desk.pages import text
from zesportal.versions.comparison import changed_lines
from zesportal.versions.forms import MOST_PARTS
from zesportal.versions.subjects import SUBJECTS, remove_cancelled_versions
from zones.access import VehicleFacts
from zones.models import AccessRule, AutomaticExemption, MunicipalAuthority, Municipality, Zone

pytestmark = pytest.mark.django_db

MODELS = [subject.versioned.model for subject in SUBJECTS.values()]
CHANGED = {
    Policy: {"value": "30"},
    KindVersion: {"name_nl": "Nieuwe naam"},
    Ground: {"text_nl": "Andere woorden."},
    TextBlock: {"text_nl": "Andere woorden over {plate}."},
    ReviewQuestion: {"text_nl": "Is het goed?"},
    OtherBody: {"address": "Postbus 1, 1000 AA Amsterdam"},
    Municipality: {"fines_from": "2031-01-01"},
    MunicipalAuthority: {"contact": "Stadhuis"},
    Zone: {"starts_on": "2031-01-01"},
    AccessRule: {"explanation_nl": "Andere uitleg."},
    AutomaticExemption: {"explanation_nl": "Andere uitleg."},
}
"""A change of one field of each table that has versions."""


@pytest.fixture(autouse=True)
def in_2026(time_machine):
    """The days on which these changes begin are still to come."""
    time_machine.move_to(datetime(2026, 11, 16, 10, tzinfo=UTC))


def row_of(model):
    """A row that is in force."""
    if model is Policy:
        return Policy.objects.in_force(on=today()).get(name="completion_days")
    if model is AccessRule:
        return AccessRule.objects.get(code="V2")
    if model is EquatedDay:
        return EquatedDay.objects.order_by("day")[0]
    return model.objects.order_by("pk")[0]


def everything():
    return [list(model.objects.order_by("pk").values()) for model in MODELS]


# --- Nothing that holds is changed by the pages of the admin ------------------------------------------


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("page", ["change", "add", "delete", "changelist"])
def test_no_page_of_the_admin_writes_what_holds(model, page, as_administrator):
    row, before = row_of(model), everything()
    url = reverse(
        f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}",
        args=[row.pk] if page in ("change", "delete") else [],
    )
    values = {field.name: "1" for field in model._meta.concrete_fields} | {"post": "yes", "_saveasnew": "1"}
    values |= {"action": "delete_selected", "_selected_action": row.pk, "form-0-id": row.pk, "_save": "1"}

    as_administrator.post(url, values)

    assert everything() == before


@pytest.mark.parametrize("model", MODELS)
def test_a_superuser_does_not_either(model, login):
    row, before = row_of(model), everything()
    client = login(User.objects.create_superuser("root@example.org", "correct paard batterij nietje", name="Root"))

    client.post(
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[row.pk]), {"_save": "1"}
    )

    assert everything() == before


# --- A change is proposed, and published by a second person --------------------------------------------


@pytest.mark.parametrize("model", CHANGED)
def test_a_change_counts_nowhere_until_it_is_published(model, as_administrator, as_other_administrator):
    row, before = row_of(model), everything()

    change = proposed(as_administrator, row, **CHANGED[model])
    assert everything() == before
    settle(as_other_administrator, change)

    change.refresh_from_db()
    assert change.outcome == "published"
    assert everything() != before


@pytest.mark.parametrize("model", [model for model in CHANGED if model is not Municipality])
def test_the_old_version_keeps_what_it_said_until_the_day(model, as_administrator, as_other_administrator):
    row = row_of(model)
    said = SUBJECTS[model._meta.label_lower].versioned.values_of(row)

    change = published(as_administrator, as_other_administrator, row, **CHANGED[model])

    row.refresh_from_db()
    new = model.objects.get(pk=change.written)
    assert SUBJECTS[model._meta.label_lower].versioned.values_of(row) == said
    assert new.valid_from == soon()
    assert getattr(row, "valid_until", soon()) == soon()


def test_a_municipality_changes_from_the_moment_of_publishing(as_administrator, as_other_administrator):
    row = row_of(Municipality)

    change = published(as_administrator, as_other_administrator, row, fines_from="2031-01-01")

    row.refresh_from_db()
    assert (change.written, row.fines_from, row.source) == (row.pk, date(2031, 1, 1), "Besluit 2026/1")


def test_a_change_of_before_is_told_in_the_words_of_where_its_columns_stand_now(as_administrator, administrator):
    row = row_of(Municipality)
    said = SUBJECTS["zones.municipality"].versioned.state_of(row)
    change = ReferenceChange.objects.create(
        model="zones.municipality",
        key=row.cbs_code,
        action="version",
        replaces=row.pk,
        before=said | {"contact": "", "court": "Rotterdam"},
        after=said | {"contact": "Stadhuis", "court": "Rotterdam"},
        source="Besluit 2026/1",
        reason="De raad heeft dit besloten.",
        proposed_by=administrator,
    )

    lines = changed_lines(SUBJECTS[change.model], change.before, change.after)

    assert [(line.label, line.before, line.after) for line in lines] == [("Contact", "–", "Stadhuis")]
    assert "Stadhuis" in text(as_administrator.get(page_of(change)))


def test_a_kind_takes_its_questions_and_its_proof_along(as_administrator, as_other_administrator):
    kind = KindVersion.objects.exclude(questions=None).exclude(evidence=None).order_by("pk")[0]

    change = published(as_administrator, as_other_administrator, kind, name_nl="Nieuwe naam")

    new = KindVersion.objects.get(pk=change.written)
    of_both = [
        [list(one.values_list("code", "position")) for one in (row.questions, row.evidence)] for row in (kind, new)
    ]
    assert of_both[0] == of_both[1]
    assert new.name_nl == "Nieuwe naam"


def test_a_question_is_changed_added_and_taken_out(as_administrator, as_other_administrator):
    kind = KindVersion.objects.exclude(questions=None).order_by("pk")[0]
    count = kind.questions.count()
    added = {"code": "nieuw", "position": "99", "answer": "text", "label_nl": "Waarom?", "label_en": "Why?"}
    fields = {f"questions-{count}-{name}": value for name, value in added.items()}

    change = published(as_administrator, as_other_administrator, kind, **fields, **{"questions-0-DELETE": "on"})

    codes = set(KindVersion.objects.get(pk=change.written).questions.values_list("code", flat=True))
    assert codes == {*kind.questions.values_list("code", flat=True)[1:], "nieuw"}


def test_a_zone_keeps_its_boundary(as_administrator, as_other_administrator):
    zone = row_of(Zone)
    Zone.objects.filter(pk=zone.pk).update(boundary={"type": "Polygon", "coordinates": []}, boundary_source="kaart")

    change = published(as_administrator, as_other_administrator, zone, starts_on="2031-01-01")

    new = Zone.objects.get(pk=change.written)
    assert (new.boundary["type"], new.boundary_source) == ("Polygon", "kaart")


def test_nobody_publishes_what_they_proposed(as_administrator):
    change = proposed(as_administrator, row_of(Policy), value="30")

    assert settle(as_administrator, change).status_code == 403

    change.refresh_from_db()
    assert change.is_open


@pytest.mark.parametrize("who", ["as_caseworker", "as_team_lead", "as_editor", "as_objection_officer", "as_reporter"])
def test_others_neither_read_propose_nor_publish(who, as_administrator, request):
    change, client = proposed(as_administrator, row_of(Policy), value="30"), request.getfixturevalue(who)

    answers = [client.get(page_of(change)), client.get(form_of(row_of(Policy))), settle(client, change)]
    answers.append(client.get(reverse(f"{BASE}_changelist")))

    assert {answer.status_code for answer in answers} == {403}


def test_the_database_refuses_one_person_for_both(as_administrator, administrator):
    change = proposed(as_administrator, row_of(Policy), value="30")

    with pytest.raises(IntegrityError), transaction.atomic():
        change.settle(ReferenceChange.Outcome.PUBLISHED, by=administrator)


@pytest.mark.parametrize("changed", [{"reason": "anders"}, {"outcome": ""}, {"settled_by": None}])
def test_the_database_keeps_what_was_settled(changed, as_administrator, as_other_administrator):
    change = published(as_administrator, as_other_administrator, row_of(Policy), value="30")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ReferenceChange.objects.filter(pk=change.pk).update(**changed)


def test_the_database_keeps_a_proposal_as_it_was_made(as_administrator):
    change = proposed(as_administrator, row_of(Policy), value="30")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ReferenceChange.objects.filter(pk=change.pk).update(after={"value": 2})
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change.delete()


# --- From a day that is not past, and on top of what one saw -------------------------------------------


@pytest.mark.parametrize("model", [model for model in CHANGED if model is not Municipality])
def test_the_past_stays_as_it_was(model, as_administrator):
    yesterday = today() - timedelta(days=1)

    refused = send(as_administrator, form_of(row_of(model)), first_day=yesterday, **CHANGED[model])

    assert refused.status_code == 422
    assert "vandaag of een latere dag" in text(refused)
    assert not ReferenceChange.objects.exists()


def test_a_change_that_waited_too_long_is_not_published(as_administrator, other_administrator, login, time_machine):
    change = proposed(as_administrator, row_of(Policy), value="30", first_day=today())

    time_machine.move_to(timezone.localtime() + timedelta(days=1))
    refused = settle(login(other_administrator), change)

    assert refused.status_code == 422
    assert "vandaag of een latere dag" in text(refused)
    assert CurrentPolicy.on(today()).number("completion_days") == 21


def test_of_two_proposals_the_second_is_refused_and_shown_anew(as_administrator, as_other_administrator):
    row = row_of(Policy)
    first, second = (proposed(as_administrator, row, value=value) for value in ("28", "30"))
    settle(as_other_administrator, first)

    refused = settle(as_other_administrator, second)

    assert refused.status_code == 422
    assert "intussen" in text(refused)
    assert Policy.objects.filter(name=row.name).count() == 2


def test_a_row_that_ended_meanwhile_is_not_followed_unseen(as_administrator, as_other_administrator):
    rule = row_of(AccessRule)
    version = proposed(as_administrator, rule, explanation_nl="Andere uitleg.")
    published(as_administrator, as_other_administrator, rule, "end")

    assert settle(as_other_administrator, version).status_code == 422
    assert AccessRule.objects.filter(code=rule.code).count() == 1


def test_a_page_that_is_older_than_what_holds_is_refused(as_administrator, as_other_administrator):
    row = row_of(Municipality)
    old = changes.filled_in(as_administrator.get(form_of(row)))
    published(as_administrator, as_other_administrator, row, fines_from="2031-01-01")

    refused = as_administrator.post(form_of(row), {**old, "fines_from": "2032-01-01", "source": "x", "reason": "x"})

    assert refused.status_code == 422
    assert "terwijl u deze pagina open had" in text(refused)


def test_a_second_version_of_the_same_day_is_refused(as_administrator, as_other_administrator):
    change = published(as_administrator, as_other_administrator, row_of(Policy), value="30")
    newest = Policy.objects.get(pk=change.written)

    refused = send(as_administrator, form_of(newest), value="35", first_day=newest.valid_from)

    assert refused.status_code == 422
    assert "Kies een latere dag" in text(refused)


def test_an_older_version_has_no_form(as_administrator, as_other_administrator):
    row = row_of(Policy)
    published(as_administrator, as_other_administrator, row, value="30")

    assert as_administrator.get(form_of(row)).status_code == 404


def test_a_double_click_proposes_once(as_administrator):
    url = form_of(row_of(Policy))
    values = changes.filled_in(as_administrator.get(url)) | {
        "value": "30",
        "first_day": soon(),
        "source": "x",
        "reason": "y",
    }

    answers = [as_administrator.post(url, values) for _click in range(2)]

    assert answers[0]["Location"] == answers[1]["Location"]
    assert ReferenceChange.objects.count() == 1


def test_a_second_click_on_publish_shows_that_it_is_done(as_administrator, as_other_administrator):
    change = published(as_administrator, as_other_administrator, row_of(Policy), value="30")

    again = settle(as_other_administrator, change)

    assert (again.status_code, again["Location"]) == (302, page_of(change))
    assert Policy.objects.filter(name="completion_days").count() == 2


# --- Adding, ending, taking back -----------------------------------------------------------------------


def test_an_equated_day_is_added_by_two_people(as_administrator, as_other_administrator):
    url, day = reverse(f"{BASE}_new", args=["casework.equatedday"]), date(today().year + 2, 5, 6)

    send(as_administrator, url, day=day)
    assert not EquatedDay.objects.filter(day=day).exists()
    settle(as_other_administrator, ReferenceChange.objects.get())

    assert EquatedDay.objects.get(day=day).source == "Besluit 2026/1"


def test_a_kind_is_added_by_two_people_with_its_first_version(as_administrator, as_other_administrator):
    like = KindVersion.objects.values().first()
    url = reverse(f"{BASE}_new", args=["exemptions.kindversion"])

    send(as_administrator, url, **{**{name: value for name, value in like.items() if value}, "kind": "NEW"})
    assert not Kind.objects.filter(code="NEW").exists()
    settle(as_other_administrator, change := ReferenceChange.objects.get())

    assert Kind.objects.get(code="NEW").versions.get().valid_from == soon()
    assert "NEW" in text(as_administrator.get(page_of(change)))


def test_a_ground_of_a_kind_and_one_of_every_kind_are_added_by_two_people(as_administrator, as_other_administrator):
    like = Ground.objects.filter(kind="LEV").values().first()
    said = {name: value for name, value in like.items() if value} | {"code": "new"}

    for of in ("LEV", ""):
        send(as_administrator, reverse(f"{BASE}_new", args=["exemptions.ground"]), **said, kind=of)
        settle(as_other_administrator, ReferenceChange.objects.latest("pk"))

    assert list(Ground.objects.filter(code="new").values_list("kind_id", flat=True)) == [None, "LEV"]


@pytest.mark.parametrize(
    ("field", "value"), [("text_nl", "Over {owner}."), ("text_en", "About {{ plate }}."), ("ground", "gone")]
)
def test_a_text_block_names_only_what_there_is(as_administrator, field, value):
    refused = send(as_administrator, form_of(TextBlock.objects.first()), **{field: value})

    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == [field]


def test_a_ground_is_of_a_kind_that_there_is(as_administrator):
    refused = send(as_administrator, reverse(f"{BASE}_new", args=["exemptions.ground"]), kind="XXX")

    assert refused.status_code == 422
    assert "kind" in refused.context["form"].errors


def test_what_exists_is_not_added_again(as_administrator):
    values = {"code": "V2", "category": "van", "emission_classes": ["5"], "explanation_nl": "x", "explanation_en": "x"}

    refused = send(as_administrator, reverse(f"{BASE}_new", args=["zones.accessrule"]), status="in_force", **values)

    assert refused.status_code == 422
    assert "Die is er al" in text(refused)


def test_a_ground_ends_on_its_day_and_holds_until_then(as_administrator, as_other_administrator):
    ground = row_of(Ground)

    published(as_administrator, as_other_administrator, ground, "end")

    ground.refresh_from_db()
    assert ground.valid_until == soon()


def test_a_version_that_has_not_begun_is_taken_back_by_two_people(as_administrator, as_other_administrator):
    rule = row_of(AccessRule)
    change = published(as_administrator, as_other_administrator, rule, explanation_nl="Andere uitleg.")

    published(as_administrator, as_other_administrator, AccessRule.objects.get(pk=change.written), "cancel")

    assert list(AccessRule.objects.filter(code=rule.code).values_list("pk", "valid_until")) == [(rule.pk, None)]


def test_what_two_people_took_back_does_not_come_back_with_the_shipped_tables(as_administrator, as_other_administrator):
    rule = row_of(AccessRule)
    AccessRule.objects.filter(pk=rule.pk).update(valid_from=soon())  # as a table ships what is to come
    published(as_administrator, as_other_administrator, AccessRule.objects.get(pk=rule.pk), "cancel")
    shipped = AccessRule.objects.filter(code="V1").values().get() | {"id": None, "code": "V2", "valid_from": soon()}
    AccessRule.objects.create(**shipped)

    remove_cancelled_versions()

    assert not AccessRule.objects.filter(code="V2").exists()


def test_what_has_begun_is_not_taken_back(as_administrator, other_administrator, login, time_machine):
    second = login(other_administrator)
    change = published(as_administrator, second, row_of(AccessRule), explanation_nl="Andere uitleg.")
    cancel = proposed(as_administrator, AccessRule.objects.get(pk=change.written), "cancel")

    time_machine.move_to(timezone.localtime() + timedelta(days=31))
    refused = settle(login(other_administrator), cancel)

    assert refused.status_code == 422
    assert AccessRule.objects.filter(pk=change.written).exists()


def test_a_version_on_which_a_case_rests_is_not_taken_back(as_administrator, as_other_administrator, applicant):
    draft = given.draft(by=applicant)
    change = published(as_administrator, as_other_administrator, draft.kind, name_nl="Nieuwe naam")
    cancel = proposed(as_administrator, KindVersion.objects.get(pk=change.written), "cancel")
    type(draft).objects.filter(pk=draft.pk).update(kind=change.written)

    refused = settle(as_other_administrator, cancel)

    assert refused.status_code == 422
    assert "Er zijn al zaken op deze versie gebaseerd" in text(refused)


def test_a_colleague_declines_with_a_reason(as_administrator, as_other_administrator):
    change = proposed(as_administrator, row_of(Policy), value="30")
    assert settle(as_other_administrator, change, "decline").status_code == 422

    settle(as_other_administrator, change, "decline", remark="Te lang.")

    change.refresh_from_db()
    assert (change.outcome, change.remark) == ("declined", "Te lang.")
    assert "Te lang." in text(as_administrator.get(page_of(change)))


def test_its_maker_proposes_it_anew_with_changes(as_administrator):
    first = proposed(as_administrator, row_of(Policy), value="30")
    url = form_of(row_of(Policy)) + f"?instead={first.pk}"
    assert as_administrator.get(url).context["form"]["value"].value() == 30

    as_administrator.post(url, {**changes.filled_in(as_administrator.get(url)), "value": "35"})

    first.refresh_from_db()
    assert first.outcome == "withdrawn"
    assert ReferenceChange.objects.open().get().after["value"] == 35


def test_only_its_maker_withdraws(as_administrator, as_other_administrator):
    change = proposed(as_administrator, row_of(Policy), value="30")

    assert settle(as_other_administrator, change, "withdraw").status_code == 403
    settle(as_administrator, change, "withdraw")

    change.refresh_from_db()
    assert change.outcome == "withdrawn"


# --- Settings have a sort, a unit and bounds ------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("completion_days", "2"),
        ("completion_days", "x"),
        ("completion_days", "30.5"),
        ("expiry_notice_days", "60, x"),
        ("expiry_notice_days", "0"),
        ("second_pair_for_rejection", "perhaps"),
        ("contact_email", "nobody"),
        ("register_grounds", ["no_such_ground"]),
        ("completion_days", ""),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused_at_its_field(name, value, as_administrator):
    row = Policy.objects.in_force(on=today()).get(name=name)

    refused = send(as_administrator, form_of(row), value=value)

    assert refused.status_code == 422
    assert "value" in refused.context["form"].errors


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("completion_days", "28", 28),
        ("expiry_notice_days", "90, 30", [90, 30]),
        ("second_pair_for_rejection", "False", False),
        ("contact_phone", "088 123 45 67", "088 123 45 67"),
        ("register_grounds", ["too_old"], ["too_old"]),
        ("sender_name", "", None),
    ],
)
def test_a_value_is_typed_as_people_write_it(name, value, kept, as_administrator):
    row = Policy.objects.in_force(on=today()).get(name=name)

    assert proposed(as_administrator, row, value=value).after["value"] == kept


def test_an_empty_setting_is_filled_in_from_today(as_administrator, as_other_administrator):
    row = Policy.objects.get(name="contact_phone")

    published(as_administrator, as_other_administrator, row, value="088 123 45 67", first_day=today())

    assert CurrentPolicy.on(today()).text("contact_phone") == "088 123 45 67"


def test_a_setting_without_a_row_gets_its_first(as_administrator, as_other_administrator):
    url = reverse(f"{BASE}_new", args=["casework.policy"])
    assert "?name=contact_hours" in text(as_administrator.get(url))

    send(as_administrator, url + "?name=contact_hours", value="9 tot 17 uur", first_day=today())
    settle(as_other_administrator, ReferenceChange.objects.get())

    assert CurrentPolicy.on(today()).text("contact_hours") == "9 tot 17 uur"


# --- What the pages say --------------------------------------------------------------------------------


def test_the_page_shows_old_and_new_and_what_it_touches(as_administrator, as_other_administrator, applicant):
    given.filed(by=applicant)
    change = proposed(as_administrator, row_of(Policy), value="30")

    page = text(as_other_administrator.get(page_of(change)))

    assert ">21<" in page
    assert ">30<" in page
    assert "1 aanvraag loopt nu" in page
    assert "Publiceren" in page


def test_a_rule_tells_how_many_vehicles_get_another_answer(as_administrator, applicant, organisation):
    facts = as_json(VehicleFacts(category="van", emission_class="5", first_admission=date(2019, 1, 1)))
    Vehicle.objects.create(applicant=organisation, plate="V001AA", added_by=applicant, facts=facts)
    Vehicle.objects.create(
        applicant=organisation, plate="V002AA", added_by=applicant, facts={**facts, "emission_class": "Z"}
    )

    change = proposed(as_administrator, row_of(AccessRule), until=date(2030, 1, 1), first_day=date(2026, 12, 20))

    assert "1 van de 2" in text(as_administrator.get(page_of(change)))


def test_the_log_tells_who_changed_what(as_administrator, as_other_administrator, administrator, other_administrator):
    published(as_administrator, as_other_administrator, row_of(Policy), value="30", first_day=date(2027, 1, 1))

    page = text(as_administrator.get(reverse(f"{BASE}_changelist")))

    assert f"{administrator} heeft" in page
    assert "van 21 naar 30" in page
    assert "vanaf 1 januari 2027" in page
    assert f"gepubliceerd door {other_administrator}" in page
    assert "Besluit 2026/1" in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 2),
        ("?state=open", 1),
        ("?state=published", 1),
        ("?about=zones.zone", 0),
        ("?about=x&state=x", 2),
    ],
)
def test_the_log_is_filtered(query, count, as_administrator, as_other_administrator):
    published(as_administrator, as_other_administrator, row_of(Policy), value="30")
    proposed(as_administrator, row_of(AccessRule), explanation_nl="Andere uitleg.")

    assert as_administrator.get(reverse(f"{BASE}_changelist") + query).context["cl"].result_count == count


def test_who_is_alone_reads_what_to_do(as_administrator):
    change = proposed(as_administrator, row_of(Policy), value="30")

    assert "Niemand anders kan dit publiceren" in text(as_administrator.get(page_of(change)))


def test_who_is_not_alone_reads_that_a_colleague_publishes(as_administrator, other_administrator):
    change = proposed(as_administrator, row_of(Policy), value="30")

    page = text(as_administrator.get(page_of(change)))

    assert "Niemand anders" not in page
    assert "Een collega publiceert" in page


def test_the_row_leads_to_the_form_and_to_what_waits(as_administrator):
    row = row_of(Policy)
    change = proposed(as_administrator, row, value="30")

    page = text(as_administrator.get(reverse("admin:casework_policy_change", args=[row.pk])))

    assert form_of(row) in page
    assert page_of(change) in page


def test_what_the_public_reads_changes_on_the_day_and_not_before(
    as_administrator, as_other_administrator, time_machine
):
    rule = row_of(AccessRule)
    change = proposed(as_administrator, rule, explanation_nl="Anders gezegd.")
    said = [current(rule.code)]
    settle(as_other_administrator, change)
    said.append(current(rule.code))

    time_machine.move_to(timezone.localtime() + timedelta(days=31))

    assert [*said, current(rule.code)] == [rule.explanation_nl, rule.explanation_nl, "Anders gezegd."]


def current(code):
    """What the rule says today."""
    return AccessRule.objects.in_force(on=today()).get(code=code).explanation_nl


@pytest.mark.parametrize("number", [1, 12])
def test_the_log_takes_few_queries_whatever_its_length(number, as_administrator, django_assert_max_num_queries):
    for value in range(number):
        proposed(as_administrator, row_of(Policy), value=str(30 + value))

    with django_assert_max_num_queries(10):
        assert as_administrator.get(reverse(f"{BASE}_changelist")).status_code == 200


def test_thousands_of_questions_are_refused_at_once(as_administrator):
    address = form_of(KindVersion.objects.order_by("pk")[0])

    page = send(as_administrator, address, **{"questions-TOTAL_FORMS": "9" * 30})

    assert page.status_code == 422
    assert not ReferenceChange.objects.exists()
    (questions,) = [part for title, part in page.context["parts"] if part.prefix == "questions"]
    assert len(questions.forms) == MOST_PARTS + 1
    assert "60" in text(page)
