"""On what an answer can rest, as an editor chooses it: rules, kinds, zones, fines and settings as they are today."""

from collections.abc import Iterable

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from casework.policy_settings import title
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
    """Below which heading a reference stands."""
    sort = reference.partition(":")[0]
    return sort if sort in ("rule", "kind", "policy") else "other"


def choices(*, language: str, kept: Iterable[str] = ()) -> dict[str, Choices]:
    """What there is, by its heading. `kept`: what the answer rests on now stays to be chosen, also where it is gone."""
    facts = Facts.on(timezone.localdate(), language=language)
    found = {"rule": rules(facts), "kind": kinds(facts), "other": others(), "policy": settings(facts)}
    known = {reference for listed in found.values() for reference, _words in listed}
    for reference in kept:
        if reference not in known:
            found[sort_of(reference)].append((reference, _("%(name)s – does not exist today") % {"name": reference}))
    return found


def rules(facts: Facts) -> Choices:
    """Each with since when this version holds."""
    return sorted((f"rule:{code}", told(facts, f"rule:{code}")) for code in facts.rows.rules)


def kinds(facts: Facts) -> Choices:
    """Each with since when this version holds."""
    return sorted((f"kind:{code}", told(facts, f"kind:{code}")) for code in facts.rows.kinds)


def told(facts: Facts, reference: str) -> str:
    """A rule or a kind in words."""
    [source] = facts.sources([reference])
    since = _("version since %(day)s") % {"day": say.day(source.valid_from)}
    says = source.says.rstrip(".")
    return f"{source.code} – {says} ({since})"


def others() -> Choices:
    """The zones together, because most answers that name one name all; and the fines."""
    return [("zones", _("the zones with their dates"))] + [
        (f"fine:{category}", say.named(f"fine:{category}")) for category in FINES
    ]


def settings(facts: Facts) -> Choices:
    """By their titles; the amounts of fines stand with the fines."""
    names = set(facts.rows.policy.values) - set(FINES.values())
    return sorted(((f"policy:{name}", capfirst(str(title(name)))) for name in names), key=lambda one: one[1])


class RestsOnForm(forms.Form):
    """On what an answer rests: four lists to tick."""

    def __init__(self, *args: object, language: str, kept: Iterable[str] = (), **kwargs: object) -> None:
        kept = list(kept)
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for sort, offered in choices(language=language, kept=kept).items():
            self.fields[f"on_{sort}"] = forms.MultipleChoiceField(
                label=SORTS[sort],
                choices=offered,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[reference for reference in kept if sort_of(reference) == sort],
            )

    @property
    def references(self) -> list[str]:
        """What was ticked."""
        return [reference for sort in SORTS for reference in self.cleaned_data[f"on_{sort}"]]
