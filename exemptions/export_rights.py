"""What decides besides permissions which rows of a file somebody sees."""

from typing import TYPE_CHECKING

from exemptions.models import Applicant

if TYPE_CHECKING:
    from accounts.models import User


def mandates_of(user: "User") -> list[str]:
    """Those for whom somebody may act."""
    return [f"mandate {key}" for key in Applicant.objects.of(user).values_list("pk", flat=True)]


def places_of(user: "User") -> list[str]:
    """The municipalities whose local cases the user sees."""
    return [f"municipality {code}" for code in user.municipalities.values_list("cbs_code", flat=True)]
