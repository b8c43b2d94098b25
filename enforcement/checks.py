"""Answers questions, one or thousands, from the same rows and in the same way."""

from collections.abc import Sequence

from enforcement import register_entries
from enforcement.answers import Answer, Question, answer_question
from enforcement.holdings import read_holdings
from enforcement.register_entries import HOME, SILENT, look_up_one
from enforcement.rules import current_rules
from enforcement.single_questions import Vehicle, keep_and_read, read_vehicle
from zones.register_batches import look_up_many


def answer_one(question: Question) -> Answer:
    """The answer to one question."""
    return judge_vehicle(question, read_vehicle(question))


def answer_program(question: Question, *, token: str) -> Answer | None:
    """The answer for a program, by the hash of its token, recorded; None if the token does not allow the question."""
    vehicle = keep_and_read(question, token=token)
    return vehicle and judge_vehicle(question, vehicle)


def judge_vehicle(question: Question, vehicle: Vehicle) -> Answer:
    """The answer; queries the register if its answer about a Dutch vehicle is too old."""
    facts = vehicle.facts or SILENT
    if question.country == HOME and not vehicle.is_fresh:
        facts = register_entries.ask_register([question.plate], look_up=look_up_one).get(question.plate, facts)
    by_rules = vehicle.rules.judge(facts, zone=question.zone, at=question.at)
    return answer_question(question, by_rules=by_rules, holdings=vehicle.holdings)


def answer_each(questions: Sequence[Question]) -> list[Answer]:
    """The answers in the order of the questions; three queries if the register need not be consulted."""
    if not questions:
        return []
    facts = register_entries.read_entries({one.plate for one in questions if one.country == HOME}, look_up=look_up_many)
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
