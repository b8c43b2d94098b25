"""What two people decided prevails over the shipped tables."""

from casework.models import ReferenceChange
from casework.versions import publishing
from zesportal.versions.subjects import SUBJECTS


def take_back_again() -> None:
    """Remove the versions that loading the shipped tables brought back after two people had taken them back."""
    settled = ReferenceChange.objects.filter(outcome=ReferenceChange.Outcome.PUBLISHED)
    for change in settled.filter(action=ReferenceChange.Action.CANCEL, model__in=SUBJECTS):
        versioned = SUBJECTS[change.model].versioned
        same = versioned.versions_of(versioned.row_of(change.before))
        proposed = settled.exclude(action=change.action).filter(model=change.model).values("written")
        for row in same.filter(**{versioned.first_day: change.valid_from}).exclude(pk__in=proposed):
            publishing.cancel_row(versioned, change, row)
