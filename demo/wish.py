"""What somebody in the demo applies for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from accounts.models import User
from exemptions.models import Applicant, KindVersion
from zones.access import VehicleFacts
from zones.models import Municipality


@dataclass(frozen=True)
class Wish:
    """Who wants which kind of exemption for which vehicle, where, from when and until when."""

    applicant: Applicant
    owner: User
    kind: KindVersion
    plate: str
    facts: VehicleFacts
    municipality: Municipality | None = None
    wanted_from: date | None = None
    needed_until: date | None = None
    country: str = "NL"
    language: str = "nl"
    verified: bool = True
    needs: Mapping[str, str] = field(default_factory=dict)
