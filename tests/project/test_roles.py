"""Every role × every address, as the table in roles.txt says it. A new address without a row there fails."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django.utils import timezone

from accounts.models import User
from exemptions import day, mandates
from exemptions.models import Application, FactsRecord, Mandate
from tests import given
from tests.cast import company
from zones.models import Municipality

TABLE = Path(__file__).with_name("roles.txt")
PEOPLE = (
    "anonymous",
    "applicant",
    "colleague",
    "representative",
    "stranger",
    "caseworker",
    "municipal_caseworker",
    "other_municipal_caseworker",
    "team_lead",
    "objection_officer",
    "reporter",
    "editor",
    "administrator",
)
SHOWN, LOGIN, ELSEWHERE, FORBIDDEN, ABSENT = ".", "L", ">", "x", "-"
SIGNS = {200: SHOWN, 403: FORBIDDEN, 404: ABSENT}
REFUSED = (LOGIN, FORBIDDEN, ABSENT)
POST_REFUSES_TOO = {*REFUSED, ELSEWHERE, "405"}


def table() -> dict[str, dict[str, str]]:
    """By row: what each of the people gets."""
    lines = [line.split() for line in TABLE.read_text().splitlines() if line.strip() and not line.startswith("#")]
    return {row: dict(zip(PEOPLE, signs, strict=True)) for row, signs in lines}


def named(patterns: list[Any], namespace: str = "") -> Iterator[str]:
    """The names of all addresses."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inside = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from named(pattern.url_patterns, namespace + inside)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield namespace + pattern.name


def sign(response: HttpResponseBase) -> str:
    """An answer as the table writes it."""
    if response.status_code == 302:
        return LOGIN if resolve(response.url.split("?")[0]).view_name == "account_login" else ELSEWHERE
    return SIGNS.get(response.status_code, str(response.status_code))


# --- Two cases, and what else addresses point at --------------------------------------------------------


@pytest.fixture
def people(request: pytest.FixtureRequest) -> dict[str, User | None]:
    return {name: None if name == "anonymous" else request.getfixturevalue(name) for name in PEOPLE}


@pytest.fixture
def addresses(people: dict[str, User]) -> dict[str, str]:
    """Every row of the table with its address."""
    return {**of_cases(people), **of_people(people), **of_models(), **plain()}


def of_cases(people: dict[str, User]) -> dict[str, str]:
    """A national case, a local one in Utrecht, a rejection that waits for a second pair of eyes, a draft, a day."""
    applicant, desk = people["applicant"], people["caseworker"]
    cases = {
        "national": given.supplied(by=applicant, desk=desk),
        "local": given.waiting(by=applicant, desk=people["municipal_caseworker"], code="HAR"),
        "proposed": given.proposed(by=applicant, desk=desk, plate="V001AA"),
        "draft": given.draft(by=applicant, plate="V002AA"),
        "day": day_exemption(applicant),
    }
    rows: dict[str, str] = {}
    for name, case in cases.items():
        rows |= {f"{row}@{name}": url for row, url in {**portal(case), **desk_pages(case)}.items()}
    decision = given.granted(by=applicant, desk=desk, plate="V003AA").decisions.get()
    return {
        **rows,
        "verify_reference": reverse("verify_reference", args=[decision.reference]),
        "api_decision": reverse("api_decision", args=[decision.reference]),
    }


def day_exemption(user: User) -> Application:
    return day.ask(
        by=user,
        applicant=user.mandates.get().applicant,
        facts=given.VAN,
        source=FactsRecord.Source.REGISTER,
        plate="V004AA",
        country="NL",
        municipality=Municipality.objects.get(name="Utrecht"),
        day=timezone.localdate(),
        language="nl",
    )


def portal(case: Application) -> dict[str, str]:
    """What is addressed by a key."""
    letter, document = case.dossier.letters.first(), case.dossier.documents.first()
    one = {name: reverse(name, args=[case.key]) for name in BY_KEY}
    one["apply"] = reverse("apply", args=[case.key, "check"])
    if letter:
        one |= {name: reverse(name, args=[case.key, letter.pk]) for name in ("letter", "letter_pdf")}
    return {**one, "document": reverse("document", args=[case.key, document.pk if document else 1])}


BY_KEY = (
    "apply_resume",
    "receipt",
    "entered_pdf",
    "application",
    "supply",
    "give_view",
    "withdraw",
    "dispute_facts",
    "day_exemption_done",
    "api_application",
)
STEPS = ("take_up", "assign", "note", "grant", "ask_completion", "approve_rejection", "return_proposal", "supply")


def desk_pages(case: Application) -> dict[str, str]:
    """What the desk addresses by number."""
    desk = "admin:exemptions_application_"
    letter, document = case.dossier.letters.first(), case.dossier.documents.first()
    return {
        f"{desk}change": reverse(f"{desk}change", args=[case.pk]),
        f"{desk}letter": reverse(f"{desk}letter", args=[case.pk, letter.pk if letter else 1]),
        f"{desk}document": reverse(f"{desk}document", args=[case.pk, document.pk if document else 1]),
        **{f"{desk}step@{name}": reverse(f"{desk}step", args=[case.pk, name]) for name in STEPS},
    }


def of_people(people: dict[str, User]) -> dict[str, str]:
    """Mandates and invitations."""
    own = Mandate.objects.get(user=people["applicant"]).applicant
    invited = mandates.invite(own, email="stranger@example.org".replace("stranger", "sven"), role="colleague", by=people["applicant"])
    theirs = Mandate.objects.get(user=people["representative"])
    return {
        "representatives_of": reverse("representatives_of", args=[own.pk]),
        "end_mandate": reverse("end_mandate", args=[theirs.pk]),
        "take_back_invitation": reverse("take_back_invitation", args=[invited.pk]),
        "invitation": reverse("invitation", args=[invited.token]),
    }


def of_models() -> dict[str, str]:
    """The admin's own pages of every registered model."""
    rows: dict[str, str] = {}
    for model in admin.site._registry:
        if model is Application:
            continue
        pk = model._default_manager.values_list("pk", flat=True).order_by("pk").first() or 1
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        rows |= {f"{base}_{page}": reverse(f"{base}_{page}") for page in ("changelist", "add")}
        rows |= {f"{base}_{page}": reverse(f"{base}_{page}", args=[pk]) for page in ("change", "delete", "history")}
    return rows


def plain() -> dict[str, str]:
    """Addresses that need something in them, and then those that need nothing."""
    text = apps.get_model("casework", "LetterText").objects.first()
    user = User.objects.order_by("pk")[0]
    odd = {
        "account_reset_password_from_key": ["1-a", ],
        "admin:view_on_site": [1, 1],
        "admin:app_list": ["exemptions"],
        "admin:casework_lettertext_write": [text.pk],
        "admin:auth_user_password_change": [user.pk],
        "statistics_file": ["csv"],
        "openid_connect_login": ["digid"],
        "openid_connect_callback": ["digid"],
    }
    odd["account_reset_password_from_key"] = ["1", "a-b"]
    rows = {name: reverse(name, args=args) for name, args in odd.items()}
    for name in sorted(set(named(get_resolver().url_patterns))):
        try:
            rows.setdefault(name, reverse(name))
        except Exception:
            pass
    return rows
