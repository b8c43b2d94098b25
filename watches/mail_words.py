"""The words of the mails: texts from the desk, in the languages for carriers, and the lines about each vehicle."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, lru_cache

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from accounts.languages import WRITTEN, get_page_language
from casework.deadline_words import format_day
from casework.models import LetterText
from casework.models.letter import Words
from casework.texts import fill_text
from exemptions.intake.eligibility import offer_kinds, situation_of
from exemptions.models import Exemption, KindVersion, Vehicle
from watches.models import Watch
from watches.rule_changes import Prospect
from watches.unsubscribe_headers import PLACE, make_address
from zones.access_end import AccessEnd
from zones.plates import spell_plate
from zones.rules import RuleBook
from zones.vehicles import VehicleFacts

ONE_DAY = timedelta(days=1)
KNOWN_AT_ONCE = 10_000


@dataclass
class Writer:
    """Writes the mails of one run; texts, kinds and answers are looked up once."""

    today: date
    book: RuleBook
    texts: dict[tuple[str, str], LetterText] = field(default_factory=dict)

    def write(self, kind: str, *, language: str, context: Mapping[str, object]) -> Words:
        """A mail in a language, with its placeholders filled in."""
        if (kind, language) not in self.texts:
            self.texts[kind, language] = read_text(kind, language)
        return fill_text(self.texts[kind, language], context=context)

    def describe_watch(self, watch: Watch, end: AccessEnd) -> str:
        """What ends for a followed plate, and how to stop following it."""
        lines = [self._describe_end(watch.plate, watch.known, end, country=watch.country), describe_stop(watch)]
        return "\n".join(lines)

    def describe_vehicle(self, vehicle: Vehicle, end: AccessEnd) -> str:
        """What ends for a vehicle of a fleet."""
        return self._describe_end(vehicle.plate, vehicle.known or VehicleFacts(), end, who=vehicle.applicant.form)

    def describe_exemption(self, exemption: Exemption) -> str:
        """An exemption that ends, for its holder."""
        application = exemption.application
        record, page = application.current_facts, reverse("application", args=[application.key])
        facts = record.vehicle if record else VehicleFacts()
        about = {"number": str(application.dossier), "kind": str(application.chosen_kind)}
        lines = [
            name_vehicle(exemption.plate, facts, country=exemption.country),
            _("Your exemption %(number)s (%(kind)s) ends.") % about,
            count_days(exemption.ends_on, today=self.today),
        ]
        who = application.applicant.form if application.applicant else ""
        if names := self.name_kinds(facts, exemption.ends_on + ONE_DAY, who):
            lines.append(_("After that, one of these exemptions may fit: %(kinds)s.") % {"kinds": names})
        lines.append(_("Extend it or apply again: %(link)s") % {"link": settings.SITE_URL + page})
        return "\n".join(lines)

    def _describe_end(
        self, plate: str, facts: VehicleFacts, end: AccessEnd, *, country: str = "NL", who: str = ""
    ) -> str:
        words = self._end_words(facts.without_names, end, who, get_page_language())
        return "\n".join([name_vehicle(plate, facts, country=country), words])

    @cached_property
    def _end_words(self) -> Callable[[VehicleFacts, AccessEnd, str, str], str]:
        @lru_cache(KNOWN_AT_ONCE)
        def write_words(facts: VehicleFacts, end: AccessEnd, who: str, _language: str) -> str:
            names = self.name_kinds(facts, end.first_day, who)
            after = (
                _("After that, one of these exemptions may fit: %(kinds)s.") % {"kinds": names}
                if names
                else _("After that, none of our exemptions fits this vehicle.")
            )
            return "\n".join([count_days(end.last_day, today=self.today), end.decision.reason, after])

        return write_words

    def describe_change(self, one: Watch | Vehicle, before: Prospect, after: Prospect) -> str:
        """How a change of the rules affects the access of a vehicle, and how to stop following it."""
        country = one.country if isinstance(one, Watch) else "NL"
        lines = [
            name_vehicle(one.plate, one.known or VehicleFacts(), country=country),
            _("It was: %(prospect)s") % {"prospect": describe_prospect(before)},
            _("It becomes: %(prospect)s") % {"prospect": describe_prospect(after)},
            after.decision.reason,
        ]
        if isinstance(one, Watch):
            lines.append(describe_stop(one))
        return "\n".join(lines)

    def describe_cancellation(self, one: Watch | Vehicle, stays: Prospect, *, first_day: date | None) -> str:
        """That a change of the rules is called off, what the vehicle may count on, and how to stop following it."""
        country = one.country if isinstance(one, Watch) else "NL"
        lines = [name_vehicle(one.plate, one.known or VehicleFacts(), country=country)]
        if first_day:
            day = format_day(first_day)
            lines.append(_("The change of %(day)s that we emailed you about does not go ahead.") % {"day": day})
        if stays.decision.allowed is not None:
            lines.append(_("It stays: %(prospect)s") % {"prospect": describe_prospect(stays)})
        if isinstance(one, Watch):
            lines.append(describe_stop(one))
        return "\n".join(lines)

    def name_kinds(self, facts: VehicleFacts, on: date, who: str) -> str:
        """The names of the kinds that fit a vehicle on a day, in the active language; empty if none fits."""
        return self._kind_names(facts.without_names, on, who, get_page_language())

    @cached_property
    def _kind_names(self) -> Callable[[VehicleFacts, date, str, str], str]:
        kinds = list(KindVersion.objects.in_force(on=self.today))

        @lru_cache(KNOWN_AT_ONCE)
        def find_names(facts: VehicleFacts, on: date, who: str, _language: str) -> str:
            fits = offer_kinds(kinds, situation_of(facts, who=who), on=on, book=self.book)
            return ", ".join(str(fit.kind) for fit in fits if fit.fits_now)

        return find_names


def read_text(kind: str, language: str) -> LetterText:
    """The newest text of a mail. Languages without a text of their own translate the English one.

    If the desk has changed that text, its translation is out of date and the whole mail is in English.
    """
    text = LetterText.objects.newest(kind=kind, language=language)
    if language in WRITTEN:
        return text
    with override(language):
        subject, body = _(text.subject), _(text.body)
    if body == text.body:
        return text
    return LetterText(kind=kind, language=language, channel=text.channel, subject=subject, body=body)


def name_vehicle(plate: str, facts: VehicleFacts, *, country: str = "NL") -> str:
    """The plate as on the vehicle, with make and model if known."""
    spelled = spell_plate(plate, country=country) if plate else "–"
    called = f"{facts.make} {facts.model}".strip()
    return f"{spelled} ({called})" if called else spelled


def count_days(last: date, *, today: date) -> str:
    """The last day, and how many days are left."""
    left = (last - today).days
    words = ngettext(
        "Last day with access: %(day)s (%(count)s day left).",
        "Last day with access: %(day)s (%(count)s days left).",
        left,
    )
    return words % {"day": format_day(last), "count": left} if left else _("Today is the last day with access.")


def describe_prospect(prospect: Prospect) -> str:
    """Whether a vehicle may enter, and until when."""
    if not prospect.decision.allowed:
        return _("no access without an exemption.")
    if prospect.last_day is None:
        return _("access without an end date.")
    return _("access until %(day)s.") % {"day": format_day(prospect.last_day)}


def describe_stop(watch: Watch) -> str:
    """How to stop following a plate."""
    return _("Stop these emails about this plate: %(link)s") % {"link": make_link(watch)}


def make_link(watch: Watch) -> str:
    """The link that confirms and ends a watch; it reveals neither plate nor person."""
    return make_address("watch", PLACE).replace(PLACE, watch.token)


def list_addresses() -> dict[str, str]:
    """The pages that every mail links to."""
    return {"link": make_address("access_check"), "choices": make_address("my_choices")}
