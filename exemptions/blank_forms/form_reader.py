"""Reads a form that came back: whether it is ours, what is missing, and what it says.

Every error is a sentence with the cell, so that people can fix it in the file that they have open.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework.deadline_words import format_day
from casework.spreadsheets import uploaded_file, xlsx_lines
from casework.spreadsheets.lines import Formula, Line, filter_filled_lines, name_cell
from casework.uploads.refusals import FileRefused
from exemptions.blank_forms.form_writer import FIRST, MARK, NUMBER
from exemptions.blank_forms.questions import VERSION, YEARS, Question, by_code, load_questions
from exemptions.forms.fields import day_field

MARKED = re.compile(rf"{MARK}\s*(\d{{1,4}})")
ABSENT = {"nvt", "n.v.t", "n.v.t.", "n/a", "na", "-", "–"}
YES_NO = {"ja": True, "yes": True, "nee": False, "no": False}
MOST_TOLD = 12
"""How many cells one message names; more would hide the first."""
LONGEST = 3000

Value = str | Decimal | date | bool | None


@dataclass(frozen=True)
class FormAnswer:
    """A question with one value, or one for each year; None for each cell that was left empty."""

    question: Question
    values: tuple[Value, ...]


@dataclass(frozen=True)
class FilledForm:
    """The contents of a form."""

    years: tuple[str, ...]
    answers: tuple[FormAnswer, ...]

    def numbers(self, code: str) -> list[Decimal | None]:
        """The numeric values of a question, by year if the question is by year; None for anything else."""
        found = next(answer for answer in self.answers if answer.question.code == code)
        return [value if isinstance(value, Decimal) else None for value in found.values]


def read_answers(content: bytes, *, name: str = "") -> FilledForm:
    """Read the answers. Raises FileRefused with every error; `name` is the file's name for these."""
    uploaded_file.refuse_archive(content, name=name)
    lines = list(filter_filled_lines(xlsx_lines.read_xlsx_lines(content)))
    refuse_others(lines)
    rows = {code_of(line): line for line in lines}
    wanted = by_code(load_questions())
    if gone := [code for code in wanted if code not in rows]:
        raise FileRefused(
            _("The lines %(lines)s are no longer in the form. Download the form again and copy your answers to it.")
            % {"lines": ", ".join(gone[:MOST_TOLD])}
        )
    answers, problems = [], []
    for code, question in wanted.items():
        values, wrong = values_of(rows[code], question)
        answers.append(FormAnswer(question, values))
        problems += wrong
    refuse_problems(problems)
    return FilledForm(years_of(lines), tuple(answers))


def refuse_others(lines: Sequence[Line]) -> None:
    """Raise FileRefused if the file is not our form, or is another version."""
    words = [str(cell) for line in lines[:5] for cell in line.cells if isinstance(cell, str)]
    found = next((match for text in words if (match := MARKED.search(text))), None)
    if found is None:
        raise FileRefused(_("This is not our form. Download the form, fill it in and send that file."))
    if int(found[1]) != VERSION:
        raise FileRefused(
            _("This is version %(theirs)s of the form; we now use version %(ours)s. Download the form again.")
            % {"theirs": found[1], "ours": VERSION}
        )


def code_of(line: Line) -> str:
    """The number of the question, which a program may have turned from text into a number."""
    first = line.cells[NUMBER - 1] if line.cells else None
    return str(first).strip() if first is not None else ""


def years_of(lines: Sequence[Line]) -> tuple[str, ...]:
    """The years above the figures."""
    heading = next((line for line in lines if code_of(line) == "3"), None)
    cells = heading.cells[FIRST - 1 : FIRST - 1 + YEARS] if heading else ()
    return tuple(str(cell)[:10] for cell in cells)


def values_of(line: Line, question: Question) -> tuple[tuple[Value, ...], list[str]]:
    """The values in the cells of a question, and what is wrong with them."""
    values: list[Value] = []
    problems: list[str] = []
    for column in range(FIRST - 1, FIRST - 1 + question.cells):
        cell = line.cells[column] if column < len(line.cells) else None
        try:
            values.append(value_of(cell, question))
        except ValueError as wrong:
            values.append(None)
            problems.append(f"{name_cell(line.number, column)} ({label_of(question)}): {wrong}")
    return tuple(values), problems


