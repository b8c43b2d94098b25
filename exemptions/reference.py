"""Loads the shipped kinds of exemption with their questions, evidence, grounds, text blocks and letter texts."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from django.db import transaction

from casework.reference import load_texts, parse_cells, read_file, read_rows, store_rows
from exemptions.models.kind import EvidenceRequirement, Ground, Kind, KindQuestion, KindVersion
from exemptions.models.text_block import TextBlock

DATA = Path(__file__).parent / "data"

Part = TypeVar("Part", KindQuestion, EvidenceRequirement)
Version = TypeVar("Version", KindVersion, Ground, TextBlock)


def load(*, overwrite: bool = False) -> None:
    """Add what is missing; idempotent. Changes made at the desk stay, unless `overwrite` restores the shipped values.

    Questions and evidence are added only with their version of a kind: a question that an administrator removed
    does not reappear.
    """
    with transaction.atomic():
        known = set(KindVersion.objects.values_list("pk", flat=True))
        versions = read_file(KindVersion, DATA / "kinds.csv", code="kind")
        grounds = read_file(Ground, DATA / "grounds.csv", kind_code="kind")
        blocks = read_file(TextBlock, DATA / "text_blocks.csv", kind_code="kind")
        Kind.objects.bulk_create((Kind(version.kind_id) for version in versions), ignore_conflicts=True)
        store_versions(KindVersion, versions, key=["kind_id"], overwrite=overwrite)
        store_versions(Ground, grounds, key=["kind_id", "code"], overwrite=overwrite)
        store_versions(TextBlock, blocks, key=["code"], overwrite=overwrite)
        kinds = KindVersion.objects.all() if overwrite else KindVersion.objects.exclude(pk__in=known)
        key = ["kind", "code"]
        store_rows(KindQuestion, read_parts(KindQuestion, "questions", kinds=kinds), key=key, overwrite=overwrite)
        store_rows(
            EvidenceRequirement, read_parts(EvidenceRequirement, "evidence", kinds=kinds), key=key, overwrite=overwrite
        )
        load_texts(DATA / "letter_texts")


def store_versions(model: type[Version], shipped: Iterable[Version], *, key: list[str], overwrite: bool) -> None:
    """Insert each new version among those of the desk; with `overwrite`, restore the shipped ones."""
    for row in shipped:
        same = {name: getattr(row, name) for name in (*key, "valid_from")}
        row.pk = model._default_manager.filter(**same).values_list("pk", flat=True).first()
        if row.pk is None or overwrite:
            model.objects.add_version(row, key=key)


def read_parts(model: type[Part], name: str, *, kinds: Iterable[KindVersion]) -> list[Part]:
    """Read the questions or evidence of these versions of kinds; a row may start later than its kind (`since`)."""
    rows = defaultdict(list)
    for row in read_rows(DATA / f"{name}.csv"):
        rows[row["kind_code"]].append(row)
    return [
        model(kind=kind, **parse_cells(model, row))
        for kind in kinds
        for row in rows[kind.code]
        if row["since"] <= kind.valid_from.isoformat()
    ]
