"""The form of a month: its numbers, and as many rows of mails by topic and tone as one needs."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.models import SiteMonthVersion
from reporting.returns.forms import ReadField
from reporting.site import delivery, rules
from reporting.site.columns import (
    CONTEXT,
    COUNT,
    FIELDS,
    LONGEST_SOURCE,
    LONGEST_TOPIC,
    NAMES,
    SOURCE,
    TOPIC,
    WORDS,
    Tone,
)
from reporting.site.delivery import Delivery, name_of
from reporting.site.rules import MOST_TOPICS

if TYPE_CHECKING:
    TopicFormSetBase = forms.BaseFormSet["TopicForm"]
else:
    TopicFormSetBase = forms.BaseFormSet

EMPTY_ROWS, MORE_ROWS = 3, 5
KNOWN_TOPICS = "known-topics"
TONE = "tone"
Offered = frozenset[tuple[str, str]]


class NumbersForm(forms.Form):
    """The numbers of the month, where they come from, and what one should know about them."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=32_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for column in FIELDS:
            self.fields[column.name] = ReadField(column)
        source = forms.TextInput(attrs={"maxlength": LONGEST_SOURCE})
        self.fields[SOURCE.name] = ReadField(SOURCE, widget=source)
        self.fields[CONTEXT.name] = ReadField(CONTEXT)


class TopicForm(forms.Form):
    """So many mails about a topic, in a tone. A row that was offered and got no number is left out."""

    tone = forms.ChoiceField(
        label=gettext_lazy("Tone"), required=False, choices=[("", gettext_lazy("Choose")), *Tone.choices]
    )

    def __init__(self, *args: Any, offered: Offered = frozenset(), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        topic = forms.TextInput(attrs={"maxlength": LONGEST_TOPIC, "list": KNOWN_TOPICS, "autocomplete": "off"})
        self.fields = {
            TOPIC.name: ReadField(TOPIC, widget=topic),
            TONE: self.fields[TONE],
            COUNT.name: ReadField(COUNT),
        }
        self.fields[TOPIC.name].help_text = ""

    def clean(self) -> dict[str, Any]:
        """A row is empty, or whole."""
        data = super().clean() or {}
        if self.errors or self.is_left_out(data):
            return data
        if not data[TOPIC.name]:
            self.add_error(TOPIC.name, _("Say what these emails were about, or empty the row."))
        if not data[TONE]:
            self.add_error(TONE, _("Choose in which tone these emails were."))
        if data[COUNT.name] is None:
            self.add_error(COUNT.name, _("Fill in how many emails there were, or empty the row."))
        return data

    def is_left_out(self, data: Mapping[str, Any]) -> bool:
        """Whether nothing was typed here."""
        if data[COUNT.name] is not None:
            return False
        return not data[TOPIC.name] or (data[TOPIC.name], data[TONE]) in self.offered

    @property
    def key(self) -> tuple[str, str] | None:
        """Topic and tone; None where the row is empty or not right."""
        data = self.cleaned_data if self.is_valid() else {}
        return None if not data or self.is_left_out(data) else (data[TOPIC.name], data[TONE])


class TopicRows(TopicFormSetBase):
    """The mails of a month by topic and tone."""

    def clean(self) -> None:
        """Each topic and tone once."""
        keys = [(form, form.key) for form in self.forms]
        filled = [(form, key) for form, key in keys if key is not None]
        for place in rules.doubles(key for _form, key in filled):
            form, key = filled[place]
            form.add_error(TOPIC.name, rules.twice(key))


TopicFormSet = forms.formset_factory(
    TopicForm, formset=TopicRows, extra=EMPTY_ROWS, max_num=MOST_TOPICS, absolute_max=MOST_TOPICS + 1, validate_max=True
)


class MonthForm:
    """Both together, as they are sent."""

    def __init__(self, data: QueryDict | None = None, *, initial: Mapping[str, Any], topics: list[dict[str, Any]]):
        offered = frozenset((row[TOPIC.name], row[TONE]) for row in topics if row[COUNT.name] is None)
        self.numbers = NumbersForm(data, initial=initial)
        self.topics = TopicFormSet(
            data,
            initial=topics if data is None else None,
            prefix="topics",
            form_kwargs={"offered": offered},
            error_messages={
                "missing_management_form": _("The page did not arrive complete. Send it again."),
                "too_many_forms": rules.too_many(MOST_TOPICS + 1),
            },
        )

    def is_valid(self) -> bool:
        """Whether everything could be read, and goes together."""
        each = [self.numbers.is_valid(), self.topics.is_valid()]
        if all(each):
            for name, sentence in rules.problems(self.said).items():
                self.numbers.add_error(name or None, sentence)
        for error in self.topics.non_form_errors():
            self.numbers.add_error(None, str(error))
        return all(each) and self.numbers.is_valid()

    @property
    def said(self) -> Delivery:
        """What is handed in; only where each part is valid."""
        data = self.numbers.cleaned_data
        topics = {form.key: form.cleaned_data[COUNT.name] for form in self.topics.forms if form.key}
        return Delivery({name: data[name] for name in NAMES}, topics, data[SOURCE.name], data[CONTEXT.name])

    @property
    def seen(self) -> int:
        """The version that whoever hands in had before them."""
        return int(self.numbers.cleaned_data["seen"])


def to_fill_in(newest: SiteMonthVersion | None, before: SiteMonthVersion | None) -> MonthForm:
    """A month as it was handed in; for a first delivery the source and the topics of the month before."""
    offered = offered_topics(newest, before)
    if newest:
        return MonthForm(initial={**delivery.of(newest).values, "seen": newest.number}, topics=kept_topics(newest))
    return MonthForm(initial={SOURCE.name: delivery.of(before).source, "seen": 0}, topics=offered)


def sent(data: QueryDict, newest: SiteMonthVersion | None, before: SiteMonthVersion | None) -> MonthForm:
    """What somebody sends."""
    return MonthForm(data, initial={}, topics=offered_topics(newest, before))


def with_more_rows(data: QueryDict) -> MonthForm:
    """Everything as it was typed, looked at by nobody yet, with more empty rows."""
    count = TopicFormSet(data, prefix="topics").total_form_count()
    names = (TOPIC.name, TONE, COUNT.name)
    rows = [{name: data.get(f"topics-{number}-{name}", "") for name in names} for number in range(count)]
    form = MonthForm(initial=data.dict(), topics=rows)
    form.topics.extra = MORE_ROWS
    return form


def kept_topics(version: SiteMonthVersion) -> list[dict[str, Any]]:
    """The rows of a delivery."""
    return [
        {TOPIC.name: topic, TONE: tone, COUNT.name: count}
        for (topic, tone), count in delivery.of(version).topics.items()
    ]


def offered_topics(newest: SiteMonthVersion | None, before: SiteMonthVersion | None) -> list[dict[str, Any]]:
    """The topics of the month before, without numbers, where this month has none of its own yet."""
    if newest or before is None:
        return []
    return [{**row, COUNT.name: None} for row in kept_topics(before)]


def typed(data: QueryDict) -> Iterable[tuple[str, str]]:
    """Names and values of what was sent, to copy."""
    for column in (*FIELDS, *WORDS):
        yield str(column.label), data.get(column.name, "")
    for number in range(TopicFormSet(data, prefix="topics").total_form_count()):
        topic, tone, count = (data.get(f"topics-{number}-{name}", "") for name in ("topic", "tone", "count"))
        if topic or count:
            yield name_of((topic, tone)) if tone in Tone.values else topic, count or "–"