def value_of(cell: object, question: Question) -> Value:
    """The value of one cell. Raises ValueError with what is wrong with it."""
    if isinstance(cell, Formula):
        raise ValueError(_("type the outcome itself, not a formula"))
    words = " ".join(str(cell).split()) if cell is not None else ""
    if not words:
        if question.required:
            raise ValueError(_("fill this in"))
        return None
    if question.by_year and words.casefold() in ABSENT:
        return None
    return READERS[question.answer](cell, words)


def as_amount(cell: object, words: str) -> Decimal:
    """A number, also as people type it: € 1.500,50."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return Decimal(str(cell))
    bare = re.sub(r"[€\s%]|euro", "", words.replace("−", "-"), flags=re.IGNORECASE)
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?", bare) or re.fullmatch(r"-?\d+,\d+", bare):
        bare = bare.replace(".", "").replace(",", ".")
    try:
        number = Decimal(bare)
    except InvalidOperation:
        raise ValueError(_("fill in a number")) from None
    if not number.is_finite() or abs(number) >= Decimal(10) ** 12:
        raise ValueError(_("fill in a number"))
    return number


def as_day(cell: object, words: str) -> date:
    """A date cell, or text such as 31-12-2026."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    try:
        found: date = day_field().clean(words)
    except ValidationError:
        raise ValueError(_("fill in a date as 31-12-2026")) from None
    return found


def as_yes_no(_cell: object, words: str) -> bool:
    """Yes or no, in Dutch or English."""
    if words.casefold() not in YES_NO:
        raise ValueError(_("fill in yes or no"))
    return YES_NO[words.casefold()]


def as_confirmed(cell: object, words: str) -> bool:
    """A declaration, which must be a yes. Raises ValueError for a no."""
    if not as_yes_no(cell, words):
        raise ValueError(_("we can only take the form if you fill in yes here"))
    return True


def as_text(_cell: object, words: str) -> str:
    """The text, cut off at LONGEST."""
    return words[:LONGEST]


READERS: dict[str, Callable[[object, str], Value]] = {
    "amount": as_amount,
    "number": as_amount,
    "date": as_day,
    "yes_no": as_yes_no,
    "confirm": as_confirmed,
    "text": as_text,
}


def label_of(question: Question) -> str:
    """The question in the reader's language."""
    return question.label((get_language() or "nl")[:2])


def refuse_problems(problems: Sequence[str]) -> None:
    """Raise FileRefused with the wrong cells, up to a readable number of them."""
    if not problems:
        return
    told = list(problems[:MOST_TOLD])
    if more := len(problems) - len(told):
        told.append(_("… and %(number)s more cells.") % {"number": more})
    raise FileRefused([_("The form is not complete yet. Fill in these cells and add the file again:"), *told])


def in_words(form: FilledForm) -> list[tuple[str, str]]:
    """Each question with its answer in words, for a caseworker."""
    return [
        (f"{one.question.code} {label_of(one.question)}", " · ".join(map(as_words, one.values))) for one in form.answers
    ]


def as_words(value: Value) -> str:
    """A value as people read it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal):
        return number_format(value, decimal_pos=0 if value == value.to_integral_value() else 2, force_grouping=True)
    return format_day(value) if isinstance(value, date) else value or "–"


def sums_of(form: FilledForm) -> Iterator[tuple[str, str]]:
    """What a caseworker would calculate: shares by year, and the cost of replacing. No norm is applied."""
    yield _("Equity as part of the balance sheet total"), in_years(form, yearly_shares(form, "3.3", "3.4"))
    yield _("Current assets as part of debts within a year"), in_years(form, yearly_shares(form, "3.5", "3.7"))
    price, yields, subsidy, charger = (form.numbers(code)[0] or Decimal(0) for code in ("4.1", "4.2", "4.3", "4.4"))
    yield (
        _("Replacing costs, after sale and subsidy, with charging point"),
        f"€ {as_words(price - yields - subsidy + charger)}",
    )


def yearly_shares(form: FilledForm, part: str, whole: str) -> list[str]:
    """One number as a percentage of another, by year."""
    pairs = zip(form.numbers(part), form.numbers(whole), strict=True)
    return [f"{one / all_ * 100:.0f}%" if one is not None and all_ else "–" for one, all_ in pairs]


def in_years(form: FilledForm, values: Sequence[str]) -> str:
    """Each year with its value, in words."""
    return ", ".join(f"{year}: {value}" for year, value in zip(form.years, values, strict=False))
