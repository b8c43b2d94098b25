"""What is in force in a zone as one signed list (JWS), for systems that only take lists."""

from datetime import datetime, timedelta
from typing import Any

import jwt
from allauth.core.internal import jwkkit
from django.conf import settings
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Least

from casework import clock
from enforcement.answers import spell_moment
from enforcement.provider import get_signing_pem
from exemptions.models import Exemption
from exemptions.models.exemption import ExemptionSuspension
from zones.models import Municipality

ALGORITHM = "RS256"
LASTS = timedelta(days=1)
"""How long the receiver may rely on it."""
COLUMNS = ("decision__reference", "plate", "country", "municipality__cbs_code", "starts_at", "holds_until")


class NoKey(Exception):
    """The operator has configured no signing key."""


def build_list(municipality: Municipality) -> dict[str, Any]:
    """The exemptions valid there now, as the claims of a JWT."""
    now = clock.now()
    there = Q(municipality=None) | Q(municipality=municipality)
    valid = Exemption.objects.valid_at(now).filter(there).annotate(holds_until=find_first_end(after=now))
    rows = valid.order_by("plate", "decision__reference").values_list(*COLUMNS)
    return {
        "iss": settings.SITE_URL,
        "iat": int(now.timestamp()),
        "exp": int((now + LASTS).timestamp()),
        "zone": municipality.cbs_code,
        "exemptions": [write_line(*row) for row in rows.iterator()],
    }


def find_first_end(*, after: datetime) -> Least:
    """The first of its end, its revocation and its next suspension, for each exemption."""
    pauses = ExemptionSuspension.objects.filter(exemption=OuterRef("pk"), starts_at__gt=after).order_by("starts_at")
    return Least("ends_at", "revoked_at", Subquery(pauses.values("starts_at")[:1]))


def write_line(
    reference: str, plate: str, country: str, zone: str | None, starts_at: datetime, ends_at: datetime
) -> dict[str, Any]:
    """One exemption; `zone` None: every zone."""
    about = {"reference": reference, "plate": plate, "country": country, "zone": zone}
    return {**about, "starts_at": spell_moment(starts_at), "ends_at": spell_moment(ends_at)}


def sign_list(municipality: Municipality) -> str:
    """The list as a compact JWS; raises NoKey. The public key is in /.well-known/jwks.json."""
    pem = get_signing_pem()
    if not pem:
        raise NoKey
    described, key = jwkkit.load_jwk_from_pem(pem)
    return jwt.encode(build_list(municipality), key, algorithm=ALGORITHM, headers={"kid": described["kid"]})
