"""The steps after a grant, with random arguments that mostly fit."""

from typing import Any

from django.utils import timezone

from exemptions.models import ChangeRequest, Channel, FactsRecord, Ground
from exemptions.models.decision import Change
from exemptions.steps.amendment import Vehicle
from exemptions.steps.revocation import INTENDED
from tests import given
from tests.lives.base import Dice, Life
from tests.lives.people import TERMS, Detail, desk, holder, only_by_desk, some_day, words

PLATES = ("VX123Z", "V99ABC", "V11XYZ")
URGENT = "Het voertuig is gestolen gemeld en wordt nu gebruikt."
NAMES = ("De Korst BV", "De Korst Holding BV", "Bakkerij De Korst", " ")
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


def ask_change(life: Life, dice: Dice, case: Any) -> Detail:
    """One of the four wishes, also twice, or what is so already; also noted at the desk days later."""
    first = some_day(dice, 0, 0, 2, -1)
    wish: dict[str, Any] = dice.one_of(
        [
            {"what": Change.VEHICLE, "plate": dice.one_of(PLATES), "country": "NL"},
            {"what": Change.LOAN, "plate": dice.one_of(PLATES), "country": "NL", "starts_on": first, "ends_on": first},
            {"what": Change.LONGER, "ends_on": some_day(dice, 260, 300, 40), "explanation": "Later geleverd."},
            {"what": Change.NAME, "name": dice.one_of(NAMES)},
        ]
    )
    noted = {"by": desk(life, dice), "channel": Channel.POST, "came_in_on": some_day(dice, 0, -1, -5, 1)}
    return {**dice.one_of([{"by": holder(life, dice)}, {"by": holder(life, dice)}, noted]), **wish}


def some_request(dice: Dice, case: Any) -> ChangeRequest:
    """One of the holder's, mostly one that waits."""
    asked = list(case.change_requests.all())
    waiting = [one for one in asked if one.settled_at is None]
    request: ChangeRequest = dice.one_of([*waiting * 3, *asked])
    return request


def take_back_change(life: Life, dice: Dice, case: Any) -> Detail:
    """By the holder."""
    return {"by": holder(life, dice), "request": some_request(dice, case)}


def refuse_change(life: Life, dice: Dice, case: Any) -> Detail:
    """With reasons, mostly."""
    why = dice.one_of(["Het is een personenauto.", "Het is een personenauto.", ""])
    return {"by": desk(life, dice), "request": some_request(dice, case), "explanation": why}


def rename_holder(life: Life, dice: Dice, case: Any) -> Detail:
    """To another name, or to the same one."""
    return {"by": desk(life, dice), "name": dice.one_of(NAMES)}


def settle_register_finding(life: Life, dice: Dice, case: Any) -> Detail:
    """All that the register says otherwise, or the first of it."""
    found = list(case.register_findings.all())
    about = {"findings": dice.one_of([found, found, found[:1]]), "note": dice.one_of(["Gebeld.", "Gebeld.", " "])}
    return {"by": desk(life, dice), **about}


def tell_needless(life: Life, dice: Dice, case: Any) -> Detail:
    """That a changed rule gives access without what was given."""
    about = {"access_until": some_day(dice, 300), "reason": "De regel is veranderd."}
    return {"by": life.people.mover, "exemption": case.exemptions.last(), **about}


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
    "ask_change": ask_change,
    "take_back_change": take_back_change,
    "refuse_change": refuse_change,
    "rename_holder": rename_holder,
    "settle_register_finding": settle_register_finding,
    "tell_needless": tell_needless,
}
WEIGHTS = {
    **dict.fromkeys(["revoke", "propose_revocation", "end_on_request", "return_change"], 1),
    **dict.fromkeys(["take_back_change", "rename_holder", "tell_needless"], 1),
    **dict.fromkeys(["propose_suspension", "propose_shortening", "ask_view_on_change"], 2),
    **dict.fromkeys(["suspend_exemption", "shorten", "annul", "leave_exemption", "refuse_change"], 3),
    **dict.fromkeys(["approve_change", "lift_suspension"], 40),  # until then nothing else may be changed
}
