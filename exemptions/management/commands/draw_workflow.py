"""Writes docs/workflow.md."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from exemptions import workflow


class Command(BaseCommand):
    """Draws the workflow from the code."""

    help = "Writes docs/workflow.md from the steps in the code."

    def handle(self, *_args: Any, **_options: Any) -> None:
        path = Path(settings.BASE_DIR) / "docs" / "workflow.md"
        path.write_text(workflow.as_markdown(), encoding="utf-8")
        self.stdout.write(f"{path.name} drawn")
