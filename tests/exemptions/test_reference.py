"""The data that come with the product: complete, consistent in both languages, and never in the desk's way."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.utils.translation import override

from casework import reference as casework_reference
from casework.current_policy import CurrentPolicy
from casework.models import EquatedDay, LetterText, Policy
from casework.texts import find_placeholders, format_value, stray_braces
from exemptions import reference
from exemptions.models import EvidenceRequirement, Ground, Kind, KindQuestion, KindVersion, TextBlock
from exemptions.text_blocks import PLACEHOLDERS

pytestmark = pytest.mark.django_db

LOADED = [Kind, KindVersion, KindQuestion, EvidenceRequirement, Ground, TextBlock, LetterText, Policy, EquatedDay]
TODAY = date(2026, 12, 1)
NEW_CODES = {"KRM", "TRK", "DIE", "MKT"}
CODES = {"LEV", "NEV", "PAR", "HAN", "BEO", "NET", "VHZ", "LKR", "PHV", "EXC", "HAR", "DAG"} | NEW_CODES


def load(**options):
    casework_reference.load(**options)
    reference.load(**options)


def snapshot():
    return {model: list(model.objects.order_by("pk").values()) for model in LOADED}


def kind(code, *, on=TODAY):
    return KindVersion.objects.in_force(on=on).get(kind=code)


# --- Loading ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("overwrite", [False, True])
def test_loading_again_changes_nothing(overwrite):
    load(overwrite=overwrite)
    before = snapshot()

    load(overwrite=overwrite)

    assert snapshot() == before


def test_what_was_taken_away_by_accident_comes_back():
    Ground.objects.filter(kind="DAG").delete()
    Policy.objects.all().delete()

    load()

    assert Ground.objects.filter(kind="DAG").exists()
    assert CurrentPolicy.on(TODAY).number("completion_days") == 21


def test_what_an_administrator_filled_in_stays():
    KindVersion.objects.filter(kind="LEV").update(fee_eur=75)
    Policy.objects.filter(name="contact_phone").update(value="088 000 00 00")

    load()

    assert kind("LEV").fee_eur == 75
    assert CurrentPolicy.on(TODAY).text("contact_phone") == "088 000 00 00"


def test_a_newer_value_of_an_administrator_keeps_holding():
    Policy.objects.create(name="completion_days", value=28, valid_from=date(2026, 1, 1), source="a test")

    load(overwrite=True)

    assert CurrentPolicy.on(TODAY).number("completion_days") == 28


def test_the_shipped_values_come_back_when_asked():
    Policy.objects.filter(name="completion_days").update(value=99)

    load(overwrite=True)

    assert CurrentPolicy.on(TODAY).number("completion_days") == 21


def test_a_question_that_was_taken_out_does_not_come_back_by_itself():
    kind("LEV").questions.filter(code="lease_months").delete()

    load()

    assert not kind("LEV").questions.filter(code="lease_months").exists()


# --- Versions --------------------------------------------------------------------------------------------


def versions(code):
    return list(KindVersion.objects.filter(kind=code).order_by("valid_from").values_list("valid_from", "valid_until"))


def test_no_two_versions_of_a_kind_hold_on_one_day():
    later = KindVersion.objects.filter(kind="LEV").values().get() | {"id": None, "valid_from": TODAY}

    with pytest.raises(IntegrityError, match="kindversion_never_twice_at_once"), transaction.atomic():
        KindVersion.objects.create(**later)

    KindVersion.objects.filter(kind="LEV").update(valid_until=TODAY)
    KindVersion.objects.create(**later)


@pytest.mark.parametrize("of", ["LEV", None])
def test_no_two_versions_of_a_ground_hold_on_one_day(of):
    ground = Ground.objects.filter(kind=of, valid_until=None).values().first() | {"id": None, "valid_from": TODAY}

    with pytest.raises(IntegrityError, match="ground_never_twice_at_once"), transaction.atomic():
        Ground.objects.create(**ground)


@pytest.mark.parametrize("model", [Ground, KindVersion])
def test_nothing_is_of_a_kind_that_there_is_not(model):
    model.objects.create(**model.objects.values().first() | {"id": None, "kind_id": "XXX"})

    with pytest.raises(IntegrityError, match="kind"):
        connection.check_constraints()


def test_a_kind_with_versions_or_grounds_stays():
    with pytest.raises(ProtectedError):
        Kind.objects.get(code="LEV").delete()


def test_a_shipped_version_ends_the_one_before():
    before = versions("BEO")
    KindVersion.objects.filter(kind="BEO", valid_until=None).delete()
    KindVersion.objects.filter(kind="BEO").update(valid_until=None)

    load()

    assert versions("BEO") == before


def test_a_shipped_version_ends_where_that_of_an_administrator_begins():
    KindVersion.objects.filter(kind="BEO", valid_until=None).update(valid_from=date(2026, 6, 1))

    load()

    assert (date(2026, 1, 1), date(2026, 6, 1)) in versions("BEO")


# --- Kinds -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", LOADED)
def test_every_row_keeps_the_rules_of_its_fields(model):
    rows = list(model.objects.all())

    assert rows
    for row in rows:
        row.clean_fields()


def test_all_kinds_are_in_force():
    assert set(KindVersion.objects.in_force(on=TODAY).values_list("kind_id", flat=True)) == CODES


def test_business_economic_exemptions_became_national_in_2026():
    assert kind("BEO", on=date(2025, 12, 31)).scope == KindVersion.Scope.LOCAL
    assert kind("BEO", on=date(2026, 1, 1)).scope == KindVersion.Scope.NATIONAL


def test_a_vehicle_without_a_plate_is_possible_for_new_vehicles_since_2026():
    assert not kind("NEV", on=date(2025, 12, 31)).plate_may_be_absent
    assert kind("NEV", on=date(2026, 1, 1)).plate_may_be_absent
    assert kind("NEV").questions.filter(code="ownership").exists()
    assert not kind("NEV", on=date(2025, 12, 31)).questions.filter(code="ownership").exists()


def test_versions_of_a_kind_follow_each_other_without_a_gap():
    for earlier in KindVersion.objects.exclude(valid_until=None):
        assert KindVersion.objects.filter(kind=earlier.code, valid_from=earlier.valid_until).exists()


def test_only_the_fee_that_is_known_is_filled_in():
    assert dict(KindVersion.objects.exclude(fee_eur=None).values_list("kind_id", "fee_eur")) == {
        "DAG": 30,
        "KRM": 0,
        "TRK": 0,
    }


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_kind_can_be_granted_and_rejected(code):
    outcomes = set(Ground.objects.filter(kind=code).values_list("outcome", flat=True))

    assert {Ground.Outcome.GRANT, Ground.Outcome.REJECT} <= outcomes


@pytest.mark.parametrize("code", sorted(CODES - {"DAG"}))
def test_a_kind_that_a_person_decides_asks_questions_and_proof(code):
    assert kind(code).questions.exists()
    assert kind(code).evidence.filter(required=True).exists() is (code != "KRM")  # the register marks it


def test_a_tractor_unit_needs_three_axles_since_2026_and_four_before():
    before, now = kind("TRK", on=date(2025, 12, 31)), kind("TRK")

    assert (before.minimum_axles, now.minimum_axles) == (4, 3)
    assert not before.evidence.filter(code="transport_permit").exists()
    assert now.evidence.filter(code="transport_permit", required=True).exists()


def test_market_traders_stand_in_no_report_of_before_this_desk_took_their_applications():
    assert not KindVersion.objects.in_force(on=date(2026, 11, 29)).filter(kind="MKT").exists()


def test_market_traders_have_an_exemption_in_two_municipalities_only():
    names = kind("MKT").municipalities(on=TODAY).values_list("name", flat=True)

    assert set(names) == {"Rotterdam", "Maastricht"}
    assert kind("HAR").municipalities(on=TODAY).count() == 19


def test_a_database_of_before_gets_the_new_kinds_with_what_belongs_to_them():
    KindVersion.objects.filter(kind__in=NEW_CODES).delete()
    Ground.objects.filter(kind__in=NEW_CODES).delete()

    load()

    assert set(KindVersion.objects.in_force(on=TODAY).values_list("kind_id", flat=True)) == CODES
    assert kind("TRK").questions.count() == 4
    assert Ground.for_granting("MKT", on=TODAY) is not None


def test_a_question_that_depends_on_another_depends_on_an_answer_that_exists():
    dependent = KindQuestion.objects.exclude(only_if_code="")

    assert dependent
    for question in dependent:
        other = question.kind.questions.get(code=question.only_if_code)
        assert other.position < question.position
        assert f"{question.only_if_value}=" in other.choices_nl


def test_the_lists_have_the_same_codes_in_both_languages():
    for question in KindQuestion.objects.all():
        dutch, english = (
            [line.partition("=")[0] for line in lines.splitlines()]
            for lines in (question.choices_nl, question.choices_en)
        )
        assert dutch == english
        assert bool(dutch) == (question.answer == KindQuestion.Answer.CHOICE)


def test_proof_about_a_disability_is_not_kept():
    assert set(kind("HAN").evidence.filter(sensitive=True).values_list("code", flat=True)) == {
        "adaptation_invoice",
        "disability_proof",
    }


# --- Grounds ------------------------------------------------------------------------------------------------


def test_every_rejection_and_set_aside_counts_somewhere():
    assert not Ground.objects.filter(
        category="", outcome__in=(Ground.Outcome.REJECT, Ground.Outcome.SET_ASIDE)
    ).exists()


def test_a_text_block_is_complete_and_is_of_a_ground_of_its_kind():
    blocks = TextBlock.objects.all()

    assert {block.use for block in blocks} == set(TextBlock.Use.values)
    for block in blocks:
        texts = [getattr(block, f"{name}_{language}") for name in ("title", "text") for language in ("nl", "en")]
        assert all(texts), block.code
        assert not any(find_placeholders(text) - set(PLACEHOLDERS) or stray_braces(text) for text in texts)
        assert not block.ground or Ground.objects.filter(kind=block.kind_id, code=block.ground).exists(), block.code


def test_the_grounds_to_set_aside_are_for_every_kind():
    rows = Ground.objects.filter(outcome=Ground.Outcome.SET_ASIDE).values_list("kind_id", "code", "category")

    assert set(rows) == {(None, "no_response", "no_response"), (None, "wrong_data", "wrong_data")}


@pytest.mark.parametrize(("kind", "code"), [("NEV", "available"), ("PAR", "business_tariff"), ("LKR", "too_old")])
def test_a_ground_from_other_data_than_the_applicants_asks_a_hearing(kind, code):
    assert Ground.objects.get(kind=kind, code=code).rests_on_other_data


@pytest.mark.parametrize("language", ["nl", "en", "de", "fr", "pl"])
@pytest.mark.parametrize("code", ["PAR", "VHZ", "LKR", "PHV", "KRM", "TRK"])
def test_a_kind_that_ends_tells_its_last_day_not_the_day_after(code, language):
    with override(language):
        last_day = format_value(kind(code).ends_by - timedelta(days=1))
        assert last_day.removesuffix(" roku") in kind(code).text("duration", language)


# --- Settings ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("completion_days", 21),
        ("view_days", 14),
        ("remind_after_days", 14),
        ("completion_rounds", 2),
        ("set_aside_silence_days", 14),
        ("day_exemption_max", 12),
        ("draft_days", 90),
        ("letter_notice_hours", 48),
    ],
)
def test_a_number_is_set(name, value):
    assert CurrentPolicy.on(TODAY).number(name) == value


def test_a_rejection_needs_a_second_pair_of_eyes():
    assert CurrentPolicy.on(TODAY).switch("second_pair_for_rejection")
    assert CurrentPolicy.on(TODAY).switch("second_pair_for_hardship")


def test_what_no_public_text_says_is_to_be_filled_in():
    empty = set(Policy.objects.filter(value__isnull=True).values_list("name", flat=True))

    contact = {"sender_address", "contact_phone", "contact_email", "objection_address"}
    assert empty == {*contact, "payment_how", "payment_how_en", "court_national"}


def test_every_setting_has_its_source():
    assert not Policy.objects.filter(source="").exists()


# --- The law in both languages ---------------------------------------------------------------------------


def test_a_letter_in_english_quotes_the_law_in_english():
    for ground in Ground.objects.all():
        assert "{" not in ground.basis("nl") + ground.basis("en")
        assert ground.basis("en").startswith(("article ", "articles "))
        assert "Regulations" in ground.basis("en") or "Act" in ground.basis("en")


def test_an_article_that_the_desk_wrote_only_in_dutch_is_quoted_in_dutch():
    assert Ground(article="artikel 1 APV").basis("en") == "artikel 1 APV"


def test_a_setting_of_grounds_says_them_in_words():
    with override("nl"):
        shown = str(Policy.objects.get(name="register_grounds"))

    assert "Geen plug-in hybride" in shown
    assert "not_plug_in" not in shown
