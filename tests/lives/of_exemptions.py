"""The steps after a grant, with random arguments that mostly fit."""

from typing import Any

from django.utils import timezone

from exemptions.models import FactsRecord, Ground
from exemptions.steps.amendment import Vehicle
from exemptions.steps.revocation import INTENDED
from tests import given
from tests.lives.base import Dice, Life
from tests.lives.people import TERMS, Detail, desk, only_by_desk, some_day, words

PLATES = ("VX123Z", "V99ABC", "V11XYZ")
URGENT = "Het voertuig is gestolen gemeld en wordt nu gebruikt."
FOUND = "Volgens het kentekenregister is het voertuig verkocht."


def some_vehicle(dice: Dice) -> Vehicle:
    """A van; it may be the one that it is for already."""
    return Vehicle(dice.one_of(PLATES), "NL", given.VAN, FactsRecord.Source.REGISTER)


def replace_vehicle(life: Life, dice: Dice, case: Any) -> Detail:
    """Another one from now on."""
    return {"by": desk(life, dice), "vehicle": some_vehicle(dice)}


def allow_temporary_vehicle(life: Life, dice: Dice, case: Any) -> Detail:
    """From today or some day, for some days or for too many."""
    first = some_day(dice, 0, 0, 2, 9, 9, -1)
    days = {"starts_on": first, "ends_on": first + (some_day(dice, 0, 1, 6, 20, 20, 60) - timezone.localdate())}
    return {"by": desk(life, dice), "vehicle": some_vehicle(dice), **days}


def lengthen(life: Life, dice: Dice, case: Any) -> Detail:
    """To a later day, or to one that is no later."""
    return {"by": desk(life, dice), "ends_on": some_day(dice, 210, 260, 300, 40), "explanation": "Later geleverd."}


def correct_decision(life: Life, dice: Dice, case: Any) -> Detail:
    """Another first or last day, now and then another plate."""
    days = {"starts_on": some_day(dice, 0, 0, -4, 3, 20), "ends_on": some_day(dice, 60, 150, 220, -1)}
    vehicle = dice.one_of([None, None, some_vehicle(dice)])
    return {"by": desk(life, dice), **days, "explanation": "Twee cijfers omgedraaid.", "vehicle": vehicle}


def end_on_request(life: Life, dice: Dice, case: Any) -> Detail:
    """Mostly later, for else this exemption is over."""
    return {"by": desk(life, dice), "from_day": some_day(dice, 60, 90, 150, 0, -1)}


def reasons(life: Life, dice: Dice) -> dict[str, Any]:
    """Why something is taken away; mostly it could not wait, else the holder must have been heard."""
    about = {"ground": Ground.objects.get(code="facts_changed"), "explanation": dice.one_of([*[FOUND] * 5, ""])}
    return {"by": desk(life, dice), **about, "unheard_because": dice.one_of([*[URGENT] * 4, ""])}


def take_away(life: Life, dice: Dice, case: Any) -> Detail:
    """All of it, or for some time."""
    return reasons(life, dice)


def shorten(life: Life, dice: Dice, case: Any) -> Detail:
    """Until a day that mostly is earlier."""
    return {**reasons(life, dice), "ends_on": some_day(dice, 20, 60, 150, 0, 400)}


def ask_view_on_change(life: Life, dice: Dice, case: Any) -> Detail:
    """On whatever we have in mind."""
    about = {"intention": dice.one_of(INTENDED), "found": dice.one_of([FOUND, FOUND, ""])}
    return {"by": desk(life, dice), **about, "ends_on": given.working_day(dice.one_of(TERMS))}


def give_view_on_change(life: Life, dice: Dice, case: Any) -> Detail:
    """By the holder, or noted at the desk."""
    by = dice.one_of([life.people.applicant, life.people.applicant, desk(life, dice)])
    return {"by": by, "view": dice.one_of(["Ik heb het nog.", "Ik heb het nog.", " "])}


def correct_facts(life: Life, dice: Dice, case: Any) -> Detail:
    """What somebody saw of the vehicle of a day exemption."""
    return {"by": desk(life, dice), "facts": given.VAN, "reason": "Gezien in het register."}


def annul(life: Life, dice: Dice, case: Any) -> Detail:
    """A day exemption, by somebody else than who looked at the vehicle."""
    reason = Ground.objects.for_kind(case.chosen_kind.code).filter(outcome=Ground.Outcome.REJECT).order_by("pk").first()
    return {"by": desk(life, dice), "ground": reason, "view": "Weet van niets.", "explanation": FOUND}


AFTER_THE_GRANT = {
    "replace_vehicle": replace_vehicle,
    "allow_temporary_vehicle": allow_temporary_vehicle,
    "end_temporary_vehicle": only_by_desk,
    "lengthen": lengthen,
    "correct_decision": correct_decision,
    "end_on_request": end_on_request,
    "cancel_day": only_by_desk,
    "ask_view_on_change": ask_view_on_change,
    "give_view_on_change": give_view_on_change,
    "leave_exemption": only_by_desk,
    "revoke": take_away,
    "suspend_exemption": take_away,
    "shorten": shorten,
    "lift_suspension": words(explanation="Het is uitgezocht."),
    "propose_revocation": take_away,
    "propose_suspension": take_away,
    "propose_shortening": shorten,
    "approve_change": only_by_desk,
    "return_change": words(remark="Bel eerst."),
    "correct_facts": correct_facts,
    "annul": annul,
}
WEIGHTS = {
    **dict.fromkeys(["revoke", "propose_revocation", "end_on_request", "return_change"], 1),
    **dict.fromkeys(["propose_suspension", "propose_shortening", "ask_view_on_change"], 2),
    **dict.fromkeys(["suspend_exemption", "shorten", "annul", "leave_exemption"], 3),
    **dict.fromkeys(["approve_change", "lift_suspension"], 40),  # until then nothing else may be changed
}
