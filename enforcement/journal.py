"""Each question leaves a row: who asked, what for, when, about which zone; a plate as its digest alone."""

from collections.abc import Sequence

from accounts.models import User
from enforcement.answers import Question
from enforcement.digests import digest_plate, write_array
from enforcement.models import EnforcementQuestion, MachineClient

STREET_CHECK = "street check"
"""The purpose of every question of an officer."""


def note_questions(machine: MachineClient, questions: Sequence[Question]) -> None:
    """Kept before the answer goes out. Those of one request are of one moment and one purpose, so they share a row."""
    if questions:
        asked = EnforcementQuestion(machine=machine, purpose=machine.purpose, zone=machine.municipality.cbs_code)
        keep_row(asked, questions)


def note_street_check(question: Question, *, by: User) -> None:
    """Kept before the officer sees the answer."""
    keep_row(EnforcementQuestion(asked_by=by, purpose=STREET_CHECK, zone=question.zone), [question])


def keep_row(asked: EnforcementQuestion, questions: Sequence[Question]) -> None:
    """With the digests of the plates."""
    digests = [digest_plate(one.plate, one.country) for one in questions]
    asked.plates, asked.count = write_array(digests), len(digests)
    asked.save(force_insert=True)
