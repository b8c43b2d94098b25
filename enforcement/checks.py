"""Questions answered, one or thousands, from the same rows in the same way."""

from collections.abc import Sequence

from enforcement import register_entries
from enforcement.answers import Answer, Question, answer_question
from enforcement.holdings import read_holdings
from enforcement.register_entries import HOME, SILENT, LookUp, look_up_one
from enforcement.rules import current_rules
from zones.register_batches import look_up_many


def answer_one(question: Question) -> Answer:
    """May it be there?"""
    return answer_each([question], look_up=look_up_one)[0]


def answer_each(questions: Sequence[Question], *, look_up: LookUp = look_up_many) -> list[Answer]:
    """In the order of the questions; three queries where the register need not be asked."""
    if not questions:
        return []
    facts = register_entries.read_entries({one.plate for one in questions if one.country == HOME}, look_up=look_up)
    holdings, rules = read_holdings(questions), current_rules()
    known = ((facts.get(one.plate, SILENT) if one.country == HOME else SILENT) for one in questions)
    return [
        answer_question(
            one,
            by_rules=rules.judge(of_one, zone=one.zone, at=one.at),
            holdings=holdings.get((one.plate, one.country), ()),
        )
        for one, of_one in zip(questions, known, strict=True)
    ]
