"""The picture in docs/workflow.md is the code's."""

from pathlib import Path

from django.conf import settings

from exemptions import workflow


def test_the_workflow_in_the_docs_is_up_to_date() -> None:
    drawn = (Path(settings.BASE_DIR) / "docs" / "workflow.md").read_text(encoding="utf-8")

    assert drawn == workflow.as_markdown(), "run manage.py draw_workflow"
