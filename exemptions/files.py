"""Which files belong to an application."""

from django.db.models import Q, QuerySet

from casework.models import Document
from exemptions.models import Application


def of(application: Application) -> QuerySet[Document]:
    """The files of a case: of its dossier, or taken over by its checklist from the case it was converted from."""
    here = Q(dossier=application.dossier) | Q(evidenceitem__application=application)
    return Document.objects.filter(here, removed_at=None).distinct()
