"""A rule that is prolonged is good news once, one that changes is one mail; two people look at the counts first."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from casework.models import Message, ReferenceChange
from casework.versions import publishing
from casework.versions.publishing import Proposal
from exemptions.models import Applicant
from tests.watches.test_expiry_notices import days_before, follow, in_fleet, keep_fresh
from watches import mailing
from watches.models import EndNotice
from zesportal.versions.effects import describe_effects
from zesportal.versions.subjects import SUBJECTS
from zones.models import AccessRule

RULE = AccessRule._meta.label_lower


def propose(code: str, by: User, **after: Any) -> ReferenceChange:
    """A new version of a rule, from the day after tomorrow."""
    row = AccessRule.objects.in_force(on=timezone.localdate()).get(code=code)
    day = timezone.localdate() + timedelta(days=2)
    proposal = Proposal(
        action=ReferenceChange.Action.VERSION,
        row=row,
        after={**SUBJECTS[RULE].versioned.state_of(row), **after},
        valid_from=day,
        source="Stb. 2026, 400",
        reason="De regel is verlengd.",
    )
    return publishing.propose_change(SUBJECTS[RULE].versioned, proposal, by=by)


def publish(change: ReferenceChange, by: User) -> None:
    publishing.publish_change(SUBJECTS[RULE].versioned, change, by=by)


def take_back(change: ReferenceChange, by: User, second: User) -> None:
    """The version that a change wrote, before it begins."""
    row = AccessRule.objects.filter(code=change.key).latest("valid_from")
    proposal = Proposal(
        action=ReferenceChange.Action.CANCEL,
        row=row,
        after={},
        valid_from=None,
        source="Stb. 2026, 401",
        reason="De verlenging gaat niet door.",
    )
    publish(publishing.propose_change(SUBJECTS[RULE].versioned, proposal, by=by), second)


def run(days: int) -> list[tuple[str, str]]:
    """The job of a day; which mail went to whom."""
    with days_before(days) as today:
        keep_fresh()
        before = set(Message.objects.values_list("pk", flat=True))
        mailing.announce_ends(today=today)
        return list(Message.objects.exclude(pk__in=before).values_list("kind", "to"))


def test_a_rule_that_is_prolonged_brings_the_good_news_once(administrator: User, other_administrator: User):
    with days_before(100):
        follow()
        change = propose("V2", administrator, until=date(2028, 1, 1))
        assert run(100) == []
    with days_before(99):
        publish(change, other_administrator)

    assert run(98) == [("mail_access_longer", "piet@example.nl")]
    assert [told for days in range(97, -1, -1) for told in run(days)] == []
    mail = Message.objects.get()
    assert "Het was: toegang tot en met 31 december 2026." in mail.body
    assert "Het wordt: toegang tot en met 31 december 2027." in mail.body


def test_a_rule_that_ends_earlier_is_one_mail_and_then_the_end_is_told_as_always(
    administrator: User, other_administrator: User
):
    with days_before(100):
        follow()
        publish(propose("V2", administrator, until=date(2026, 12, 21)), other_administrator)

    told = [kind for days in range(99, 9, -1) for kind, _to in run(days)]
    assert told == ["mail_access_changes", "mail_access_ends", "mail_access_ends"]


def test_whom_a_change_does_not_touch_hears_nothing(administrator: User, other_administrator: User):
    with days_before(100):
        follow()
        publish(propose("V3b", administrator, until=date(2030, 1, 1)), other_administrator)

    assert run(99) == []


def test_words_alone_are_no_news(administrator: User, other_administrator: User):
    with days_before(100):
        follow()
        publish(propose("V2", administrator, explanation_nl="Anders gezegd."), other_administrator)

    assert run(99) == []


def test_the_second_person_sees_how_many_vehicles_a_change_moves(
    administrator: User, organisation: Applicant, applicant: User
):
    with days_before(100):
        follow()
        follow("VX777Z", email="jo@example.nl")
        in_fleet(organisation, applicant)
        change = propose("V2", administrator, until=date(2028, 1, 1))
        row = SUBJECTS[RULE].versioned.row_of(change.after)
        sentences = describe_effects(change, row)

    assert any("3 voertuigen mogen er langer in, 0 korter" in sentence for sentence in sentences)
    assert not EndNotice.objects.exists()


def test_a_fleet_and_a_followed_plate_of_one_address_are_one_mail(
    administrator: User, other_administrator: User, organisation: Applicant, applicant: User
):
    with days_before(100):
        in_fleet(organisation, applicant)
        follow(email=organisation.email)
        publish(propose("V2", administrator, until=date(2028, 1, 1)), other_administrator)

    assert run(99) == [("mail_access_longer", organisation.email)]


def test_who_was_mailed_about_a_change_that_is_taken_back_hears_once_that_it_does_not_go_ahead(
    administrator: User, other_administrator: User
):
    with days_before(100):
        follow()
        change = propose("V2", administrator, until=date(2028, 1, 1))
        publish(change, other_administrator)
    assert run(100) == [("mail_access_longer", "piet@example.nl")]
    with days_before(99):
        follow("VX777Z", email="jo@example.nl")
        take_back(change, administrator, other_administrator)

    assert run(99) == [("mail_change_cancelled", "piet@example.nl")]
    assert [told for days in range(98, 61, -1) for told in run(days)] == []
    mail = Message.objects.get(kind="mail_change_cancelled")
    assert "De verandering van 24 september 2026 waarover wij u mailden, gaat niet door." in mail.body
    assert "Het blijft: toegang tot en met 31 december 2026." in mail.body


def test_a_change_that_is_taken_back_before_anybody_was_mailed_is_no_news(
    administrator: User, other_administrator: User
):
    with days_before(100):
        follow()
        change = propose("V2", administrator, until=date(2028, 1, 1))
        publish(change, other_administrator)
        take_back(change, administrator, other_administrator)

    assert [told for days in (100, 99, 98) for told in run(days)] == []


def test_a_fleet_that_stopped_the_mails_does_not_hear_that_a_change_is_taken_back(
    administrator: User, other_administrator: User, organisation: Applicant, applicant: User
):
    with days_before(100):
        in_fleet(organisation, applicant)
        change = propose("V2", administrator, until=date(2028, 1, 1))
        publish(change, other_administrator)
    assert run(100) == [("mail_access_longer", organisation.email)]
    with days_before(99):
        take_back(change, administrator, other_administrator)
        Applicant.objects.update(mail_expiry=False)
        User.objects.update(mail_expiry=False)

    assert run(99) == []
