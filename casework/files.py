"""Removes files from the storage: a step touches only the database, so the disk follows later."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from django.apps import apps
from django.core.files.storage import default_storage
from django.db.models import FileField, Model

from casework.models import Document

BEING_WRITTEN = timedelta(days=1)
"""How long a file without a row is left alone, because its row may still come."""
AT_ONCE = 10_000  # names


def sweep_files() -> int:
    """Delete marked files and their rows; returns how many. Idempotent: a file that is already gone is no error."""
    swept = 0
    for document in Document.objects.exclude(removed_at=None).iterator():
        shared = Document.objects.filter(file=document.file.name).exclude(pk=document.pk).exists()
        if not shared:
            document.file.delete(save=False)
        document.delete()
        swept += 1
    return swept


def sweep_lost(*, now: datetime) -> int:
    """Delete files that no row refers to, left behind when a worker was killed in between. Returns how many."""
    swept = 0
    for names in in_batches(stored_names()):
        for name in names - named_by_rows(names):
            if default_storage.get_modified_time(name) < now - BEING_WRITTEN:
                default_storage.delete(name)
                swept += 1
    return swept


def stored_names(folder: str = "") -> Iterator[str]:
    """Every file of the storage, as a row would name it."""
    folders, files = default_storage.listdir(folder)
    prefix = f"{folder}/" if folder else ""
    yield from (f"{prefix}{name}" for name in files)
    for name in folders:
        yield from stored_names(f"{prefix}{name}")


def in_batches(names: Iterator[str]) -> Iterator[set[str]]:
    """The names in sets that a query can take."""
    while batch := set(islice(names, AT_ONCE)):
        yield batch


def named_by_rows(names: set[str]) -> set[str]:
    """The names that some row of any model refers to."""
    return {
        str(name)
        for model, field in file_fields()
        for name in model._base_manager.filter(**{f"{field}__in": names}).values_list(field, flat=True)
    }


def file_fields() -> Iterator[tuple[type[Model], str]]:
    """Every model and name of a file field."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, FileField):
                yield model, field.name
