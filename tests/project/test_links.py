"""What counts as a page to which no link leads."""

from django.http import HttpResponse

from tests.project.links import list_unlinked

LISTS = {
    "admin:index": "/loket/",
    "admin:exemptions_application_changelist": "/loket/exemptions/application/",
    "admin:renewals_renewal_changelist": "/loket/renewals/renewal/",
    "admin:jsi18n": "/loket/jsi18n/",
}


def page(*links: str) -> HttpResponse:
    return HttpResponse("<html>" + "".join(f'<a href="{link}">Verder</a>' for link in links))


def test_a_page_is_linked_from_where_the_start_page_leads() -> None:
    start, applications, renewals, script = LISTS
    answers = {start: page(LISTS[applications]), applications: page(LISTS[renewals]), renewals: page(), script: page()}

    assert list_unlinked(answers, LISTS) == []


def test_a_link_on_a_page_that_nobody_reaches_leads_nowhere() -> None:
    start, applications, renewals, _script = LISTS
    answers = {start: page(), applications: page(LISTS[renewals]), renewals: page(LISTS[applications])}

    assert list_unlinked(answers, LISTS) == [applications, renewals]
