"""Maximum numbers of vehicles: in a list to add, in a list to apply for, in a fleet. Today's policy."""

from django.utils import timezone

from casework.current_policy import CurrentPolicy


def in_a_list() -> int:
    """How many vehicles can be added at once."""
    return get_limit("fleet_list_max")


def to_apply_for() -> int:
    """How many vehicles can be applied for at once."""
    return get_limit("fleet_apply_max")


def in_a_fleet() -> int:
    """How many vehicles one applicant can have."""
    return get_limit("fleet_vehicles_max")


def get_limit(name: str) -> int:
    """Today's value of a policy setting."""
    return CurrentPolicy.on(timezone.localdate()).number(name)
