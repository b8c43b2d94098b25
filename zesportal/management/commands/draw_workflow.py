"""`manage.py draw_workflow`: writes docs/workflow.md from the steps in the code."""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import override

from casework import workflow_drawing

CASES = (
    "exemptions.Application",
    "objections.Objection",
    "objections.Appeal",
    "complaints.Complaint",
    "correspondence.Submission",
    "renewals.Renewal",
    "exemptions.ThresholdVersion",
    "reporting.ReportToParliament",
    "helpdesk.Question",
)
HEAD = """# The workflow of each sort of case

Drawn from the code by `manage.py draw_workflow`; a test fails when it is out of date. The law behind it stands in
[deadlines.md](deadlines.md), the words in [glossary.md](glossary.md).

"""


class Command(BaseCommand):
    """Draw the workflow of each sort of case."""

    help = "Writes docs/workflow.md from the steps in the code."

    def handle(self, *_args: Any, **_options: Any) -> None:
        path = Path(settings.BASE_DIR) / "docs" / "workflow.md"
        path.write_text(draw_page(), encoding="utf-8")


def draw_page() -> str:
    """The whole page as Markdown."""
    with override("en"):
        return HEAD + "\n".join(workflow_drawing.as_markdown(apps.get_model(name)) for name in CASES)
