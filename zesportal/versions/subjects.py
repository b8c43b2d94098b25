"""The models changed by two people, each with its form. Adding one takes one entry here."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.http import Http404
from django.utils.text import capfirst
from django_stubs_ext import StrOrPromise

from casework.deadline_words import format_day
from casework.models import Policy, ReferenceChange
from casework.policy_settings import SETTINGS, find_setting, get_setting_title
from casework.versions import publishing
from casework.versions.versioned_model import Part, Values, Versioned
from exemptions.models import EvidenceRequirement, KindQuestion
from zesportal.versions import forms
from zones.models import MunicipalAuthority


@dataclass(frozen=True)
class Subject:
    """A model at the desk. `named`: a row of it in words; `parts`: the forms of what belongs to a version."""

    versioned: Versioned
    form: type[forms.VersionForm]
    named: Callable[[Any], StrOrPromise] = str
    parts: dict[str, type[forms.OnceEach]] = field(default_factory=dict)
    shown: Callable[[Values, str], str | None] = lambda _said, _name: None
    """A value in words, if the column itself has none."""
    missing: Callable[[], dict[str, StrOrPromise]] | None = None
    """What can be added, by name, if that is a closed list."""
    moved_to: type[models.Model] | None = None
    """The model that now has columns of this one: earlier changes are described in its words."""

    @property
    def title(self) -> str:
        """What one row is called."""
        return capfirst(str(self.versioned.model._meta.verbose_name))

    def part_title(self, relation: str) -> str:
        """What the rows that belong to a version are called."""
        part = next(part for part in self.versioned.parts if part.relation == relation)
        return capfirst(str(self.versioned.part_model(part)._meta.verbose_name_plural))


def columns_of(form: type[forms.VersionForm], key: tuple[str, ...]) -> tuple[str, ...]:
    """The fields of the form besides the key."""
    model = form._meta.model
    asked = form.base_fields.keys() - forms.Reasons.base_fields.keys() - set(key)
    return tuple(one.name for one in model._meta.concrete_fields if one.name in asked)


def versioned_of(
    form: type[forms.VersionForm], *key: str, parts: tuple[Part, ...] = (), keeper: str = "", thing: str = ""
) -> Versioned:
    """The model of a form, with what its versions share."""
    return Versioned(form._meta.model, key, columns_of(form, key), parts, keeper, thing)


def part_of(relation: str, model: type[models.Model]) -> Part:
    """What belongs to a version, with all its columns."""
    names = [one.name for one in model._meta.concrete_fields if not one.primary_key and not one.is_relation]
    return Part(relation, tuple(names))


def setting_shown(said: Values, name: str) -> str | None:
    """The value of a setting, by its type."""
    return find_setting(said["name"], said[name]).shown(said[name]) if name == "value" else None


def missing_settings() -> dict[str, StrOrPromise]:
    """The settings without a row."""
    known = set(Policy.objects.values_list("name", flat=True))
    return {name: setting.title for name, setting in SETTINGS.items() if name not in known}


SUBJECTS = {
    subject.versioned.label: subject
    for subject in (
        Subject(
            versioned_of(forms.PolicyForm, "name"),
            forms.PolicyForm,
            named=lambda policy: get_setting_title(policy.name),
            shown=setting_shown,
            missing=missing_settings,
        ),
        Subject(
            versioned_of(forms.EquatedDayForm, "day"),
            forms.EquatedDayForm,
            named=lambda equated: format_day(equated.day),
        ),
        Subject(versioned_of(forms.OtherBodyForm, "code"), forms.OtherBodyForm),
        Subject(
            versioned_of(
                forms.KindForm,
                "kind",
                thing="kind",
                parts=(part_of("questions", KindQuestion), part_of("evidence", EvidenceRequirement)),
            ),
            forms.KindForm,
            parts={"questions": forms.Questions, "evidence": forms.Evidence},
        ),
        Subject(versioned_of(forms.GroundForm, "kind", "code", keeper="kindversion"), forms.GroundForm),
        Subject(versioned_of(forms.TextBlockForm, "code", keeper="kindversion"), forms.TextBlockForm),
        Subject(versioned_of(forms.ReviewQuestionForm, "code"), forms.ReviewQuestionForm),
        Subject(versioned_of(forms.MunicipalityForm, "cbs_code"), forms.MunicipalityForm, moved_to=MunicipalAuthority),
        Subject(versioned_of(forms.MunicipalAuthorityForm, "municipality"), forms.MunicipalAuthorityForm),
        Subject(versioned_of(forms.ZoneForm, "municipality", "name"), forms.ZoneForm),
        Subject(versioned_of(forms.AccessRuleForm, "code"), forms.AccessRuleForm, named=lambda rule: rule.code),
        Subject(
            versioned_of(forms.AutomaticExemptionForm, "code"),
            forms.AutomaticExemptionForm,
            named=lambda rule: rule.code,
        ),
    )
}


def subject_of(label: str) -> Subject:
    """The subject of a model, by its label; raises Http404."""
    if label not in SUBJECTS:
        raise Http404("no such table")
    return SUBJECTS[label]


def remove_cancelled_versions() -> None:
    """Delete versions that two people cancelled and that loading the shipped tables brought back."""
    settled = ReferenceChange.objects.filter(outcome=ReferenceChange.Outcome.PUBLISHED)
    for change in settled.filter(action=ReferenceChange.Action.CANCEL, model__in=SUBJECTS):
        versioned = SUBJECTS[change.model].versioned
        same = versioned.versions_of(versioned.row_of(change.before))
        proposed = settled.exclude(action=change.action).filter(model=change.model).values("written")
        for row in same.filter(**{versioned.first_day: change.valid_from}).exclude(pk__in=proposed):
            publishing.cancel_row(versioned, change, row)
