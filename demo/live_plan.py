"""The cases around today, as a table: what each shows, for whom, which kind, and how many days ago it was filed."""

from dataclasses import dataclass

from demo.days import CODE
from demo.people import BAKER, CARRIER, FLORIST, MOVER
from exemptions.models import Channel

SOMEBODY = ""  # one of the invented applicants of the year
UTRECHT, AMSTERDAM, ROTTERDAM = "GM0344", "GM0363", "GM0599"


@dataclass(frozen=True)
class Scene:
    """One case: `shows` names a function of `scenes`, `objection_scenes` or `late_scenes`."""

    shows: str
    kind: str
    days_ago: int
    who: str = SOMEBODY
    vehicle: str = "van"
    municipality: str = ""
    plate: str = ""
    country: str = "NL"
    verified: bool = True
    by_post: bool = False
    on_paper: str = ""
    """The channel, if it was not the portal."""


SCENES = (
    # --- nobody has taken these up ---------------------------------------------------------------------------
    Scene("undelivered", "LEV", 1, FLORIST),
    Scene("undelivered", "NEV", 1, vehicle="truck"),
    Scene("new", "BEO", 2, BAKER),
    Scene("new", "PAR", 2),
    Scene("new", "NET", 3, vehicle="truck"),
    Scene("new", "LEV", 3, MOVER),
    Scene("new", "VHZ", 4, MOVER, vehicle="truck"),
    Scene("new", "HAR", 2, vehicle="truck", municipality=UTRECHT),
    Scene("new", "HAR", 3, municipality=AMSTERDAM),
    Scene("new", "NEV", 4, CARRIER, "truck", plate="GROMF108", country="DE", verified=False),
    Scene("new", "LEV", 5, plate="VAN99E", verified=False),
    Scene("disputed", "NEV", 5, FLORIST, plate="VAN02E"),
    Scene("new", "NEV", 3, BAKER, plate="VAN02E"),  # for the same vehicle as the florist: one of them has it
    Scene("new", "LEV", 3, on_paper=Channel.POST),
    Scene("new", "HAR", 2, municipality=UTRECHT, on_paper=Channel.COUNTER),
    # --- in hand ---------------------------------------------------------------------------------------------
    Scene("in_hand", "LEV", 9, FLORIST),
    Scene("in_hand", "NEV", 12, vehicle="truck"),
    Scene("in_hand", "LKR", 14, vehicle="truck"),
    Scene("in_hand", "HAN", 16),
    Scene("in_hand", "HAR", 11, BAKER, municipality=UTRECHT),
    Scene("in_hand", "HAR", 15, municipality=AMSTERDAM),
    Scene("in_hand", "BEO", 20, vehicle="truck"),
    Scene("disputed_in_hand", "LEV", 12, BAKER),
    Scene("noted", "EXC", 18, CARRIER, "truck", plate="GROMF112", country="DE", verified=False),
    Scene("snoozed", "LKR", 13, vehicle="truck"),
    Scene("disputed", "PAR", 22),
    Scene("led", "NEV", 17, vehicle="truck"),
    Scene("standstill_over", "LEV", 30),
    Scene("in_hand", "PAR", 10, on_paper=Channel.PHONE),
    # --- the term to decide ends within a week, or has ended -------------------------------------------------
    Scene("in_hand", "LEV", 55),
    Scene("in_hand", "NEV", 54, MOVER, "truck"),
    Scene("in_hand", "BEO", 53),
    Scene("in_hand", "HAR", 52, municipality=UTRECHT),
    Scene("in_hand", "LEV", 60, vehicle="truck"),
    Scene("in_hand", "NEV", 64),
    Scene("in_hand", "PHV", 62, vehicle="truck"),
    Scene("in_hand", "HAR", 61, municipality=AMSTERDAM),
    Scene("in_hand", "HAR", 63, vehicle="truck", municipality=UTRECHT),
    # --- the applicant is to do something --------------------------------------------------------------------
    Scene("waiting", "LEV", 13, FLORIST),
    Scene("waiting", "NEV", 13, BAKER),
    Scene("waiting", "BEO", 13, MOVER, "truck"),
    Scene("waiting", "HAR", 14, vehicle="truck", municipality=UTRECHT),
    Scene("waiting", "LEV", 13, CARRIER, "truck", plate="GROMF120", country="DE", verified=False),
    Scene("reminded", "NEV", 27),
    Scene("reminded", "PAR", 28),
    Scene("hearing_by_post", "PAR", 14, by_post=True),
    Scene("hearing", "NEV", 15, FLORIST),
    # --- the applicant has done it ---------------------------------------------------------------------------
    Scene("answered", "LEV", 20),
    Scene("answered", "BEO", 22, BAKER),
    Scene("answered", "NEV", 21, vehicle="truck"),
    Scene("answered", "HAR", 20, municipality=AMSTERDAM),
    Scene("answered", "HAR", 23, BAKER, municipality=UTRECHT),
    Scene("viewed", "PAR", 22),
    # --- silent until the last term had ended ----------------------------------------------------------------
    Scene("lapsed", "LEV", 62),
    Scene("lapsed", "NEV", 64, vehicle="truck"),
    Scene("lapsed", "HAR", 60, municipality=UTRECHT),
    # --- before a second pair of eyes ------------------------------------------------------------------------
    Scene("proposed_rejection", "LEV", 24),
    Scene("proposed_rejection", "NEV", 26, MOVER, "truck"),
    Scene("proposed_grant", "HAR", 25, municipality=UTRECHT),
    Scene("proposed_grant", "HAR", 23, vehicle="truck", municipality=ROTTERDAM),
    Scene("sent_back", "LEV", 25, BAKER),
    # --- ended -----------------------------------------------------------------------------------------------
    Scene("granted_for_60_days", "LEV", 200, FLORIST),
    Scene("granted_for_30_days", "LEV", 230, BAKER),
    Scene("granted_for_7_days", "NEV", 250, MOVER, "truck"),
    Scene("granted", "LEV", 60, FLORIST),
    Scene("rated", "LEV", 61, BAKER),
    Scene("granted", "EXC", 62, CARRIER, "truck", plate="GROMF131", country="DE"),
    Scene("rejected", "LEV", 40, FLORIST),
    Scene("rejected", "NEV", 38),
    Scene("set_aside", "LEV", 90, BAKER),
    Scene("withdrawn", "PAR", 12),
    Scene("converted", "NEV", 25, vehicle="truck"),
    # --- rejected, and the applicant objected: to be checked ---------------------------------------------------
    Scene("objection_new", "LEV", 44),
    Scene("objection_late", "PAR", 92),
    Scene("objection_by_post", "HAN", 78),
    Scene("objection_in_repair", "LEV", 54, FLORIST),
    Scene("objection_repaired", "LEV", 72),
    # --- being handled -----------------------------------------------------------------------------------------
    Scene("objection_in_hand", "EXC", 56, CARRIER, "truck", plate="GROMF150", country="DE"),
    Scene("objection_hearing_offered", "LEV", 51, BAKER),
    Scene("objection_hearing_planned", "LKR", 76, vehicle="truck"),
    Scene("objection_heard", "LEV", 90),
    Scene("objection_due", "HAN", 120),
    Scene("objection_adjourned", "LEV", 114),
    Scene("objection_overdue", "LEV", 151, MOVER),
    # --- decided within the last weeks -------------------------------------------------------------------------
    Scene("objection_was_upheld", "LEV", 82, FLORIST),
    Scene("objection_was_upheld_in_part", "LEV", 102),
    Scene("objection_was_unfounded", "HAN", 97),
    Scene("objection_was_inadmissible", "PAR", 107),
    Scene("objection_to_setting_aside", "LEV", 125),
    Scene("objection_was_withdrawn", "LEV", 67),
    Scene("objection_at_court", "LKR", 172, vehicle="truck"),
    Scene("objection_appealed", "LEV", 107),
    # --- rejected by limits that have become lower -------------------------------------------------------------
    Scene("renewable", "NEV", 66),
    Scene("renewable", "NEV", 67, vehicle="truck"),
    Scene("renewable", "NEV", 68, MOVER),
    Scene("renewable_with_objection", "NEV", 66),
    # --- late, and told so -------------------------------------------------------------------------------------
    Scene("overdue_with_notice", "LEV", 100),
    Scene("penalty_to_set", "LEV", 112),
    Scene("penalty_set", "EXC", 132, vehicle="truck"),
    Scene("silence_at_court", "LEV", 130),
    Scene("ordered_to_decide", "LEV", 150),
    # --- granted, and to be changed or left ----------------------------------------------------------------------
    Scene("viewed_after_grant", "LEV", 60),
    Scene("asked_after_grant", "LEV", 62),
    Scene("unanswered_after_grant", "LEV", 130),
    # --- granted, and the vehicle was sold afterwards ------------------------------------------------------------
    Scene("sold_after_grant", "LEV", 60, MOVER, plate="VAN81E"),
    # --- in hand, and the applicant asks something ----------------------------------------------------------------
    Scene("wrote", "LEV", 8, FLORIST),
    Scene("wrote", "HAR", 8, municipality=UTRECHT),
    Scene("wrote", "HAR", 9, municipality=AMSTERDAM),
)
DRAFTS = (
    Scene("draft", "LEV", 2, FLORIST, plate="VAN01E"),
    Scene("draft", "NEV", 4, CARRIER, "truck", plate="GROMF140", country="DE", verified=False),
    Scene("draft", "VHZ", 8, MOVER, "truck"),
)
UNVERIFIED_DAYS = (
    Scene("day", CODE, 1, CARRIER, "truck", ROTTERDAM, plate="GROMF160", country="DE", verified=False),
    Scene("day", CODE, 1, FLORIST, municipality=UTRECHT, plate="VAN99E", verified=False),
)
"""Day exemptions for the coming days on typed data: from abroad, and while the register was down."""
LATE_DAY = Scene("day", CODE, 16, CARRIER, "truck", AMSTERDAM, plate="GROMF161", country="DE", verified=False)
"""Nobody has checked it within the policy's number of working days."""
WRONG_DAY = Scene("day", CODE, 8, BAKER, municipality=UTRECHT, plate="CAR01E", verified=False)
"""Typed as a van; a colleague found it to be a passenger car."""
NEARLY_ALL_DAYS = 11
"""How many of its twelve day exemptions the florist's van has had in Utrecht this year."""
