"""What the documents promise to name, they name."""

import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

from casework.models import Deadline
from complaints.models import Complaint
from correspondence.models import Submission
from exemptions.models import Application
from objections.models import Appeal, Objection
from renewals.models import Renewal

ROOT = Path(__file__).parents[2]
GLOSSARY = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
LIBRARIES = (ROOT / "docs/decisions/0016-libraries.md").read_text(encoding="utf-8")
OURS = (
    *("accounts", "casework", "zones", "exemptions", "objections", "complaints", "correspondence"),
    *("renewals", "reporting"),
)
CASES = (Application, Objection, Appeal, Complaint, Submission, Renewal)


@pytest.mark.parametrize("app", OURS)
def test_the_glossary_names_every_model(app):
    names = {model.__name__ for model in apps.get_app_config(app).get_models()}

    assert {name for name in names if f"`{name}`" not in GLOSSARY} == set()


def test_the_glossary_names_every_status_step_and_deadline():
    steps = {move.name for case in CASES for move in case().get_all_status_transitions()}
    statuses = {status for case in CASES for status, _label in case._meta.get_field("status").flatchoices}
    names = {*steps, *statuses, *Deadline.Kind.values}

    assert {name for name in names if f"`{name}`" not in GLOSSARY} == set()


def test_every_library_has_its_sentence():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.split(r"[\[<>=]", line)[0] for line in lines}

    assert {name for name in names if f"`{name}`" not in LIBRARIES} == set()


def test_every_decision_is_in_the_list():
    folder = ROOT / "docs/decisions"
    listed = (folder / "README.md").read_text(encoding="utf-8")

    for record in folder.glob("0*.md"):
        number, title = record.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ").split(" ", 1)
        assert f"| [{number}]({record.name}) | {title} |" in listed
