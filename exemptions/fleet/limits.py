"""How many vehicles: in a list that is added, in one that is applied for, in a fleet. Policy, as it holds today."""

from django.utils import timezone

from casework.policy import CurrentPolicy


def in_a_list() -> int:
    """Vehicles that can be added at once."""
    return get_limit("fleet_list_max")


def to_apply_for() -> int:
    """Vehicles that can be applied for at once."""
    return get_limit("fleet_apply_max")


def in_a_fleet() -> int:
    """Vehicles of one applicant."""
    return get_limit("fleet_vehicles_max")


def get_limit(name: str) -> int:
    """A setting of today."""
    return CurrentPolicy.on(timezone.localdate()).number(name)
