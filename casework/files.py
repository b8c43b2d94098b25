"""Removes the files that were marked: a step touches only the database, so the disk follows later."""

from casework.models import Document


def sweep() -> int:
    """Delete marked files and their rows; safe to repeat, a file that is gone already is no error."""
    swept = 0
    for document in Document.objects.exclude(removed_at=None).iterator():
        shared = Document.objects.filter(file=document.file.name).exclude(pk=document.pk).exists()
        if not shared:
            document.file.delete(save=False)
        document.delete()
        swept += 1
    return swept
