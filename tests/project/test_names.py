"""Names say what a thing is or does, as CONTRIBUTING asks: read from the syntax of the code, nothing is imported."""

import ast
from collections import Counter
from pathlib import Path

from django.conf import settings

PRODUCT = (
    "accounts",
    "casework",
    "complaints",
    "connections",
    "correspondence",
    "enforcement",
    "exemptions",
    "helpdesk",
    "objections",
    "renewals",
    "reporting",
    "watches",
    "zesportal",
    "zones",
)
MOST_ONE_WORD = 0.15
"""Of the functions of an app, with its steps: those become methods of the case."""
ONE_WORD = {
    "accounts": {"encrypt", "decrypt"},
    "casework": {"now", "today", "at", "load", "wired"},
    "exemptions": {"load", "remind"},
    "helpdesk": {"answer", "load"},
    "objections": {"remind", "objecting"},
    "renewals": {"run", "resume"},
    "reporting": {"load"},
    "zesportal": {"text", "flag", "number", "words", "control"},
    "zones": {"decide", "normalise", "load"},
}
"""What one word says outside steps: read with its module (`clock.now`, `env.flag`), a job, a template tag."""
VOCABULARY = "vocabulary.py"
"""Its functions are words of a text."""
PREPOSITIONS = """
about above across after against along among around at before behind below beneath beside besides between
beyond by despite down during except for from in inside into like near of off on onto out outside over past
per since through to toward towards under until up upon via with within without
"""
IRREGULAR = """
begun bought brought built chosen done drawn found given gone held kept known laid learnt left lent lost made
meant met paid put read said seen sent shown sold spent taken taught thought told understood withdrawn won
written
"""
"""Past participles that do not end in -ed."""
NOUNS_IN_ED = frozenset({"feed", "need", "seed", "speed"})


def modules(*packages: str) -> list[Path]:
    """The modules of packages, but for migrations: Django's commands and formats have names of their own."""
    found = [path for package in packages for path in (settings.BASE_DIR / package).rglob("*.py")]
    return [path for path in found if not {"migrations", "commands", "formats"} & set(path.parts)]


def functions(path: Path) -> list[str]:
    """The names of the functions at the top of a module; `_` is singledispatch's, which needs none."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return [one.name for one in body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and one.name != "_"]


def test_a_function_is_a_verb_and_its_object():
    every, one_word = Counter(), Counter()
    for package in (*PRODUCT, "demo", "scripts"):
        for name in (name for path in modules(package) for name in functions(path)):
            every[package] += 1
            one_word[package] += "_" not in name.strip("_")

    assert {name: one_word[name] for name in every if one_word[name] > MOST_ONE_WORD * every[name]} == {}
    assert every.total() > 3000, "the walk has lost its way"


def is_of_step(path: Path) -> bool:
    return "steps" in path.parent.name or path.stem.endswith("steps")


def test_outside_steps_one_word_is_not_enough():
    odd = {}
    for package in PRODUCT:
        paths = [path for path in modules(package) if not is_of_step(path) and path.name != VOCABULARY]
        names = {name for path in paths for name in functions(path) if "_" not in name.strip("_")}
        if names != ONE_WORD.get(package, set()):
            odd[package] = names ^ ONE_WORD.get(package, set())

    assert odd == {}


def is_past_participle(word: str) -> bool:
    return word in IRREGULAR.split() or (word.endswith("ed") and word not in NOUNS_IN_ED)


def test_a_module_is_a_noun():
    words = {path: path.stem.split("_") for path in modules(*PRODUCT, "demo") if path.stem != "__init__"}
    odd = [path for path, parts in words.items() if is_past_participle(parts[-1]) or parts[0] in PREPOSITIONS.split()]

    assert [str(path.relative_to(settings.BASE_DIR)) for path in odd] == []
    assert len(words) > 600, "the walk has lost its way"
