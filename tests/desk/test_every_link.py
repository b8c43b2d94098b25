"""Every page of the desk has a link: whoever may open a page finds the way to it from the start page."""

import pytest

from tests.crawler import WalkWithMemory, sort_of
from tests.looping import each
from tests.project.test_roles import addresses, people, table  # noqa: F401

pytestmark = pytest.mark.django_db

DESK = "/loket/"
ROLES = (
    "caseworker",
    "team_lead",
    "objection_officer",
    "reporter",
    "editor",
    "administrator",
)
CASES = {
    "admin:exemptions_application_change",
    "admin:objections_objection_change",
    "admin:objections_appeal_change",
    "admin:renewals_renewal_change",
}
READ_ONLY = (
    "casework_equatedday",
    "casework_otherbody",
    "casework_policy",
    "exemptions_ground",
    "exemptions_kindversion",
    "zones_accessrule",
    "zones_automaticexemption",
    "zones_municipalauthority",
    "zones_municipality",
    "zones_zone",
)
WITHOUT_A_LINK = {
    "admin:app_list": "Django's index of one app: the start page has all of it",
    "admin:jsi18n": "words for a script",
    "admin:password_change": "one's own password is kept by the portal, at 'My account'",
    "admin:password_change_done": "the same",
    "admin:exemptions_application_search": "the search box of every page leads there",
    "admin:helpdesk_question_changelist": "Django's name for the list of questions, which has an address of its own",
    "admin:helpdesk_topic_preview": "takes what is sent",
    "admin:helpdesk_topic_history": "the page of the question has all versions",
    "admin:casework_lettertext_history": "the page of the text has all versions",
    "admin:objections_appeal_lodge": "on the page of an objection that was decided, which none of these cases is",
    "admin:objections_appeal_silence": "on the page of an application that is late, which none of these cases is",
    "admin:enforcement_machineclient_history": "the page of the program tells who issued, replaced and revoked it",
    "admin:accounts_rolechange_history": "it is a line of the log, and never changes",
    **dict.fromkeys(
        (f"admin:{name}_history" for name in READ_ONLY), "the log of changes has it, in words and with both people"
    ),
}
"""Addresses to which no link leads, with the reason."""


@each("role", ROLES)
def test_every_page_of_the_desk_has_a_link(role, people, addresses, login):  # noqa: F811
    walk = WalkWithMemory(login(people[role]))
    linked = near(walk) | near_walk(walk)

    rows = {row for row, signs in table().items() if signs[role] == "." and addresses[row].startswith(DESK)}
    pages = {row.partition("@")[0] for row in rows if walk.look(addresses[row]) is not None}

    assert ", ".join(sorted(pages - linked - WITHOUT_A_LINK.keys())) == ""


def near(walk):
    """The sorts of page that every list, and every case on one, leads to: a step is linked from some cases only.

    A list in another order or with a filter shows no rows that the whole list does not show.
    """
    lists = set(leads_to(walk, DESK))
    listed = {link for way in lists for link in leads_to(walk, way)}
    tabs = {way for way in listed - lists if sort_of(way).endswith("?list")}  # of what has ended, which no card counts
    listed |= {link for way in tabs for link in leads_to(walk, way)}
    of_cases = {link for way in listed if sort_of(way) in CASES for link in leads_to(walk, way)}
    return {sort_of(way).partition("?")[0] for way in lists | listed | of_cases}


def near_walk(walk):
    """The sorts of page along any number of clicks, one page of each."""
    list(walk.pages([DESK]))
    return {sort.partition("?")[0] for sort in walk.seen}


def leads_to(walk, way):
    """The links of a page of the desk; none where it is a file."""
    return (way.startswith(DESK) and walk.look(way)) or ()
