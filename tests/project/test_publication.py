"""What we tell the world about the product, and how it is installed."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from demo.people import EVERYBODYS, LOGINS
from tests.looping import each
from zesportal.schedule import SCHEDULE

BASE_DIR = Path(__file__).resolve().parent.parent.parent
PUBLICCODE = yaml.safe_load((BASE_DIR / "publiccode.yml").read_text())
COMPOSE = yaml.safe_load((BASE_DIR / "compose.yaml").read_text())
MANDATORY = [
    "publiccodeYmlVersion",
    "name",
    "url",
    "releaseDate",
    "platforms",
    "categories",
    "developmentStatus",
    "softwareType",
    "description",
    "legal",
    "maintenance",
    "localisation",
]


def test_publiccode_has_every_mandatory_key():
    assert [key for key in MANDATORY if not PUBLICCODE.get(key)] == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_publiccode_describes_within_its_bounds(language: str):
    description = PUBLICCODE["description"][language]

    assert len(description["genericName"]) <= 35
    assert len(description["shortDescription"]) <= 150
    assert 500 <= len(description["longDescription"]) <= 10_000


def test_the_logo_is_there():
    assert (BASE_DIR / PUBLICCODE["logo"]).is_file()


def test_the_version_is_the_same_everywhere():
    pyproject = (BASE_DIR / "pyproject.toml").read_text()

    assert f'version = "{PUBLICCODE["softwareVersion"]}"' in pyproject


def test_production_has_every_part():
    parts = {"proxy", "web", "worker", "mailer", "clock", "migrate", "postgres", "redis", "clamav"}

    assert set(COMPOSE["services"]) == parts


@pytest.mark.parametrize("name", [name for name in COMPOSE["services"] if name not in {"migrate", "proxy"}])
def test_every_part_that_stays_says_how_it_is(name: str):
    assert COMPOSE["services"][name]["healthcheck"]["test"]


def test_only_the_proxy_is_open_to_the_world():
    assert [name for name, service in COMPOSE["services"].items() if "ports" in service] == ["proxy"]


def secrets_in_plain_sight(service: dict[str, Any]) -> list[str]:
    names = service.get("environment", {})
    return [name for name in names if re.search("PASSWORD|SECRET|DATABASE_URL", name) and not name.endswith("_FILE")]


@pytest.mark.parametrize("name", list(COMPOSE["services"]))
def test_secrets_come_from_files(name: str):
    assert secrets_in_plain_sight(COMPOSE["services"][name]) == []


DOCS = [*BASE_DIR.glob("*.md"), *BASE_DIR.glob("docs/**/*.md")]
LOCAL_LINK = re.compile(r"\]\((?!https?:|mailto:|page:|topic:|#)([^)#\s]+)")


@each("page", DOCS)
def test_every_link_in_the_docs_leads_somewhere(page: Path):
    missing = [link for link in LOCAL_LINK.findall(page.read_text()) if not (page.parent / link).exists()]

    assert missing == []


def test_every_decision_is_listed_under_its_own_title():
    decisions = BASE_DIR / "docs" / "decisions"
    rows = re.findall(r"^\| \[(\d{4})\]\((.+?)\) \| (.+) \|$", (decisions / "README.md").read_text(), re.MULTILINE)
    titles = {page.name: page.read_text().partition("\n")[0] for page in decisions.glob("[0-9]*.md")}

    assert {file: f"# {number} {title}" for number, file, title in rows} == titles


def test_the_manual_names_every_job_with_its_hour():
    manual = (BASE_DIR / "docs" / "operations.md").read_text()
    rows = {job: when for when, job in re.findall(r"^\| ([^|]+) \| `(\w+\.tasks\.\w+)` \|", manual, re.MULTILINE)}

    assert rows == {job["task"]: hour(job["schedule"]) for job in SCHEDULE.values()}


def hour(schedule: Any) -> str:
    """When a job runs, as the manual writes it."""
    if schedule == 60.0:
        return "every minute"
    if len(schedule.minute) == 60:
        return f"every minute from {min(schedule.hour)}:00 to {max(schedule.hour)}:59"
    return f"{min(schedule.hour)}:{min(schedule.minute):02}"


def test_the_readme_names_every_demo_login():
    readme = (BASE_DIR / "README.md").read_text()

    assert [login.email for login in LOGINS if login.email not in readme] == []
    assert EVERYBODYS in readme
