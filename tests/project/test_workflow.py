"""The picture in docs/workflow.md is the code's, and every step is a step of a case."""

import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from django.apps import apps
from django.conf import settings

from tests.project.test_names import PRODUCT
from zesportal.management.commands.draw_workflow import draw_page


def test_the_workflow_in_the_docs_is_up_to_date() -> None:
    kept = (Path(settings.BASE_DIR) / "docs" / "workflow.md").read_text(encoding="utf-8")

    assert kept == draw_page(), "run manage.py draw_workflow"


def modules_of_steps() -> Iterator[ModuleType]:
    for app in PRODUCT:
        for path in (settings.BASE_DIR / app).rglob("*.py"):
            parts = path.relative_to(settings.BASE_DIR).with_suffix("").parts
            if "steps" in parts and "desk" not in parts:
                yield importlib.import_module(".".join(parts))


def test_every_step_is_in_the_class_body_of_a_case() -> None:
    taken = {id(member) for model in apps.get_models() for base in model.__mro__ for member in vars(base).values()}
    steps = {
        f"{module.__name__}.{name}": step
        for module in modules_of_steps()
        for name, step in vars(module).items()
        if hasattr(step, "_django_fsm") and step.__module__ == module.__name__
    }

    assert [name for name, step in steps.items() if id(step) not in taken] == []
    assert len(steps) > 100
