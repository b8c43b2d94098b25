"""The pages of the site that the search finds, with their subjects and the names that `page:` links use."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Page:
    """A page, identified by the name of its URL."""

    name: str
    title: StrOrPromise
    about: StrOrPromise

    @property
    def url(self) -> str:
        """The URL; empty if this installation has no such page."""
        try:
            return reverse(self.name)
        except NoReverseMatch:
            return ""


PAGES: Sequence[Page] = (
    Page(
        "access_check",
        _("Can I drive in the zone?"),
        _("Type your number plate and see for each zone whether your van or truck may enter, and until when."),
    ),
    Page(
        "zones",
        _("Zones"),
        _("All zero-emission zones: where they are, when they started and from when there are fines."),
    ),
    Page(
        "zone_address",
        _("Is my address in a zone?"),
        _("Type an address or postcode and see in which zero-emission zone it lies."),
    ),
    Page(
        "zone_route",
        _("Which zones are on my way?"),
        _("Type where you start and where you go, and see which zones lie there and in between."),
    ),
    Page(
        "kinds",
        _("Exemptions"),
        _("All exemptions: who they are for, what proof, what it costs and how long it takes."),
    ),
    Page(
        "timeline",
        _("Transition rules"),
        _("Which emission class may enter until when: vans and trucks, Euro 5 and Euro 6, with all dates."),
    ),
    Page(
        "prices",
        _("Costs"),
        _("What each exemption costs, the fee, and a warning about fake websites that take money."),
    ),
    Page(
        "trip_costs",
        _("What does doing nothing cost?"),
        _("Compare the fines of a year with day exemptions, a longer exemption and an emission-free vehicle."),
    ),
    Page(
        "faq",
        _("Questions and answers"),
        _("Frequent questions about zones, vehicles, exemptions, fines and objection."),
    ),
    Page(
        "day_exemption",
        _("Day exemption"),
        _("Apply for an exemption for one day. You get an answer immediately."),
    ),
    Page("apply_start", _("Apply for an exemption"), _("Start an application: what you need, and the form.")),
    Page(
        "my_applications",
        _("My applications"),
        _("Check the status of your application, answer us, read your letters."),
    ),
    Page(
        "verify", _("Check a decision"), _("See whether an exemption that someone shows you is genuine and in force.")
    ),
    Page(
        "advice",
        _("Advice from a logistics adviser"),
        _("Free advice for entrepreneurs: what suits your work, charging, costs, other ways to deliver."),
    ),
    Page("contact", _("Contact"), _("Ask us a question: telephone, email and a form.")),
    Page("assistant", _("Ask the assistant"), _("Type your question in your own words and get an answer immediately.")),
    Page("outages", _("Outages"), _("When the portal did not work, for anyone who missed a deadline because of it.")),
    Page("open_data", _("Open data"), _("The figures about the zones, for everyone.")),
    Page(
        "accessibility",
        _("Accessibility"),
        _("How accessible this site is, and what to do if something does not work."),
    ),
    Page("privacy", _("Privacy"), _("What we do with your data, how long we keep it, and your rights.")),
    Page("cookies", _("Cookies"), _("Which cookies this site needs, and why nobody tracks you here.")),
)
BY_NAME = {page.name: page for page in PAGES}


def find_pages(names: Sequence[str]) -> list[Page]:
    """The pages with these names, without those that this installation lacks."""
    return [page for name in names if (page := BY_NAME.get(name)) and page.url]
