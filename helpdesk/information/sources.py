"""What an answer can rest on, as choices for an editor: today's rules, kinds, zones, fines and settings."""

from collections.abc import Iterable

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from casework.policy_settings import get_setting_title
from helpdesk import fact_words as say
from helpdesk.facts import FINES, Facts

Choices = list[tuple[str, str]]
SORTS: dict[str, StrOrPromise] = {
    "rule": gettext_lazy("Rules and automatic exemptions"),
    "kind": gettext_lazy("Exemptions to apply for"),
    "other": gettext_lazy("Zones and fines"),
    "policy": gettext_lazy("Settings"),
}


def sort_of(reference: str) -> str:
    """The heading that a reference belongs to."""
    sort = reference.partition(":")[0]
    return sort if sort in ("rule", "kind", "policy") else "other"


def list_source_choices(*, language: str, kept: Iterable[str] = ()) -> dict[str, Choices]:
    """The choices by heading. `kept`: what the answer rests on now, which stays a choice even if it is gone."""
    facts = Facts.on(timezone.localdate(), language=language)
    found = {
        "rule": list_rule_choices(facts),
        "kind": list_kind_choices(facts),
        "other": list_other_choices(),
        "policy": list_setting_choices(facts),
    }
    known = {reference for listed in found.values() for reference, _words in listed}
    for reference in kept:
        if reference not in known:
            found[sort_of(reference)].append((reference, _("%(name)s – does not exist today") % {"name": reference}))
    return found


def list_rule_choices(facts: Facts) -> Choices:
    """Rules, each with the first day of its current version."""
    return sorted((f"rule:{code}", describe_source(facts, f"rule:{code}")) for code in facts.rows.rules)


def list_kind_choices(facts: Facts) -> Choices:
    """Kinds, each with the first day of the current version."""
    return sorted((f"kind:{code}", describe_source(facts, f"kind:{code}")) for code in facts.rows.kinds)


def describe_source(facts: Facts, reference: str) -> str:
    """A rule or a kind in words."""
    [source] = facts.sources([reference])
    since = _("version since %(day)s") % {"day": say.format_day(source.valid_from)}
    says = source.says.rstrip(".")
    return f"{source.code} – {says} ({since})"


def list_other_choices() -> Choices:
    """All zones as one choice, because most answers that name one name all; and the fines."""
    return [("zones", _("the zones with their dates"))] + [
        (f"fine:{category}", say.name_fact(f"fine:{category}")) for category in FINES
    ]


def list_setting_choices(facts: Facts) -> Choices:
    """Settings by title, except the amounts of fines, which are among the fines."""
    names = set(facts.rows.policy.values) - set(FINES.values())
    return sorted(
        ((f"policy:{name}", capfirst(str(get_setting_title(name)))) for name in names), key=lambda one: one[1]
    )


class RestsOnForm(forms.Form):
    """What an answer rests on: four lists to tick."""

    def __init__(self, *args: object, language: str, kept: Iterable[str] = (), **kwargs: object) -> None:
        kept = list(kept)
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for sort, offered in list_source_choices(language=language, kept=kept).items():
            self.fields[f"on_{sort}"] = forms.MultipleChoiceField(
                label=SORTS[sort],
                choices=offered,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[reference for reference in kept if sort_of(reference) == sort],
            )

    @property
    def references(self) -> list[str]:
        """The references that were ticked."""
        return [reference for sort in SORTS for reference in self.cleaned_data[f"on_{sort}"]]
