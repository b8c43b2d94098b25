"""The frequent questions as they come with the product, and the rows that they rest on, read from their files."""

import re
from collections.abc import Iterator
from pathlib import Path

import casework
import exemptions
import helpdesk
import zones
from helpdesk.facts import BLOCK, FINES, LAST_DAYS, PLACEHOLDER, RULE_FIELDS, YEARS
from tests.helpdesk.tables import table

DATA = Path(helpdesk.__file__).parent / "data"
KINDS = Path(exemptions.__file__).parent / "data"
ZONES = Path(zones.__file__).parent / "reference"
POLICIES = Path(casework.__file__).parent / "data" / "policies.csv"

# What a foreign carrier needs before the journey.
ABROAD = [
    "wat-is-een-ze-zone",
    "personenauto-of-camper",
    "welke-gemeenten",
    "bestelauto-emissieklasse-4",
    "bestelauto-emissieklasse-5",
    "bestelauto-emissieklasse-6",
    "nieuwe-diesel-2025",
    "vrachtauto-toegang",
    "wanneer-uitstootvrij",
    "wat-is-vrijstelling",
    "waar-aanvragen",
    "kosten",
    "dagontheffing-aantal",
    "dagontheffing-duur",
    "dagontheffing-achteraf",
    "hoogte-boete",
    "buitenlands-kenteken",
    "rijden-tijdens-behandeling",
    "hulp-logistiek-makelaar",
    "wat-verandert-er",
    "ligt-adres-in-zone",
    "betalen",
    "besluit-duur",
    "inloggen",
    "waarschuwing",
    "huur-of-vervangend-voertuig",
    "nacht-en-zondag",
    "verkeersbord",
    "andere-voertuigen",
]

LINK = re.compile(r"\[([^\]]+)\]\((page|topic):([a-z0-9_-]+)\)")
NUMBER = re.compile(r"(?<![\w.:])\d+(?:[.:]\d\d)?(?![\w:])")


def in_force(path: Path, code: str) -> dict[str, dict[str, str]]:
    """By code the row that has no end."""
    return {row[code]: row for row in table(path) if not row.get("valid_until")}


TOPICS = {row["slug"]: row for row in table(DATA / "topics.csv")}
PHRASES = table(DATA / "phrases.csv")
TEXTS = {tuple(path.name.split(".")[:2]): path.read_text(encoding="utf-8") for path in (DATA / "faq").glob("*.md")}
RULES = {
    **in_force(ZONES / "access_rules.csv", "code"),
    **in_force(ZONES / "automatic_exemptions.csv", "code"),
}
KIND = in_force(KINDS / "kinds.csv", "code")
POLICY = {row["name"]: row["value"] for row in table(POLICIES)}
NAMES = ", ".join(row["name"] for row in table(ZONES / "zones.csv"))


def answer(slug: str, language: str) -> list[str]:
    """The paragraphs of an answer; a list is one."""
    return TEXTS[slug, language].split("\n\n")[1:]


def value_of(placeholder: str, language: str) -> str:
    """The value of a placeholder in the tables; empty if there is none."""
    written = "nl" if language == "nl" else "en"
    sort, *rest = placeholder.split(":")
    match sort, rest:
        case (("before" | "after"), [code]):
            return RULES.get(code, {}).get("until", "")
        case "announced", [code]:
            return RULES.get(code, {}).get("announced_on", "")
        case "rule", [code, field] if field in RULE_FIELDS:
            return (
                RULES.get(code, {}).get(LAST_DAYS.get(field, field), "").replace("-", " ")
            )  # three words, as a written day has
        case "kind", [code, ("fee" | "last_day" | "duration" | "weeks") as field]:
            columns = {"fee": "fee_eur", "duration": f"duration_{written}"}
            column = {**columns, "weeks": "decision_weeks", "last_day": "ends_by"}[field]
            return KIND.get(code, {}).get(column, "").removesuffix(".")
        case "policy", [name]:
            return POLICY.get(name, "")
        case "fine", [field] if field in YEARS:
            return max(row["valid_from"] for row in table(POLICIES) if row["name"] == FINES[YEARS[field]])[:4]
        case "fine", [vehicle]:
            return POLICY.get(f"fine_{vehicle}_eur", "")
    return {"zones": NAMES, "zone_count": str(NAMES.count(",") + 1)}.get(placeholder, "")


def typed(text: str) -> str:
    """The words that somebody typed, without markup and without facts that are filled in."""
    return PLACEHOLDER.sub("", LINK.sub(r"\1", on_side("before", text) + on_side("after", text))).replace("**", "")


def on_side(side: str, text: str) -> str:
    """A text as it reads before, or after, the rules of its blocks end."""
    sides = {"before": ("before", "announced"), "after": ("after",)}[side]
    return BLOCK.sub(lambda found: found[3] if found[1] in sides else "", text)


def shown(text: str, language: str, side: str = "before") -> str:
    """The words that a reader sees: facts filled in, no markup."""
    filled = PLACEHOLDER.sub(lambda found: value_of(found[1], language), on_side(side, text))
    return LINK.sub(r"\1", filled).replace("**", "")


def words(text: str, language: str, side: str = "before") -> int:
    """How many words a reader sees, without those of tables, which nobody reads one after another."""
    lines = (line for line in shown(text, language, side).splitlines() if not line.startswith("|"))
    return sum(any(map(str.isalnum, word)) for line in lines for word in line.split())


def sentences(slug: str, side: str = "before") -> Iterator[str]:
    """The sentences of a Dutch answer; a line of a list is one or more of its own, a table has none."""
    for line in shown("\n".join(answer(slug, "nl")), "nl", side).splitlines():
        if not line.startswith("|"):
            yield from filter(None, re.split(r"(?<=[.?!:])\s+", line.removeprefix("- ")))


def numbers_it_rests_on(slug: str) -> set[str]:
    """Every number in the rows that a topic names as its ground, and in the words of those rows."""
    cells = []
    for reference in TOPICS[slug]["rests_on"].split():
        sort, _colon, code = reference.partition(":")
        row = {"rule": RULES, "kind": KIND}.get(sort, {}).get(code, {})
        evidence = [proof for proof in table(KINDS / "evidence.csv") if sort == "kind" and proof["kind_code"] == code]
        cells += [row.get(name, "") for name in ("emission_classes", "body_codes", "remark_codes")]
        cells += [row.get(name, "") for name in ("minimum_age_years", "below_age_years")]
        cells += [row.get(f"{name}_{language}", "") for name in ("conditions", "duration") for language in ("nl", "en")]
        cells += [proof[name] for proof in evidence for name in ("name_nl", "help_nl")]
    return set(NUMBER.findall(" | ".join(cells)))
