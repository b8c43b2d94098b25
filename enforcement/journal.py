"""Each question leaves a row: which program asked, what for, when, about which zone; a plate as its digest alone."""

from collections.abc import Sequence

from enforcement.answers import Question
from enforcement.digests import digest_plate, write_array
from enforcement.models import EnforcementQuestion, MachineClient


def note_questions(machine: MachineClient, questions: Sequence[Question]) -> None:
    """Kept before the answer goes out. Those of one request are of one moment and one purpose, so they share a row."""
    if questions:
        digests = [digest_plate(one.plate, one.country) for one in questions]
        EnforcementQuestion.objects.create(
            machine=machine,
            purpose=machine.purpose,
            zone=machine.municipality.cbs_code,
            plates=write_array(digests),
            count=len(digests),
        )
