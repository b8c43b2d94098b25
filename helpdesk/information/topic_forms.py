"""The forms for a frequent question: a new version, a new question, and what it rests on."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.desk.forms import LongText
from casework.texts import stray_braces
from helpdesk import markup
from helpdesk.facts import BLOCK_END, PLACEHOLDER, Facts
from helpdesk.information.sources import RestsOnForm
from helpdesk.models import Topic, TopicText

ROWS = 22
MARKUP_HELP = gettext_lazy(
    "Paragraphs; ## before a heading; - before an item of a list; ** around bold words; | between the cells of a "
    "table; [words](page:prices) or [words](topic:kosten) for a link on this site. What is true only until a rule "
    "ends stands in {before:V2}…{/before}, what is true from then on in {after:V2}…{/after}, and what is true as long "
    "as the law does not say it in {announced:V3b}…{/announced}. Nothing else."
)


class TopicTextForm(forms.Form):
    """The words of a new version. `version`: the one it builds on, to notice if a colleague was first."""

    question = forms.CharField(label=gettext_lazy("Question"), max_length=200)
    answer = LongText(
        label=gettext_lazy("Answer"),
        rows=ROWS,
        help_text=MARKUP_HELP,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=32_000)

    def __init__(self, *args: Any, newest: TopicText | None, language: str, **kwargs: Any) -> None:
        self.language = language
        usual: dict[str, Any] = {"version": newest.version if newest else 0}
        if newest:
            usual |= {"question": newest.question, "answer": newest.answer}
        super().__init__(*args, **{"initial": usual, **kwargs})

    def clean_answer(self) -> str:
        """Refuse unknown placeholders and dead links."""
        answer = str(self.cleaned_data["answer"])
        for problem in find_problems(answer, language=self.language):
            self.add_error("answer", problem)
        return answer


class NewTopicForm(RestsOnForm):
    """A new question: its slug, its heading, the words in Dutch and English, and what they rest on."""

    slug = forms.SlugField(
        label=gettext_lazy("Name in the address"),
        max_length=60,
        help_text=gettext_lazy("A few words with hyphens, as kosten-dagontheffing. It cannot be changed afterwards."),
    )
    group = forms.ChoiceField(label=gettext_lazy("Heading"), choices=Topic.Group)
    question_nl = forms.CharField(label=gettext_lazy("Question in Dutch"), max_length=200)
    answer_nl = LongText(label=gettext_lazy("Answer in Dutch"), rows=ROWS, help_text=MARKUP_HELP)
    question_en = forms.CharField(label=gettext_lazy("Question in English"), max_length=200)
    answer_en = LongText(label=gettext_lazy("Answer in English"), rows=ROWS, help_text=MARKUP_HELP)

    def clean_slug(self) -> str:
        """Refuse a slug that another question has."""
        slug = str(self.cleaned_data["slug"]).lower()
        if Topic.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("There is already a question under this name."))
        return slug

    def clean(self) -> dict[str, Any]:
        """Refuse unknown placeholders and dead links; a text may link to itself."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for language in ("nl", "en"):
            answer = str(cleaned.get(f"answer_{language}", ""))
            for problem in find_problems(answer, language=language, itself=str(cleaned.get("slug", ""))):
                self.add_error(f"answer_{language}", problem)
        return cleaned

    @property
    def texts(self) -> dict[str, tuple[str, str]]:
        """Question and answer by language."""
        data = self.cleaned_data
        return {language: (data[f"question_{language}"], data[f"answer_{language}"]) for language in ("nl", "en")}


class TopicRestsForm(RestsOnForm):
    """What an answer rests on. `seen`: what it rested on when the page was opened, to notice a colleague's change."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=5000)


def find_problems(answer: str, *, language: str, itself: str = "") -> list[str]:
    """The problems of a text: unknown facts, stray braces and dead links. `itself`: its own slug."""
    problems = []
    if unknown := Facts.on(timezone.localdate(), language=language).unknown(answer):
        names = ", ".join(f"{{{name}}}" for name in unknown)
        problems.append(_("We have no such fact: %(names)s. See the list beside the text.") % {"names": names})
    if strays := stray_braces(BLOCK_END.sub("", answer), PLACEHOLDER):
        told = _("Curly brackets may only stand around a fact from the list beside the text. Change this: %(found)s.")
        problems.append(told % {"found": ", ".join(strays)})
    slugs = {*Topic.objects.values_list("slug", flat=True), itself}
    if lost := [target for target in markup.list_link_targets(answer) if not _leads_somewhere(target, slugs)]:
        problems.append(_("These links lead nowhere: %(names)s.") % {"names": ", ".join(lost)})
    return problems


def _leads_somewhere(target: str, slugs: set[str]) -> bool:
    sort, _colon, name = target.partition(":")
    return name in slugs if sort == "topic" else bool(markup.resolve_link(target))
