"""The form of a change: prefilled with what is in force or was proposed before, and read as a proposal."""

import copy
from typing import Any

from django import forms

from casework.models import ReferenceChange
from casework.versions import publishing
from casework.versions.versioned_model import Values, as_json
from zesportal.versions.comparison import cell_in_words
from zesportal.versions.forms import CancelForm, Reasons
from zesportal.versions.subjects import Subject

Action = ReferenceChange.Action


def bind_forms(
    subject: Subject,
    action: Action,
    row: Any,
    data: Any,
    earlier: ReferenceChange | None,
    *,
    fixed: bool,
) -> tuple[Any, dict[str, forms.BaseFormSet[Any]]]:
    """The form of a change and of what belongs to it, prefilled with what is in force or was proposed before."""
    versioned = subject.versioned
    initial: Values = {"seen": versioned.seen(row if row and row.pk else None)}
    if earlier:
        initial |= {name: getattr(earlier, name) for name in ("source", "reason")}
        initial |= {"first_day": earlier.valid_from, "instead": earlier.pk}
    if action == Action.CANCEL:
        return CancelForm(data, initial=initial), {}
    if action == Action.END:
        return Reasons(data, initial=initial), {}
    said = {**(versioned.values_of(row) if row else {}), **(earlier.after if earlier else {})}
    own = {name: value for name, value in said.items() if name in versioned.fields}
    form = subject.form(
        data,
        initial={**own, **initial},
        instance=copy.copy(row) if row else None,
        key=versioned.key,
        fixed=fixed,
        dated=bool(versioned.first_day),
    )
    return form, {name: kind(data, prefix=name, initial=said.get(name, [])) for name, kind in subject.parts.items()}


def are_valid(*filled: Any) -> bool:
    """Whether all forms are valid; each is checked, so that all errors show at once."""
    return len([one for one in filled if one.is_valid()]) == len(filled)


def proposal_of(subject: Subject, action: Action, row: Any, form: Any, parts: dict[str, Any]) -> publishing.Proposal:
    """The submitted form as a proposal."""
    after: Values = {}
    if action in (Action.ADD, Action.VERSION):
        belonging = {
            part.relation: [{name: one.get(name) for name in part.fields} for one in parts[part.relation].kept()]
            for part in subject.versioned.parts
        }
        after = as_json({**subject.versioned.values_of(form.instance), **belonging})
    elif action == Action.END:
        after = as_json({"valid_until": form.cleaned_data["first_day"]})
    said = form.cleaned_data
    return publishing.Proposal(
        action=action,
        row=row,
        after=after,
        valid_from=said.get("first_day"),
        source=said["source"],
        reason=said["reason"],
    )


def now_in_words(subject: Subject, row: Any) -> dict[str, str]:
    """What is in force now for each field, to show next to it."""
    said = subject.versioned.values_of(row)
    return {name: cell_in_words(subject, name, said) for name in subject.versioned.fields}
