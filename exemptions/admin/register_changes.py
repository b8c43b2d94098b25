"""What the vehicle register says otherwise than an exemption rests on, on lists and on the page of the case."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from casework import clock
from exemptions.models import RegisterFinding


def list_changes(keys: Collection[int]) -> Mapping[int, list[str]]:
    """In words, what is to be looked at in each of these applications: one query."""
    said: dict[int, list[str]] = defaultdict(list)
    for finding in RegisterFinding.objects.open(on=clock.today()).filter(application__in=keys):
        said[finding.application_id].append(f"{finding.get_what_display()}: {finding.found_in_words}")
    return said
