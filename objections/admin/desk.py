"""What objections and appeals tell the desk's general pages."""

from django.db.models import QuerySet

from casework.desk import files
from objections.admin import beside, timeline
from objections.following.files import court_papers
from objections.models import Appeal, Objection


def register() -> None:
    """The words of their steps, their part of an application's page, and which files are theirs."""
    timeline.register()
    beside.register()
    files.claim(Objection.CASE_TYPE, papers_of_objections)
    files.claim(Appeal.CASE_TYPE, court_papers)


def papers_of_objections() -> "QuerySet[Objection, int | None]":
    """Keys of the files that belong to objections."""
    filed: QuerySet[Objection] = Objection.objects.exclude(documents=None)
    return filed.values_list("documents", flat=True)
