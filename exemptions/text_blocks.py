"""The text blocks for a case, filled in with its data."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import override

from casework import clock
from casework.texts import format_value, substitute_placeholders
from exemptions import letters
from exemptions.models.kind import Ground
from exemptions.models.text_block import TextBlock

if TYPE_CHECKING:
    from exemptions.models.application import Application

PLACEHOLDERS = ("number", "applicant", "kind", "vehicle", "plate", "municipality", "received_on")
"""The placeholders of a block; the same as in letters."""


@dataclass(frozen=True)
class OfferedBlock:
    """A block in the language of the letter.

    `grounds`: the keys of the offered grounds that it goes with; empty if it goes with any.
    """

    title: str
    text: str
    grounds: tuple[int, ...] = ()


def list_blocks(
    application: "Application", *, use: TextBlock.Use, grounds: Iterable[Ground] = ()
) -> list[OfferedBlock]:
    """The blocks for a step in a case, without those of a ground that is not offered."""
    found = TextBlock.objects.for_case(application, use=use, on=clock.today())
    offered, language = list(grounds), application.language
    with override(language):
        about = letters.build_case_context(application)
        values = {name: format_value(about[name]) for name in PLACEHOLDERS}
    blocks = []
    for block in found:
        keys = tuple(ground.pk for ground in offered if block.ground == ground.code)
        if keys or not block.ground:
            text = substitute_placeholders(block.text("text", language), values)
            blocks.append(OfferedBlock(str(block), text, keys))
    return blocks
