"""Placeholders give the facts of today, and a change of a rule is noticed and described."""

from datetime import date

import pytest
from django.utils.translation import override

from casework.models import Policy
from exemptions.models import KindVersion
from helpdesk import fact_words
from helpdesk.content_version import compute_stamp
from helpdesk.facts import Facts, references_in
from zones.models import AccessRule, Municipality, Zone

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


def facts(language="nl", on=TODAY):
    return Facts.on(on, language=language)


@pytest.mark.parametrize(
    ("placeholder", "nl", "en"),
    [
        ("{rule:V2:until}", "1 januari 2027", "1 January 2027"),
        ("{rule:V2:last_day}", "31 december 2026", "31 December 2026"),
        ("{rule:T3:admitted_last}", "31 december 2019", "31 December 2019"),
        ("{kind:PAR:last_day}", "31 december 2029", "31 December 2029"),
        ("{kind:BEO:weeks}", "8", "8"),
        ("{fine:van_year}", "2026", "2026"),
        ("{fine:truck_year}", "2025", "2025"),
        ("{fine:year}", "2025 en 2026", "2025 and 2026"),
        ("{rule:V3b:announced_on}", "14 maart 2025", "14 March 2025"),
        ("{rule:V3b:last_day_by_law}", "31 december 2027", "31 December 2027"),
        ("{rule:T3:admitted_from}", "1 januari 2017", "1 January 2017"),
        ("{rule:X40:until}", "1 januari 2030", "1 January 2030"),
        ("{kind:DAG:fee}", "€\xa030,00", "€\xa030.00"),
        ("{kind:BEO:duration}", "1 jaar", "1 year"),
        ("{kind:PAR:ends_by}", "1 januari 2030", "1 January 2030"),
        ("{policy:day_exemption_max}", "12", "12"),
        ("{fine:van}", "€\xa0130", "€\xa0130"),
        ("{fine:truck}", "€\xa0310", "€\xa0310"),
        ("{zone_count}", "19", "19"),
    ],
)
def test_a_placeholder_is_filled_in_the_language_of_the_text(placeholder, nl, en):
    assert (facts("nl").fill(placeholder), facts("en").fill(placeholder)) == (nl, en)


def test_the_zones_are_listed_as_a_sentence_lists_them():
    names = facts().fill("{zones}")

    assert names.endswith(" en Zwolle")
    assert "Utrecht" in names


def test_a_zone_that_has_still_to_start_is_not_counted():
    Zone.objects.filter(name="Utrecht").update(starts_on=date(2027, 1, 1))

    assert facts().fill("{zone_count}") == "18"
    assert "Utrecht" not in facts().fill("{zones}")


@pytest.mark.parametrize(
    "name",
    ["rule:ZZ:until", "rule:V2:colour", "rule:V2", "kind:XXX:fee", "kind:DAG:x", "policy:none", "fine:bus", "nothing"],
)
def test_a_placeholder_that_names_nothing_is_found_and_never_breaks_a_page(name):
    assert facts().unknown(f"Tot {{{name}}}.") == [name]
    assert facts().fill(f"Tot {{{name}}}.") == "Tot (nog niet bekend)."


def test_a_setting_that_is_empty_says_so():
    Policy.objects.filter(name="fine_van_eur").update(value=None)

    assert facts().fill("{fine:van}") == "(nog niet bekend)"
    assert facts().unknown("{fine:van}") == []


@pytest.mark.parametrize(
    ("on", "words"),
    [(date(2026, 12, 31), "Nog wel.\n\nSlot.\n"), (date(2027, 1, 1), "Niet meer.\n\nNa {x}.\n\nSlot.\n")],
)
def test_a_block_is_said_until_a_rule_ends_or_from_then_on(on, words):
    text = "{before:V2}Nog wel.{/before}{after:V2}Niet meer.{/after}\n\n{after:V2}Na {x}.{/after}\n\nSlot.\n"

    assert facts(on=on).fill(text.replace("{x}", "{rule:V2:last_day}")) == words.replace("{x}", "31 december 2026")


@pytest.mark.parametrize(
    ("on", "words"), [(date(2026, 6, 1), "Tot 2029. Nog geen wet."), (date(2029, 1, 1), "Tot 2029.")]
)
def test_what_is_announced_is_said_until_the_rule_ends(on, words):
    assert facts(on=on).fill("Tot 2029. {announced:V3b}Nog geen wet.{/announced}").strip() == words


def test_what_is_law_is_not_called_announced():
    AccessRule.objects.filter(code="V3b").update(announced_on=None, until_by_law=None)

    assert facts().fill("Tot 2029.{announced:V3b} Nog geen wet.{/announced}") == "Tot 2029."
    assert facts().state(["rule:V3b"]).keys().isdisjoint({"rule:V3b:announced_on"})


def test_the_end_of_a_block_moves_with_its_rule():
    AccessRule.objects.filter(code="V2").update(until=date(2031, 1, 1))

    assert facts(on=date(2027, 1, 1)).fill("{before:V2}Nog.{/before}{after:V2}Niet.{/after}") == "Nog."


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("{before:ZZ}Nog.{/before}", ["before:ZZ"]),
        ("{before:V2}Nog.", ["before:V2"]),
        ("Nog.{/after}", ["/after"]),
        ("{before:V2}Nog.{/after}", ["before:V2", "/after"]),
        ("{before:V2}Nog {rule:V2:colour}.{/before}", ["rule:V2:colour"]),
        ("{before:V2}Nog.{/before}{after:V2}Niet.{/after}", []),
    ],
)
def test_a_block_that_is_mistyped_is_found(text, wrong):
    assert facts().unknown(text) == wrong


