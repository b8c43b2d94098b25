"""The picture in docs/workflow.md is the code's."""

from pathlib import Path

from django.conf import settings

from zesportal.management.commands.draw_workflow import draw_page


def test_the_workflow_in_the_docs_is_up_to_date() -> None:
    kept = (Path(settings.BASE_DIR) / "docs" / "workflow.md").read_text(encoding="utf-8")

    assert kept == draw_page(), "run manage.py draw_workflow"
