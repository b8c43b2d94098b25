"""Splits a text of the letter into pieces: words to edit, and between them figures and choices in plain language.

What is stored and published remains the template. Editors of the words see no code: a figure shows its current number
and what it counts, a choice says when its words are used. Joined, the pieces are the same template again.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from reporting.letter import template_language
from reporting.letter.chapters import OWN_TEXTS
from reporting.letter.template_language import BadText

CODE = re.compile(r"(\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\})", re.DOTALL)
"""Markup: between {% and %}, {{ and }}, {# and #}."""
EXPRESSION = re.compile(r"(?P<path>[A-Za-z_][\w.]*)(?P<filters>(?:\|\w+(?:\(\"[^\"]*\"\))?)*)")
FILTER = re.compile(r"\|(\w+)(?:\(\"([^\"]*)\"\))?")
OPERATORS: Mapping[str, StrOrPromise] = {
    "and": gettext_lazy("and"),
    "or": gettext_lazy("or"),
    "not": gettext_lazy("not:"),
    ">": gettext_lazy("is more than"),
    "<": gettext_lazy("is less than"),
    ">=": gettext_lazy("is at least"),
    "<=": gettext_lazy("is at most"),
    "==": gettext_lazy("is"),
    "!=": gettext_lazy("is not"),
    "in": gettext_lazy("is one of"),
}
FILTERS: Mapping[str, StrOrPromise] = {
    "rises": gettext_lazy("rises"),
    "falls": gettext_lazy("falls"),
    "equal": gettext_lazy("stays the same"),
    "missing": gettext_lazy("is not known"),
    "percent": gettext_lazy("its share"),
    "whole": gettext_lazy("of how many"),
    "share": gettext_lazy("its share and its number"),
    "part": gettext_lazy("its share and its number"),
    "comparable": gettext_lazy("is known of the period before"),
    "number": gettext_lazy("as a number"),
    "compared": gettext_lazy("change from the period before"),
    "compared_percent": gettext_lazy("change from the period before, in percent"),
    "listed": gettext_lazy("as a list"),
}
DAYS: Mapping[str, StrOrPromise] = {
    "period": gettext_lazy("the period"),
    "first": gettext_lazy("the first day"),
    "last": gettext_lazy("the last day"),
    "as_of": gettext_lazy("as of"),
    "opened": gettext_lazy("the opening of the desk"),
    "since_opening": gettext_lazy("the time since the opening"),
    "previous_period": gettext_lazy("the period before"),
    "previous_as_of": gettext_lazy("the day as of which the period before is told"),
    "ordinal": gettext_lazy("which letter of the series it is"),
    "letter_on": gettext_lazy("the date of the letter"),
    "signed_by": gettext_lazy("who signs"),
}
FACTS: Mapping[str, StrOrPromise] = {
    "zones.count": gettext_lazy("municipalities with a zone"),
    "zones.begun": gettext_lazy("days on which zones began"),
    "zones.later": gettext_lazy("zones that were announced and are still to begin in that year"),
    "zones.of_year": gettext_lazy("zones that began in that year"),
    "zones.year": gettext_lazy("the year of the last day"),
    "zones.ended_local": gettext_lazy("local applications in the municipalities whose warning period ended"),
    "zones.ended": gettext_lazy("municipalities whose warning period ended"),
    "zones.ended_count": gettext_lazy("number of municipalities whose warning period ended"),
    "zones.fining": gettext_lazy("municipalities that fine"),
    "zones.unknown": gettext_lazy("municipalities of which no day of fining is known"),
    "returns.expected": gettext_lazy("municipalities that must hand in"),
    "returns.complete": gettext_lazy("municipalities that handed in everything"),
    "returns.some": gettext_lazy("municipalities that handed in something"),
    "returns.missing": gettext_lazy("municipalities that have not handed in everything"),
    "returns.missed_by_all": gettext_lazy("the months that no municipality has handed in"),
    "corrections": gettext_lazy("corrections of earlier letters"),
    "signals": gettext_lazy("signals of branch organisations"),
    "now_national": gettext_lazy("kinds that were local and are national now"),
    "upheld.count": gettext_lazy("objections upheld in the period"),
    "upheld.led": gettext_lazy("objections upheld in the period that changed the thresholds"),
    "upheld.days": gettext_lazy("the days from which those thresholds hold"),
    "appeals": gettext_lazy("kinds of exemption about which there were appeals"),
    "day_exemption_max": gettext_lazy("most day exemptions a year"),
    **{f"own.{one.name}": one.title for one in OWN_TEXTS},
}
PARTS: Mapping[str, StrOrPromise] = {
    "day": gettext_lazy("the day"),
    "month": gettext_lazy("the month"),
    "months": gettext_lazy("the months"),
    "name": gettext_lazy("the name"),
    "names": gettext_lazy("the names"),
    "label": gettext_lazy("the name"),
    "count": gettext_lazy("the number"),
    "value": gettext_lazy("the number"),
    "visitors": gettext_lazy("the visitors"),
    "pages": gettext_lazy("the pages"),
    "sentence": gettext_lazy("the sentence"),
    "organisation": gettext_lazy("the organisation"),
    "topic": gettext_lazy("the topic"),
    "text": gettext_lazy("the text"),
    "last": gettext_lazy("the last one"),
    "scope": gettext_lazy("where it holds"),
    "since": gettext_lazy("since when it exists"),
    "tone": gettext_lazy("the tone"),
    "topics": gettext_lazy("the topics"),
    "trend": gettext_lazy("how it went since January"),
    "first_month": gettext_lazy("the first month"),
    "last_month": gettext_lazy("the last month"),
    "verb": gettext_lazy("rose or fell"),
    "how": gettext_lazy("every month or on balance"),
    "places": gettext_lazy("in how many municipalities"),
    "unknown": gettext_lazy("not known of how many municipalities"),
    "delivered": gettext_lazy("handed in by how many municipalities"),
    "lowest": gettext_lazy("the lowest"),
    "highest": gettext_lazy("the highest"),
}
"""The fields of an item in a list."""
SCOPES: Mapping[str, StrOrPromise] = {
    "total": gettext_lazy("since the opening"),
    "previous": gettext_lazy("in the period before"),
}


SIGNS_ON_A_LINE = 50
FIELD = "words-"
"""The prefix of a piece's field name, before the position of the piece."""


@dataclass(frozen=True)
class Piece:
    """Part of a text. `sort`: words, figure, or choice (any tag of a condition or loop)."""

    sort: str
    source: str
    said: str = ""
    value: str = ""

    @property
    def is_editable(self) -> bool:
        """Whether it has words; mere whitespace stays as it is."""
        return self.sort == "words" and bool(self.source.strip())

    @property
    def words(self) -> str:
        """The source without surrounding whitespace."""
        return self.source.strip()

    @property
    def rows(self) -> int:
        """The height of its text field, in lines."""
        return sum(1 + len(line) // SIGNS_ON_A_LINE for line in self.words.split("\n"))


def split_into_pieces(body: str, values: Mapping[str, Any], titles: Mapping[str, Any]) -> list[Piece]:
    """The pieces of a text, in order. `values`: as the letter has them; `titles`: the figures of the period, by id."""
    return [build_piece(part, values, titles) for part in CODE.split(body) if part]


def build_piece(part: str, values: Mapping[str, Any], titles: Mapping[str, Any]) -> Piece:
    """One part of the template as a piece."""
    if part.startswith("{{"):
        inside = part[2:-2].strip()
        return Piece("figure", part, in_words(inside, titles), figure_now(part, values))
    if part.startswith("{%"):
        return Piece("choice", part, branch_in_words(part[2:-2].strip(), titles))
    return Piece("words", part)


def figure_now(part: str, values: Mapping[str, Any]) -> str:
    """The current value of a figure; empty inside a loop, where each item has its own."""
    try:
        return template_language.fill_template(part, values)
    except BadText:
        return ""


def branch_in_words(inside: str, titles: Mapping[str, Any]) -> str:
    """A sentence that says when the words that follow are used."""
    tag, _space, rest = inside.partition(" ")
    match tag:
        case "if":
            return _("Only if: %(condition)s") % {"condition": in_words(rest, titles)}
        case "elif":
            return _("Otherwise, if: %(condition)s") % {"condition": in_words(rest, titles)}
        case "else":
            return _("Otherwise")
        case "for":
            return _("For each of: %(list)s") % {"list": in_words(rest.partition(" in ")[2], titles)}
    return _("From here on always")


def in_words(expression: str, titles: Mapping[str, Any]) -> str:
    """An expression in plain language: a name with its filters, or a condition."""
    return " ".join(word_in_words(word, titles) for word in words_of(expression))


def words_of(expression: str) -> list[str]:
    """The words of an expression, split at spaces outside quotation marks."""
    return re.findall(r'(?:[^\s"]|"[^"]*")+', expression)


def word_in_words(word: str, titles: Mapping[str, Any]) -> str:
    """One word of an expression in plain language."""
    if word in OPERATORS:
        return str(OPERATORS[word])
    found = EXPRESSION.fullmatch(word)
    if found is None:
        return word.strip('"')
    done = [filter_in_words(name, given) for name, given in FILTER.findall(found["filters"])]
    named = name_of(found["path"].split("."), titles)
    return f"{named} {', '.join(done)}" if done else named


def filter_in_words(name: str, given: str) -> str:
    """What a filter does, in plain language."""
    return " / ".join(given.split(",")) if given else str(FILTERS.get(name, name))


def name_of(path: Sequence[str], titles: Mapping[str, Any]) -> str:
    """What a name stands for: the title of the figure and its row, or the day."""
    scope = f", {SCOPES[path[0]]}" if path[0] in SCOPES else ""
    figure, *row = path[1:] if scope else path
    if figure in titles:
        labels = {one["key"]: one["label"] for one in titles[figure]["rows"]}
        words = (str(labels.get(bit) or PARTS.get(bit) or bit.replace("_", " ")) for bit in row if bit != "all")
        rest = f": {' '.join(words)}"
        return f"{figure} {titles[figure]['title']}{rest if rest != ': ' else ''}{scope}"
    if figure == "kinds":
        return " ".join([_("the kind %(code)s") % {"code": row[0]}, *(str(PARTS[bit]) for bit in row[1:])])
    whole = ".".join(path)
    known = DAYS.get(whole) or FACTS.get(whole) or (PARTS.get(path[-1]) if len(path) > 1 else None)
    return str(known or " ".join(path).replace("_", " "))


# --- Put together again ----------------------------------------------------------------------------------


def join_sent(data: QueryDict) -> QueryDict:
    """The POST data, with the pieces joined into `body` if the text was sent in pieces."""
    if "source" not in data:
        return data
    joined = data.copy()
    joined["body"] = replace_words(str(data["source"]).replace("\r\n", "\n"), data)
    return joined


def replace_words(source: str, typed: Mapping[str, str]) -> str:
    """The template with other words; whitespace around each piece stays, and so does a piece that was not sent."""
    parts = [part for part in CODE.split(source) if part]
    for place, part in enumerate(parts):
        words = typed.get(f"{FIELD}{place}")
        if words is not None and not CODE.fullmatch(part):
            parts[place] = keep_space(part, words.replace("\r\n", "\n").strip())
    return "".join(parts)


def keep_space(source: str, words: str) -> str:
    """The new words with the whitespace that surrounded the old ones."""
    before, after = source[: len(source) - len(source.lstrip())], source[len(source.rstrip()) :]
    return f"{before}{words}{after}" if words else (before or after)


def has_code(body: str) -> bool:
    """Whether a text contains markup."""
    return bool(CODE.search(body))


def figures_used(body: str, titles: Mapping[str, Any]) -> list[tuple[str, str, Any]]:
    """The rows of the figures in a text: how to write each, what it counts, and its current number."""
    try:
        used = sorted(template_language.find_figures(body) & titles.keys())
    except BadText:
        return []
    return [
        (f"{figure}.{row['key']}", f"{titles[figure]['title']}: {row['label']}", row["count"])
        for figure in used
        for row in titles[figure]["rows"]
    ]
