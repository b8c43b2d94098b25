"""The letter texts about deciding again, as they come with the product."""

from pathlib import Path

from casework.reference import load_texts

DATA = Path(__file__).parent / "data"


def load(*, overwrite: bool = False) -> None:
    """Add the texts that are not there yet; idempotent. What the desk wrote stays, also with `overwrite`."""
    load_texts(DATA / "letter_texts")
