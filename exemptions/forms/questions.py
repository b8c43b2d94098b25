"""Forms for the questions of a kind, generated from its rows in the database."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exemptions.forms.fields import amount_field, day_field
from exemptions.intake import answer_days
from exemptions.models import KindQuestion

SHORT, LONG = 300, 5000  # characters
Answer = KindQuestion.Answer


class QuestionsForm(forms.Form):
    """One field per question; answers are stored as text.

    `known`: answers given elsewhere, against which days are checked; `among`: all questions of the kind.
    """

    def __init__(
        self,
        *args: Any,
        questions: Sequence[KindQuestion],
        known: Mapping[str, object] | None = None,
        among: Iterable[KindQuestion] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions, self.known, self.among = questions, known or {}, [*among, *questions]
        for question in questions:
            self.fields[question.code] = make_question_field(question)

    def clean(self) -> dict[str, Any]:
        """Add an error for each day that is impossible given today and the other answers."""
        data = super().clean() or {}
        add_day_errors(self, self.questions, {**self.known, **data}, among=self.among)
        return data

    def mark_read(self, files: Mapping[str, str]) -> None:
        """Say at each of these questions in which file we read its answer."""
        for code, name in files.items():
            if code in self.fields:
                note = _("From “%(name)s”. Is this right?") % {"name": name}
                field = self.fields[code]
                field.help_text = format_html('{} <span class="loket-read">{}</span>', field.help_text, note)

    def answers(self) -> dict[str, str]:
        """The answers by the code of the question."""
        return {name: as_text(value) for name, value in self.cleaned_data.items()}


def add_day_errors(
    form: forms.Form, questions: Iterable[KindQuestion], answers: Mapping[str, object], *, among: Iterable[KindQuestion]
) -> None:
    """Add an error to the field of each impossible day."""
    every = list(among)
    for question in questions:
        wrong = answer_days.find_day_problem(question, answers, among=every, today=timezone.localdate())
        if wrong and question.code not in form.errors:
            form.add_error(question.code, wrong)


def make_question_field(question: KindQuestion) -> forms.Field:
    """The form field that fits the type of answer."""
    made = FIELDS[Answer(question.answer)](
        label=question.text("label"), help_text=question.text("help"), required=question.required
    )
    if isinstance(made, forms.ChoiceField) and question.answer == Answer.CHOICE:
        made.choices = list(parse_choices(question.text("choices")))
    return made


def parse_choices(lines: str) -> list[tuple[str, str]]:
    """The choices of a question, from lines of `code=words`."""
    split = (line.partition("=") for line in lines.splitlines() if line.strip())
    return [(code.strip(), words.strip()) for code, _sign, words in split]


def as_text(value: object) -> str:
    """An answer as the draft stores it."""
    if value is True:
        return "yes"
    if value in (None, False):
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def in_words(question: KindQuestion, answer: str) -> str:
    """An answer as people read it."""
    if question.answer == Answer.CHOICE:
        return dict(parse_choices(question.text("choices"))).get(answer, answer)
    if question.answer in (Answer.YES_NO, Answer.CONFIRM):
        return {"yes": _("yes"), "no": _("no")}.get(answer, "")
    if question.answer == Answer.DATE and answer:
        return date_format(date.fromisoformat(answer), "DATE_FORMAT")
    if question.answer == Answer.NUMBER and answer:
        return number_format(answer, use_l10n=True, force_grouping=True)
    return answer


def make_choice_field(**options: Any) -> forms.ChoiceField:
    """Radio buttons, so that all choices are visible."""
    return forms.ChoiceField(
        widget=forms.RadioSelect, error_messages={"required": gettext_lazy("Choose an answer.")}, **options
    )


def yes_no(**options: Any) -> forms.ChoiceField:
    """A yes or no question."""
    made = make_choice_field(**options)
    made.choices = [("yes", _("yes")), ("no", _("no"))]
    return made


def make_text_field(**options: Any) -> forms.CharField:
    """A single line of text."""
    return forms.CharField(max_length=SHORT, **options)


def long_text(**options: Any) -> forms.CharField:
    """A few paragraphs of text."""
    return forms.CharField(max_length=LONG, widget=forms.Textarea(attrs={"rows": 6}), **options)


FIELDS: dict[KindQuestion.Answer, Callable[..., forms.Field]] = {
    Answer.TEXT: make_text_field,
    Answer.LONG_TEXT: long_text,
    Answer.DATE: day_field,
    Answer.NUMBER: amount_field,
    Answer.YES_NO: yes_no,
    Answer.CONFIRM: forms.BooleanField,
    Answer.CHOICE: make_choice_field,
}
