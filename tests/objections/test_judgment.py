"""What a judgment leads to, and what one can do against that (Awb 3:45, 6:23, 8:72); by portal and by post."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.models import PostalCopy
from exemptions.models import Application, Ground
from objections.admin.forms.court import possible_targets
from objections.models import Appeal
from objections.portal.drafts import find_objectable_decision
from tests import contest, given
from tests.casework.days import on
from tests.objections.look import letters, refused, terms
from tests.posting import choose_post, post


def grant(appeal, *, by, step="win_with_grant", **more):
    """Upheld, and the exemption follows."""
    today, reason = timezone.localdate(), given.ground(Ground.Outcome.GRANT, appeal.objection.application)
    days = {"judged_on": today, "starts_on": today, "ends_on": today + timedelta(days=60)}
    why = {"explanation": given.SHORTER} if step == "win_with_grant" else {}
    getattr(appeal, step)(by=by, judgment="Het beroep is gegrond.", ground=reason, **{**days, **why, **more})
    return Application.objects.get(pk=appeal.objection.application.pk)


@pytest.fixture
def appeal(rejected_on_2_september, applicant, objection_officer, go_to):
    """Unfounded, and before the court."""
    go_to("Tue 2025-10-14")
    objection = contest.handling(rejected_on_2_september, by=applicant, desk=objection_officer)
    return contest.appeal(contest.unfounded(objection, by=objection_officer), desk=objection_officer)


@pytest.fixture
def direct(rejected_on_2_september, applicant, objection_officer, go_to):
    """A direct appeal: there is no decision on the objection."""
    go_to("Tue 2025-10-14")
    objection = contest.filed(rejected_on_2_september, by=applicant, direct_appeal_asked=True)
    objection.agree_direct_appeal(by=objection_officer, court="Rechtbank Gelderland", none_to_come=True)
    return objection.appeals.get()


@pytest.fixture
def by_post(organisation, applicant):
    """From here on letters go by post."""
    return lambda: choose_post(organisation, by=applicant)


SIX_WEEKS, SIX_WEEKS_FROM_POSTING = on("Mon 2026-01-19"), on("Thu 2026-01-22")


# --- Ours: appeal to the court -------------------------------------------------------------------------------


def test_3_45_against_our_decision_after_a_judgment_one_can_appeal(appeal, objection_officer, go_to):
    go_to("Mon 2025-12-08")
    application = grant(appeal, by=objection_officer)

    assert terms(appeal.objection) == {"appeal": SIX_WEEKS}
    assert terms(application) == {}
    assert "tot en met **19 januari 2026**" in application.dossier.letters.get(kind="judgment_granted").body
    assert Appeal.Against.DECISION in possible_targets(appeal.objection)
    assert find_objectable_decision(application) is None


def test_3_45_by_post_the_term_to_appeal_begins_at_posting(appeal, by_post, objection_officer, go_to):
    by_post()
    go_to("Mon 2025-12-08")
    application = grant(appeal, by=objection_officer)
    assert terms(appeal.objection) == {}

    go_to("Thu 2025-12-11")
    post(appeal.objection, "judgment_granted", by=objection_officer)

    assert terms(appeal.objection) == {"appeal": SIX_WEEKS_FROM_POSTING}
    assert application.decisions.standing().get().made_known_on == on("Thu 2025-12-11")
    assert "tot en met **22 januari 2026**" in application.dossier.letters.get(kind="judgment_granted").body


def test_6_10_who_appealed_before_it_was_posted_needs_no_term(appeal, by_post, objection_officer, go_to):
    by_post()
    go_to("Mon 2025-12-08")
    grant(appeal, by=objection_officer)
    contest.appeal(appeal.objection, desk=objection_officer)
    go_to("Thu 2025-12-11")
    post(appeal.objection, "judgment_granted", by=objection_officer)

    assert terms(appeal.objection) == {}


# --- Ours, sent back to the application: objection --------------------------------------------------------------


def test_7_1_sent_back_to_the_application_one_can_object(direct, objection_officer, applicant, go_to):
    go_to("Mon 2025-12-08")
    application = grant(direct, by=objection_officer, remedy="objection")

    assert terms(application) == {"object": SIX_WEEKS}
    assert terms(direct.objection) == {}
    assert "tot en met **19 januari 2026**" in application.dossier.letters.get(kind="judgment_granted_object").body
    assert contest.filed(application, by=applicant).decision == find_decision(application)


def find_decision(application):
    return application.decisions.standing().get()


def test_7_1_the_portal_offers_it(direct, objection_officer, go_to):
    go_to("Mon 2025-12-08")
    application = grant(direct, by=objection_officer, remedy="objection")

    assert find_objectable_decision(application) == find_decision(application)


def test_7_1_by_post_the_term_to_object_begins_at_posting(direct, by_post, objection_officer, go_to):
    by_post()
    go_to("Mon 2025-12-08")
    application = grant(direct, by=objection_officer, remedy="objection")
    assert terms(application) == {}

    go_to("Thu 2025-12-11")
    post(direct.objection, "judgment_granted_object", by=objection_officer)

    assert terms(application) == {"object": SIX_WEEKS_FROM_POSTING}


def test_what_one_can_do_must_be_said(appeal, objection_officer):
    with refused(appeal):
        grant(appeal, by=objection_officer, remedy="")


# --- In higher appeal: the Council of State keeps what we decide next to itself (8:113(2)) --------------------------


@pytest.fixture
def higher(appeal, objection_officer, go_to):
    """Unfounded before the district court, and in higher appeal."""
    go_to("Mon 2025-12-01")
    appeal.find_unfounded(by=objection_officer, judged_on=timezone.localdate(), judgment="Ongegrond.")
    about = {"instance": Appeal.Instance.HIGHER, "against": Appeal.Against.JUDGMENT, "higher_than": appeal}
    go_to("Mon 2025-12-08")
    return contest.appeal(appeal.objection, desk=objection_officer, court="ABRvS", **about)


def test_8_113_2_the_letter_names_the_council_of_state_and_no_other_court(higher, objection_officer):
    application = grant(higher, by=objection_officer, remedy="higher")

    assert terms(higher.objection) == {"appeal": SIX_WEEKS}
    letter = application.dossier.letters.get(kind="judgment_granted_higher").body
    assert "Afdeling bestuursrechtspraak van de Raad van State, en nergens anders" in letter
    assert "tot en met **19 januari 2026**" in letter
    assert "rechtbank" not in letter


def test_8_113_2_by_post_the_term_begins_at_posting(higher, by_post, objection_officer, go_to):
    by_post()
    application = grant(higher, by=objection_officer, remedy="higher")
    assert terms(higher.objection) == {}

    go_to("Thu 2025-12-11")
    post(higher.objection, "judgment_granted_higher", by=objection_officer)

    assert terms(higher.objection) == {"appeal": SIX_WEEKS_FROM_POSTING}
    assert application.decisions.standing().get().made_known_on == on("Thu 2025-12-11")


def test_8_113_2_a_district_court_cannot_say_so(appeal, objection_officer):
    with refused(appeal):
        grant(appeal, by=objection_officer, remedy="higher")


# --- In the portal, and posted besides (Awb 2:10) ---------------------------------------------------------------


@pytest.mark.parametrize(("remedy", "kind"), [("appeal", "judgment_granted"), ("objection", "judgment_granted_object")])
def test_2_10_who_gets_it_by_post_too_has_six_weeks_from_then(appeal, objection_officer, go_to, remedy, kind):
    go_to("Mon 2025-12-08")
    application = grant(appeal, by=objection_officer, remedy=remedy)
    PostalCopy.objects.create(letter=application.dossier.letters.get(kind=kind))  # the mail about it failed
    go_to("Thu 2025-12-11")
    post(appeal.objection, kind, by=objection_officer)

    begun = {**terms(application), **terms(appeal.objection)}
    assert begun == {"object" if remedy == "objection" else "appeal": SIX_WEEKS_FROM_POSTING}


# --- The court's own: higher appeal only ----------------------------------------------------------------------


def test_8_72_against_what_the_court_grants_there_is_no_term_of_ours(appeal, objection_officer, go_to):
    go_to("Mon 2025-12-08")
    application = grant(appeal, by=objection_officer, step="win_with_court_grant", judged_on=on("Thu 2025-12-04"))

    assert terms(appeal.objection) == terms(application) == {}
    assert letters(appeal)[-1] == "judgment_granted_by_court"
    assert find_decision(application).made_known_on == on("Thu 2025-12-04")
    assert find_objectable_decision(application) is None


def test_8_72_also_by_post_it_is_known_by_the_judgment(appeal, by_post, objection_officer, go_to):
    by_post()
    go_to("Mon 2025-12-08")
    application = grant(appeal, by=objection_officer, step="win_with_court_grant")
    go_to("Thu 2025-12-11")
    post(appeal.objection, "judgment_granted_by_court", by=objection_officer)

    assert find_decision(application).made_known_on == on("Mon 2025-12-08")
    assert terms(appeal.objection) == terms(application) == {}


def test_where_there_is_no_decision_yet_the_court_grants_nothing(
    rejected_on_2_september, applicant, objection_officer, go_to
):
    go_to("Fri 2025-12-12")
    objection = contest.filed(rejected_on_2_september, by=applicant, late_reason="Op reis.")
    against_silence = contest.appeal(objection, desk=objection_officer, against=Appeal.Against.SILENCE)

    with refused(against_silence):
        grant(against_silence, by=objection_officer, step="win_with_court_grant")


# --- Letters of before the upgrade --------------------------------------------------------------------------------


def test_a_letter_that_waited_on_the_day_of_the_upgrade_still_makes_its_decision_known(
    appeal, by_post, objection_officer, go_to
):
    by_post()
    go_to("Mon 2025-12-08")
    application = grant(appeal, by=objection_officer)
    with given.rewriting():
        application.dossier.letters.filter(kind="judgment_granted").update(reference="")  # it named no decision
    go_to("Thu 2025-12-11")
    post(appeal.objection, by=objection_officer)

    assert find_decision(application).made_known_on == on("Thu 2025-12-11")
