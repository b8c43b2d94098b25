"""Every page of the desk has a link: whoever may open a page finds the way to it from the start page."""

from collections.abc import Mapping

from django.http import HttpResponse, HttpResponseBase

from tests.crawler import is_page, links, sort_of

DESK = "/loket/"
START = "admin:index"
READ_ONLY = (
    "casework_equatedday",
    "casework_otherbody",
    "casework_policy",
    "exemptions_ground",
    "exemptions_kindversion",
    "exemptions_textblock",
    "reporting_reviewquestion",
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


def list_unlinked(answers: Mapping[str, HttpResponseBase], addresses: Mapping[str, str]) -> list[str]:
    """Pages of the desk that somebody may open, and to which no page leads that they come to from the start page.

    `answers`: by row of the table of roles, what they see there; of each page, and of each state of a case, one.
    """
    desk = {row: answer for row, answer in answers.items() if addresses[row].startswith(DESK)}
    pages = {row: answer for row, answer in desk.items() if isinstance(answer, HttpResponse) and is_page(answer)}
    known: set[str] = set()
    linked = {START}
    while new := {row for row in pages if name_of(row) in linked} - known:
        known |= new
        linked |= {name for row in new for name in names_linked(pages[row], addresses[row])}
    return sorted({name_of(row) for row in pages} - linked - WITHOUT_A_LINK.keys())


def names_linked(answer: HttpResponse, way: str) -> set[str]:
    """The names of the pages to which a page leads."""
    return {name_of(sort_of(link)) for link in links(answer.content, way)}


def name_of(row: str) -> str:
    """The name of an address, without which of its pages it is."""
    return row.partition("@")[0].partition("?")[0]
