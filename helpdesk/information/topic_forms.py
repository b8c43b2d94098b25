"""The form for a new version of a frequent question."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.desk.forms import LongText
from helpdesk import markup
from helpdesk.facts import Facts
from helpdesk.models import Topic, TopicText

ROWS = 22


class TopicTextForm(forms.Form):
    """The words of a new version. `version` is the one on which it builds, to notice that a colleague was first."""

    question = forms.CharField(label=gettext_lazy("Question"), max_length=200)
    answer = LongText(
        label=gettext_lazy("Answer"),
        rows=ROWS,
        help_text=gettext_lazy(
            "Paragraphs; ## before a heading; - before an item of a list; ** around bold words; "
            "[words](page:prices) or [words](topic:kosten) for a link on this site. Nothing else."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=32_000)

    def __init__(self, *args: Any, newest: TopicText | None, language: str, **kwargs: Any) -> None:
        self.language = language
        usual: dict[str, Any] = {"version": newest.version if newest else 0}
        if newest:
            usual |= {"question": newest.question, "answer": newest.answer}
        super().__init__(*args, **{"initial": usual, **kwargs})

    def clean_answer(self) -> str:
        """Only placeholders and links that lead somewhere."""
        answer = str(self.cleaned_data["answer"])
        facts = Facts.on(timezone.localdate(), language=self.language)
        if unknown := facts.unknown(answer):
            names = ", ".join(f"{{{name}}}" for name in unknown)
            self.add_error(
                "answer", _("We have no such fact: %(names)s. See the list beside the text.") % {"names": names}
            )
        slugs = set(Topic.objects.values_list("slug", flat=True))
        lost = [target for target in markup.targets(answer) if not _leads_somewhere(target, slugs)]
        if lost:
            self.add_error("answer", _("These links lead nowhere: %(names)s.") % {"names": ", ".join(lost)})
        return answer


def _leads_somewhere(target: str, slugs: set[str]) -> bool:
    sort, _colon, name = target.partition(":")
    return name in slugs if sort == "topic" else bool(markup.address(target))