@pytest.mark.parametrize(
    ("language", "fee", "fine"),
    [
        ("nl", "€\xa030,00", "€\xa0130"),
        ("de", "30,00\xa0€", "130\xa0€"),
        ("fr", "30,00\xa0€", "130\xa0€"),
        ("pl", "30,00\xa0€", "130\xa0€"),
    ],
)
def test_an_amount_is_written_as_the_language_writes_it(language, fee, fine):
    assert (facts(language).fill("{kind:DAG:fee}"), facts(language).fill("{fine:van}")) == (fee, fine)


def test_how_long_a_kind_lasts_is_said_in_the_language_of_the_text():
    assert facts("de").fill("{kind:BEO:duration}") == "1 Jahr"


@pytest.mark.parametrize(
    ("language", "day"), [("de", "1. Januar 2027"), ("pl", "1 stycznia 2027 roku"), ("fr", "1er janvier 2027")]
)
def test_a_day_is_written_as_the_language_writes_it(language, day):
    assert facts(language).fill("{rule:V2:until}") == day


def test_the_version_of_a_rule_is_that_of_the_day():
    old = AccessRule.objects.get(code="V2")
    AccessRule.objects.filter(pk=old.pk).update(valid_until=date(2026, 7, 1))
    AccessRule.objects.create(
        code="V2", category="van", emission_classes=["5"], allowed=True, until=date(2029, 1, 1),
        valid_from=date(2026, 7, 1), source="Stb. 2026", explanation_nl="Nog.", explanation_en="Still.",
    )  # fmt: skip

    assert facts(on=date(2026, 6, 30)).fill("{rule:V2:until}") == "1 januari 2027"
    assert facts(on=date(2026, 7, 1)).fill("{rule:V2:until}") == "1 januari 2029"


def test_a_changed_fact_changes_the_fingerprint_and_another_one_does_not():
    before = facts().fingerprint(["rule:V2"])

    AccessRule.objects.filter(code="T3").update(until=date(2031, 1, 1))
    assert facts().fingerprint(["rule:V2"]) == before
    AccessRule.objects.filter(code="V2").update(until=date(2031, 1, 1))
    assert facts().fingerprint(["rule:V2"]) != before


def test_the_day_on_which_access_ends_is_a_change_too():
    last, first_without = (facts(on=day).fingerprint(["rule:V2"]) for day in (date(2026, 12, 31), date(2027, 1, 1)))

    assert last != first_without


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda: AccessRule.objects.filter(code="V2").update(until=date(2029, 1, 1)),
         "V2 – geeft toegang tot: 1 januari 2027 → 1 januari 2029"),
        (lambda: KindVersion.objects.filter(kind="DAG").update(fee_eur=35), "DAG – leges in euro’s: 30.00 → 35.00"),
        (lambda: Policy.objects.filter(name="fine_van_eur").update(value=140),
         "boete voor een bestelauto, in euro's: 130 → 140"),
        (lambda: Municipality.objects.filter(name="Assen").update(fines_from=date(2026, 9, 1)),
         "Assen – boetes vanaf: niet ingevuld → 1 september 2026"),
    ],
)  # fmt: skip
def test_a_change_is_told_in_words(change, words):
    references = ["rule:V2", "kind:DAG", "fine:van", "zones"]
    before = facts().state(references)
    change()

    with override("nl"):
        told = fact_words.describe_changes(before, facts().state(references))

    assert len(told) == 1
    assert told[0].replace("’", "'").split(": ")[1] == words.replace("’", "'").split(": ")[1]


def test_a_rule_that_is_no_more_is_a_change():
    before = facts().state(["rule:V2"])
    AccessRule.objects.filter(code="V2").update(valid_until=date(2026, 1, 1))

    assert fact_words.describe_changes(before, facts().state(["rule:V2"]))


def test_what_a_text_rests_on_is_read_from_it():
    text = (
        "Tot {rule:V2:until} in {zones}, {kind:DAG:fee}, {fine:van} en {policy:day_exemption_max}.{after:T3}Na.{/after}"
    )

    assert references_in(text) == {"rule:V2", "rule:T3", "zones", "kind:DAG", "fine:van", "policy:day_exemption_max"}


def test_facts_take_one_query_until_something_changes(django_assert_num_queries):
    facts()

    with django_assert_num_queries(1):
        facts("en")
    AccessRule.objects.filter(code="V2").update(until=date(2031, 1, 1))
    assert facts().fill("{rule:V2:until}") == "1 januari 2031"


@pytest.mark.parametrize(
    "change",
    [
        lambda: AccessRule.objects.filter(code="V2").update(explanation_nl="Anders."),
        lambda: AccessRule.objects.filter(code="V2").delete(),
        lambda: Policy.objects.create(name="new", valid_from=TODAY, value=1, source="test"),
    ],
)
def test_every_change_makes_another_stamp(change):
    before = compute_stamp()
    assert compute_stamp() == before
    change()

    assert compute_stamp() != before
