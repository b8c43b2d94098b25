"""The form of a month: its numbers, and any number of rows of mails by topic and tone."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.deliveries.forms import DeliveryForm, ReadField
from reporting.deliveries.kinds import DeliveryKind
from reporting.site import rules
from reporting.site.columns import COUNT, LONGEST_TOPIC, TOPIC, TOPICS, Tone
from reporting.site.rules import MOST_TOPICS
from reporting.site.topics import explain_duplicate, find_duplicates, name_of

if TYPE_CHECKING:
    TopicFormSetBase = forms.BaseFormSet["TopicForm"]
else:
    TopicFormSetBase = forms.BaseFormSet

EMPTY_ROWS, MORE_ROWS = 3, 5
KNOWN_TOPICS = "known-topics"
TONE = "tone"
Offered = frozenset[tuple[str, str]]


class TopicForm(forms.Form):
    """The number of mails about a topic, in a tone. A suggested row without a number is left out."""

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
        """Require a row to be either empty or complete."""
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
        """Whether nothing was typed in this row."""
        if data[COUNT.name] is not None:
            return False
        return not data[TOPIC.name] or (data[TOPIC.name], data[TONE]) in self.offered

    @property
    def key(self) -> tuple[str, str] | None:
        """Topic and tone; None if the row is empty or invalid."""
        data = self.cleaned_data if self.is_valid() else {}
        return None if not data or self.is_left_out(data) else (data[TOPIC.name], data[TONE])


class TopicRows(TopicFormSetBase):
    """The mails of a month by topic and tone."""

    def clean(self) -> None:
        """Refuse a topic and tone that occur twice."""
        keys = [(form, form.key) for form in self.forms]
        filled = [(form, key) for form, key in keys if key is not None]
        for place in find_duplicates(key for _form, key in filled):
            form, key = filled[place]
            form.add_error(TOPIC.name, explain_duplicate(key))


TopicFormSet = forms.formset_factory(
    TopicForm, formset=TopicRows, extra=EMPTY_ROWS, max_num=MOST_TOPICS, absolute_max=MOST_TOPICS + 1, validate_max=True
)


class MonthForm(DeliveryForm):
    """The numbers of the month, their source, and the rows of mails by topic and tone."""

    def __init__(
        self, kind: DeliveryKind[None], data: Any = None, *, initial: Mapping[str, Any], topics: list[dict[str, Any]]
    ) -> None:
        super().__init__(kind, data, initial=initial)
        offered = frozenset((row[TOPIC.name], row[TONE]) for row in topics if row[COUNT.name] is None)
        self.topics = TopicFormSet(
            data,
            initial=topics if data is None else None,
            prefix=TOPICS,
            form_kwargs={"offered": offered},
            error_messages={
                "missing_management_form": _("The page did not arrive complete. Send it again."),
                "too_many_forms": rules.too_many(MOST_TOPICS + 1),
            },
        )

    def clean(self) -> dict[str, Any]:
        """Check the values against each other once all, including the rows, could be read."""
        if self.topics.is_valid():
            return super().clean()
        for error in self.topics.non_form_errors():
            self.add_error(None, str(error))
        return self.cleaned_data

    def is_valid(self) -> bool:
        return super().is_valid() and self.topics.is_valid()

    @property
    def values(self) -> dict[str, Any]:
        """The values, including the topics."""
        return {**super().values, TOPICS: {form.key: form.cleaned_data[COUNT.name] for form in self.topics if form.key}}

    def with_more_rows(self) -> "MonthForm | None":
        """An unvalidated form with everything as typed and more empty rows, if the sender asked for them; else None."""
        if "more" not in self.data:
            return None
        names = (TOPIC.name, TONE, COUNT.name)
        rows = [{name: self.typed_in(place, name) for name in names} for place in range(self.topics.total_form_count())]
        form = MonthForm(self.kind, initial=dict(self.data.items()), topics=rows)
        form.topics.extra = MORE_ROWS
        return form

    def typed_in(self, place: int, name: str) -> str:
        """What was typed in a row."""
        typed: str = self.data.get(f"{TOPICS}-{place}-{name}", "")
        return typed

    def typed(self) -> Iterator[tuple[str, str]]:
        yield from super().typed()
        for place in range(self.topics.total_form_count()):
            topic, tone, count = (self.typed_in(place, name) for name in (TOPIC.name, TONE, COUNT.name))
            if topic or count:
                yield name_of((topic, tone)) if tone in Tone.values else topic, count or "–"
