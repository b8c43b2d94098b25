"""Everything that the search covers, as plain text: questions, zones, exemptions and pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from helpdesk import fact_words, markup
from helpdesk.assistant.places import list_zone_names
from helpdesk.facts import read_known_rows
from helpdesk.information import topics
from helpdesk.information.pages import PAGES
from helpdesk.models import Phrase
from zones.models import Municipality, Zone


@dataclass(frozen=True)
class Document:
    """Something to find. `ways`: how people ask for it; `names`: its other names; searched but not shown."""

    sort: str
    url: str
    title: str
    body: str
    ways: str = ""
    names: str = ""


_kept: dict[str, tuple[str, date, tuple[Document, ...]]] = {}


def build_documents(*, language: str, at: str) -> tuple[Document, ...]:
    """All documents in a language, rebuilt only when the stamp `at` or the day changes."""
    day = timezone.localdate()
    kept = _kept.get(language)
    if kept is None or kept[:2] != (at, day):
        with override(language):
            kept = _kept[language] = (at, day, tuple(_build_documents(language, at, day)))
    return kept[2]


def _build_documents(language: str, at: str, day: date) -> Iterator[Document]:
    yield from _build_topic_documents(language, at)
    rows = read_known_rows(day, at=at)
    for kind in rows.kinds.values():
        body = "\n".join(
            [kind.text("summary"), markup.render_plain_words(kind.text("conditions")), kind.text("duration")]
        )
        yield Document(_("Exemption"), reverse("kind", args=[kind.code.lower()]), kind.text("name"), body, kind.code)
    for zone in rows.zones:
        yield _build_zone_document(zone)
    for page in PAGES:
        if page.url:
            yield Document(_("Page"), page.url, str(page.title), str(page.about))


def _build_topic_documents(language: str, at: str) -> Iterator[Document]:
    ways: dict[str, list[str]] = {}
    for slug, phrase in Phrase.objects.filter(language=language).values_list("topic__slug", "phrase"):
        ways.setdefault(slug, []).append(phrase)
    for one in topics.list_published(language=language, at=at):
        known_as = " ".join(ways.get(one.slug, []))
        yield Document(_("Question"), one.url, one.question, markup.render_plain_words(one.answer), known_as)


def _build_zone_document(zone: Zone) -> Document:
    place = zone.municipality
    words = [_("Zero-emission zone since %(day)s.") % {"day": fact_words.format_day(zone.starts_on)}]
    if place.fines_from:
        words.append(_describe_fines(place) % {"day": fact_words.format_day(place.fines_from)})
    words.append(_("Map, rules, days and the logistics adviser of the municipality."))
    names = " ".join(list_zone_names(zone))
    return Document(_("Zone"), reverse("zone", args=[zone.slug]), zone.name, " ".join(words), names=names)


def _describe_fines(place: Municipality) -> str:
    return _("Fines from %(day)s.") if place.is_sure_of_fines else _("Fines probably from %(day)s.")
