"""Search for a case before the court by the court's number, such as `UTR 26 / 789`, with or without punctuation."""

import re
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Func, Q, QuerySet, Value
from django.db.models.functions import Upper
from django.urls import reverse

from exemptions.search import Keys, find_keys, match_nothing
from objections.models import Appeal

if TYPE_CHECKING:
    from accounts.models import User

SHORTEST = 5
"""The minimum of letters and digits: a year alone is not the number of a case."""


def find_applications(words: str) -> Keys:
    """The applications about which the court has a case with this number."""
    appeals = find_appeals(words)
    return find_keys(Q(dossier__in=appeals.values("dossier"))) if appeals is not None else match_nothing()


def find_page(words: str, user: "User") -> str:
    """The URL of the only case with this number that the user may see; else empty."""
    appeals = find_appeals(words)
    keys = appeals & Appeal.objects.at_desk_of(user) if appeals is not None else Appeal.objects.none()
    found = list(keys.values_list("pk", flat=True)[:2])
    return reverse("admin:objections_appeal_change", args=found) if len(found) == 1 else ""


def find_appeals(words: str) -> QuerySet[Appeal] | None:
    """The appeals with this number; None if the words are no such number. Too few rows to need an index."""
    bare = re.sub(r"[^A-Z0-9]", "", words.upper())
    if len(bare) < SHORTEST or not any(sign.isdigit() for sign in bare):
        return None
    signs = (Value("[^A-Z0-9]"), Value(""), Value("g"))
    number = Func(Upper(F("case_number")), *signs, function="regexp_replace", output_field=models.TextField())
    found: QuerySet[Appeal] = Appeal.objects.alias(bare_number=number).filter(bare_number=bare)
    return found
