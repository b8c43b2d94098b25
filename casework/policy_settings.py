"""The policy settings: title, purpose, type, unit and bounds of each. The values are dated rows.

A new setting is an entry here, under its topic, and a first value with its source in `data/policies.csv`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework.desk.labels import yes_or_no
from casework.wiring import wired


class Topic(models.TextChoices):
    """The subjects under which settings are grouped at the desk."""

    DECIDING = "deciding", _("Deciding")
    TERMS = "terms", _("Terms and reminders")
    OBJECTIONS = "objections", _("Objections and the court")
    DAY_EXEMPTIONS = "day-exemptions", _("Day exemptions and enforcement")
    LETTERS = "letters", _("Letters and contact")
    MONEY = "money", _("Fees, fines and subsidies")
    DESK = "desk", _("Work at the desk")
    LIMITS = "limits", _("Limits for who asks")
    RETURNS = "returns", _("Monthly returns")
    KEPT = "kept", _("How long we keep what comes in")


class ValueType(StrEnum):
    """The type of a setting's value."""

    NUMBER = "number"
    NUMBERS = "numbers"
    SWITCH = "switch"
    LINE = "line"
    LINES = "lines"
    EMAIL = "email"
    CODES = "codes"


WORDS = (ValueType.LINE, ValueType.LINES, ValueType.EMAIL)
"""The types of text, which may be left empty while nothing is known yet."""
DAYS, HOURS, EUROS = _("days"), _("hours"), _("euros")
VEHICLES, ROWS, TIMES, CASES = _("vehicles"), _("rows"), _("times"), _("cases")
DAY_OF_THE_MONTH = _("day of the month")


@dataclass(frozen=True)
class Setting:
    """One setting. `least` and `most`: the bounds of a number, or of each in a list; `most` of a text: its length.

    `about_cases`: a new value affects applications that are open now.
    """

    title: StrOrPromise
    explanation: StrOrPromise
    sort: ValueType
    unit: StrOrPromise = ""
    least: int = 0
    most: int = 1_000_000
    about_cases: bool = False

    def refuse(self, value: Any) -> None:
        """Raise ValidationError for a value that makes no sense: '30' or -30 could remove everything, or nothing."""
        if value is not None and not self.fits(value):
            raise ValidationError(_("This value does not fit the setting."))

    def fits(self, value: Any) -> bool:
        """Whether a value is of its type and within its bounds."""
        match self.sort:
            case ValueType.SWITCH:
                return isinstance(value, bool)
            case ValueType.NUMBER:
                return self.is_within(value)
            case ValueType.NUMBERS:
                return isinstance(value, list) and all(map(self.is_within, value))
            case ValueType.CODES:
                return isinstance(value, list) and all(isinstance(one, str) for one in value)
        return isinstance(value, str) and len(value) <= self.most

    def is_within(self, value: Any) -> bool:
        """Whether a whole number lies within the bounds."""
        return isinstance(value, int) and not isinstance(value, bool) and self.least <= value <= self.most

    def shown(self, value: Any) -> str:
        """A value in words; an empty one asks to be filled in."""
        if value is None:
            return str(_("to be filled in"))
        if isinstance(value, bool):
            return yes_or_no(value)
        if isinstance(value, list):
            words: Mapping[str, str] = wired("WORDS_OF_CODES")() if self.sort == ValueType.CODES else {}
            return ", ".join(self.shown(words.get(one, one)) for one in value)
        return number_format(value, force_grouping=True) if isinstance(value, int) else str(value)


def make_number_setting(
    title: StrOrPromise,
    explanation: StrOrPromise,
    *,
    least: int,
    most: int,
    unit: StrOrPromise = DAYS,
    about_cases: bool = False,
) -> Setting:
    """A setting that is a whole number."""
    return Setting(title, explanation, ValueType.NUMBER, unit, least, most, about_cases)


def make_switch_setting(title: StrOrPromise, explanation: StrOrPromise) -> Setting:
    """A yes-or-no setting about how applications are decided."""
    return Setting(title, explanation, ValueType.SWITCH, about_cases=True)


def make_words_setting(
    title: StrOrPromise, explanation: StrOrPromise, sort: ValueType = ValueType.LINE, most: int = 300
) -> Setting:
    """A setting that is a text: a name, a sentence, an address."""
    return Setting(title, explanation, sort, most=most)


def make_rate_setting(
    title: StrOrPromise, explanation: StrOrPromise, *, most: int, unit: StrOrPromise = TIMES
) -> Setting:
    """A limit per time window, with which the setting's name ends; see `casework.limits`."""
    return make_number_setting(title, explanation, least=1, most=most, unit=unit)


OF_EACH = _("The most for each account and each internet address.")
OF_VISITORS = _("The most for all visitors without an account together.")
SENDS_EMAIL = _("The most for each account and each internet address: each sends an email, maybe to somebody else.")
IN_ENGLISH = _("The same in English, for letters and pages in English.")
IN_WHOSE_NAME = _("As it stands under a letter. What one municipality decides is in the name that its own page has.")

SETTINGS_BY_TOPIC: Mapping[Topic, Mapping[str, Setting]] = {
    Topic.DECIDING: {
        "second_pair_for_rejection": make_switch_setting(
            _("second pair of eyes for every rejection"), _("A rejection waits until a second caseworker agrees.")
        ),
        "second_pair_for_hardship": make_switch_setting(
            _("second pair of eyes for a grant under the hardship clause"),
            _("A grant under the hardship clause waits until a second caseworker agrees."),
        ),
        "second_pair_by_lot_percent": make_number_setting(
            _("share of grants that a second pair of eyes looks at by lot"),
            _("Of the grants that one person may decide, so many in a hundred go to a colleague first; 0 is none."),
            least=0,
            most=100,
            unit=_("percent"),
            about_cases=True,
        ),
        "take_back_minutes": make_number_setting(
            _("minutes in which a letter can be taken back before it goes out"),
            _("A decision or letter waits as long before it goes out, never past midnight; 0 is at once."),
            least=0,
            most=60,
            unit=_("minutes"),
        ),
        "register_grounds": Setting(
            _("grounds of rejection that rest on the register alone"),
            _("When the conditions of a kind change, a person looks at rejections on any other ground."),
            ValueType.CODES,
        ),
        "delivery_margin_days": make_number_setting(
            _("days after the expected delivery that an exemption usually runs on"),
            _("The last day that is proposed for an exemption for a long delivery time."),
            least=0,
            most=365,
        ),
        "exemption_max_years": make_number_setting(
            _("years that an exemption lasts at most"),
            _("Where its kind names no duration: guards against a slip in the year."),
            least=1,
            most=20,
            unit=_("years"),
        ),
        "temporary_vehicle_days": make_number_setting(
            _("days with a temporary vehicle"),
            _("How long at most an exemption can be for a temporary vehicle, while the own one is not used."),
            least=1,
            most=365,
            about_cases=True,
        ),
        "unused_lapse_counts_last_day": make_switch_setting(
            _("the last day of an unused term counts"),
            _("Whether the last day of a term for completion that went by unused still suspends the term to decide."),
        ),
        "register_silence_days": make_number_setting(
            _("days without an answer of the vehicle register before the desk is told"),
            _(
                "Every day running exemptions are compared with the vehicle register. If it gives no answer for so "
                "long, "
                "the start page of the desk says so."
            ),
            least=1,
            most=30,
        ),
    },
    Topic.TERMS: {
        "completion_days": make_number_setting(
            _("days to complete an application"),
            _("How long an applicant has to complete an application (Awb 4:5)."),
            least=7,
            most=84,
            about_cases=True,
        ),
        "completion_rounds": make_number_setting(
            _("requests without an answer before setting aside"),
            _("How many requests for completion must have gone unanswered before a case is listed to be set aside."),
            least=1,
            most=5,
            unit=TIMES,
            about_cases=True,
        ),
        "view_days": make_number_setting(
            _("days to give a view"),
            _("How long an applicant has to give a view before a rejection based on other data (Awb 4:7)."),
            least=7,
            most=84,
            about_cases=True,
        ),
        "least_answer_days": make_number_setting(
            _("days at least to give a view, to repair or to ask for a hearing"),
            _(
                "The shortest term a caseworker can set for a view, for repairing an objection or for asking for a "
                "hearing."
            ),
            least=1,
            most=28,
            about_cases=True,
        ),
        "remind_after_days": make_number_setting(
            _("days without an answer before a reminder"),
            _("How long after an unanswered request for completion the applicant is reminded, once per request."),
            least=1,
            most=84,
            about_cases=True,
        ),
        "set_aside_silence_days": make_number_setting(
            _("days of silence after the last request before setting aside"),
            _("How long nothing must have been heard after the last request before a case is listed to be set aside."),
            least=7,
            most=84,
            about_cases=True,
        ),
        "expiry_notice_days": Setting(
            _("days before the end of access at which we email"),
            _(
                "How many days before the last day of an exemption, or of access by a rule, its holder or whoever "
                "follows "
                "the vehicle gets an email: one at each of these moments."
            ),
            ValueType.NUMBERS,
            DAYS,
            1,
            365,
        ),
        "letter_notice_hours": make_number_setting(
            _("hours at most between a letter and its email"),
            _(
                "Within this time the applicant gets an email about a letter in the portal; the law allows 48 (Awb "
                "2:10)."
            ),
            least=1,
            most=48,
            unit=HOURS,
            about_cases=True,
        ),
        "draft_days": make_number_setting(
            _("days that a draft is kept"),
            _("How long after the last change an unsent application is removed."),
            least=7,
            most=730,
        ),
        "message_answer_working_days": make_number_setting(
            _("working days to answer a message about a case"),
            _("The applicant reads on the page of a case within how many working days a message is answered."),
            least=1,
            most=60,
            unit=_("working days"),
        ),
    },
    Topic.OBJECTIONS: {
        "repair_days": make_number_setting(
            _("days to repair an objection"),
            _("How long an objector has to repair an objection (Awb 6:6)."),
            least=7,
            most=84,
        ),
        "repair_remind_days": make_number_setting(
            _("days without an answer before a reminder to repair an objection"),
            _("How long after an unanswered request to repair an objection the objector is reminded, once."),
            least=1,
            most=84,
        ),
        "hearing_reply_days": make_number_setting(
            _("days to say whether one wants to be heard"),
            _("How long an objector has to say whether they want to be heard (Awb 7:3, d)."),
            least=7,
            most=84,
        ),
        "court_national": make_words_setting(
            _("district court for national decisions"),
            _("Where one appeals (Awb 8:7), as Midden-Nederland. Empty: the letter says where to find out."),
        ),
        "court_penalty_a_day": make_number_setting(
            _("what a court usually has each day too late cost"),
            _("Filled in beforehand when an order to decide is noted (Awb 8:55d); the judgment itself counts."),
            least=0,
            most=10_000,
            unit=EUROS,
        ),
        "court_penalty_most": make_number_setting(
            _("what a court usually sets as the most for days too late"),
            _("Filled in beforehand when an order to decide is noted (Awb 8:55d); the judgment itself counts."),
            least=0,
            most=1_000_000,
            unit=EUROS,
        ),
        "object_how": make_words_setting(
            _("how to object"),
            _("Stands under every decision that can be objected to (Awb 6:4)."),
            ValueType.LINES,
            2_000,
        ),
        "object_how_en": make_words_setting(_("how to object, in English"), IN_ENGLISH, ValueType.LINES, 2_000),
        "objection_address": make_words_setting(
            _("postal address for objections"), _("Where an objection on paper goes."), ValueType.LINES, 500
        ),
    },
    Topic.DAY_EXEMPTIONS: {
        "day_exemption_max": make_number_setting(
            _("day exemptions for a vehicle, a municipality and a year"),
            _("How many day exemptions a vehicle can get in one municipality in a calendar year."),
            least=1,
            most=366,
            unit=TIMES,
        ),
        "day_vehicles_max": make_number_setting(
            _("different vehicles for which one account can apply for day exemptions"),
            _("Within the days of the setting below. Whoever got a longer exemption from a caseworker is not limited."),
            least=1,
            most=10_000,
            unit=VEHICLES,
        ),
        "day_vehicles_days": make_number_setting(
            _("days in which those vehicles count"),
            _("After these days a vehicle for which an account applied for a day exemption no longer counts."),
            least=1,
            most=366,
        ),
        "day_check_working_days": make_number_setting(
            _("working days to check a day exemption"),
            _("A day exemption that was given on what the applicant typed is checked within as many working days."),
            least=1,
            most=60,
            unit=_("working days"),
        ),
        "enforcement_question_days": make_number_setting(
            _("days that questions of enforcement are kept"),
            _(
                "Who asked when, what for and where, with a digest of each number plate. After this they are removed "
                "(GDPR 5(1)(e))."
            ),
            least=1,
            most=1_830,
        ),
    },
    Topic.LETTERS: {
        "text_quiet_from": make_number_setting(
            _("hour from which no text messages go out"),
            _("What is to be said after this hour waits until the morning. The same hour twice: they go out all day."),
            least=0,
            most=23,
            unit=_("hour of the day"),
        ),
        "text_quiet_until": make_number_setting(
            _("hour from which text messages go out again"),
            _("In local time."),
            least=0,
            most=23,
            unit=_("hour of the day"),
        ),
        "authority_default": make_words_setting(_("in whose name: national decisions"), IN_WHOSE_NAME),
        "authority_default_en": make_words_setting(_("in whose name: national decisions, in English"), IN_ENGLISH),
        "authority_in_full": make_words_setting(
            _("in whose name: national decisions, each by its name"),
            _("Stands where a letter tells how to object. {municipalities} becomes the names of those with a zone."),
        ),
        "authority_in_full_en": make_words_setting(
            _("in whose name: national decisions, each by its name, in English"), IN_ENGLISH
        ),
        "mandate_text": make_words_setting(
            _("sentence about the mandate"),
            _(
                "Stands in a decision under mandate (Awb 10:10). A municipality that decides itself has no such "
                "sentence."
            ),
            ValueType.LINES,
            2_000,
        ),
        "mandate_text_en": make_words_setting(
            _("sentence about the mandate, in English"), IN_ENGLISH, ValueType.LINES, 2_000
        ),
        "sender_name": make_words_setting(_("name above letters"), _("The name of the desk above its letters.")),
        "sender_address": make_words_setting(
            _("postal address above letters"),
            _("The postal address of the desk, as on an envelope."),
            ValueType.LINES,
            500,
        ),
        "contact_phone": make_words_setting(
            _("telephone number of the desk"), _("Where an applicant reaches a person (Awb 2:1).")
        ),
        "contact_email": make_words_setting(
            _("email address of the desk"), _("Where an applicant reaches a person (Awb 2:1)."), ValueType.EMAIL
        ),
        "contact_hours": make_words_setting(_("hours of the telephone"), _("When the telephone is answered.")),
        "contact_hours_en": make_words_setting(_("hours of the telephone, in English"), IN_ENGLISH),
        "channel_text": make_words_setting(
            _("what someone agrees to who wants letters in the portal"),
            _("The choice for letters in the portal keeps the words that were shown (Awb 2:8)."),
            ValueType.LINES,
            2_000,
        ),
        "channel_text_en": make_words_setting(
            _("what someone agrees to who wants letters in the portal, in English"), IN_ENGLISH, ValueType.LINES, 2_000
        ),
        "site_name": make_words_setting(_("name of the site"), _("Stands at the top of every page of the portal.")),
        "site_owner": make_words_setting(
            _("who is responsible for the site"), _("The privacy page and the accessibility page name them.")
        ),
    },
    Topic.MONEY: {
        "payment_how": make_words_setting(
            _("how and when a fee is paid"),
            _("As long as it is empty, pages and letters say that nothing is paid on this website, or now."),
            ValueType.LINES,
        ),
        "payment_how_en": make_words_setting(_("how and when a fee is paid, in English"), IN_ENGLISH, ValueType.LINES),
        "fine_van_eur": make_number_setting(
            _("fine for a van, in euros"),
            _("Without administration costs, as shown on the pages about fines."),
            least=0,
            most=10_000,
            unit=EUROS,
        ),
        "fine_truck_eur": make_number_setting(
            _("fine for a truck, in euros"),
            _("Without administration costs, as shown on the pages about fines."),
            least=0,
            most=10_000,
            unit=EUROS,
        ),
        "subsidies_known": make_words_setting(
            _("subsidies for an emission-free vehicle"),
            _("What is known of them, and on which day it was last checked. If it is empty, pages name no subsidy."),
            ValueType.LINES,
            1_000,
        ),
        "subsidies_known_en": make_words_setting(
            _("subsidies for an emission-free vehicle, in English"), IN_ENGLISH, ValueType.LINES, 1_000
        ),
    },
    Topic.DESK: {
        "bulk_cases": make_number_setting(
            _("cases that are done together at most"),
            _("So many cases of a list can be assigned, taken up, reminded of or approved at once."),
            least=1,
            most=500,
            unit=CASES,
        ),
        "next_case_most_open": make_number_setting(
            _("open cases with which nobody gets a next one"),
            _("Who has so many open cases that wait for us gets no next case before some of them are done."),
            least=1,
            most=1_000,
            unit=CASES,
        ),
        "snooze_margin_days": make_number_setting(
            _("days before the last day on which a case is on its caseworker's lists"),
            _("A case can be put aside until so many days before the last day to decide at most."),
            least=0,
            most=60,
        ),
        "snooze_most_days": make_number_setting(
            _("days for which a case is put aside at most"),
            _("A caseworker can put a case aside for so many days; then it stands on the lists again."),
            least=1,
            most=180,
        ),
        "satisfaction_days": make_number_setting(
            _("days in which somebody can say how satisfied they are"),
            _(
                "After a decision was made known, its applicant is asked for so many days how we handled it; 0 is "
                "never."
            ),
            least=0,
            most=365,
        ),
        "export_direct_rows": make_number_setting(
            _("rows up to which an export is made at once"),
            _("A longer list is made in the background, with an email when it is ready."),
            least=0,
            most=1_000_000,
            unit=ROWS,
        ),
    },
    Topic.LIMITS: {
        "drafts_max": make_number_setting(
            _("unsent applications of one account"),
            _("How many drafts one account can have at a time. A list of vehicles needs none."),
            least=1,
            most=1_000,
            unit=_("drafts"),
        ),
        "draft_megabytes_max": make_number_setting(
            _("megabytes of files in the unsent applications of one account"),
            _("Files of what was sent do not count, nor those of a list of vehicles."),
            least=1,
            most=100_000,
            unit=_("megabytes"),
        ),
        "phone_link_minutes": make_number_setting(
            _("minutes that a phone can add photos to a draft"),
            _("From when the code is shown beside the form."),
            least=5,
            most=240,
            unit=_("minutes"),
        ),
        "fleet_list_max": make_number_setting(
            _("vehicles that can be added to a fleet at once"),
            _("The longest list that can be pasted or uploaded."),
            least=1,
            most=50_000,
            unit=VEHICLES,
        ),
        "fleet_apply_max": make_number_setting(
            _("vehicles that can be applied for at once"),
            _("The most vehicles for which one form can be sent."),
            least=1,
            most=5_000,
            unit=VEHICLES,
        ),
        "fleet_vehicles_max": make_number_setting(
            _("vehicles in a fleet"),
            _("The most vehicles that one applicant can keep."),
            least=1,
            most=200_000,
            unit=VEHICLES,
        ),
        "question_confirmations_a_day": make_number_setting(
            _("confirmations of a question for one address in a day"),
            _("The most that one address gets, so that two machines do not keep writing to each other."),
            least=0,
            most=20,
            unit=TIMES,
        ),
        "watch_confirmations_a_day": make_number_setting(
            _("emails that ask one address in a day to confirm a followed plate"),
            _("The most that one address gets, so that nobody can fill the mailbox of somebody else through us."),
            least=1,
            most=100,
            unit=TIMES,
        ),
        "advice_confirmations_a_day": make_number_setting(
            _("confirmations of a request for advice for one address in a day"),
            _("The most that one address gets, so that nobody can fill the mailbox of somebody else through us."),
            least=0,
            most=20,
            unit=TIMES,
        ),
        "text_code_minutes": make_number_setting(
            _("minutes that a code by text message is valid"),
            _("With the code somebody confirms that a mobile number is theirs."),
            least=2,
            most=60,
            unit=_("minutes"),
        ),
        "text_code_tries": make_number_setting(
            _("times that a code by text message can be typed"),
            _("After as many wrong codes a new one has to be asked for."),
            least=1,
            most=10,
            unit=TIMES,
        ),
        "text_codes_an_hour": make_number_setting(
            _("codes by text message in an hour"),
            _("The most for one account, and for one mobile number: each is paid for, and may disturb somebody else."),
            least=1,
            most=20,
            unit=TIMES,
        ),
        "complaints_a_day": make_number_setting(
            _("complaints that one person can send in a day"),
            _("The most in the portal for each account and each internet address, so that no program fills the desk."),
            least=1,
            most=100,
            unit=TIMES,
        ),
        "vehicle_lookups_a_minute": make_rate_setting(
            _("look-ups in the vehicle register in a minute"), OF_EACH, most=1000
        ),
        "visitor_lookups_a_minute": make_rate_setting(
            _("look-ups in the vehicle register in a minute by all visitors"), OF_VISITORS, most=100000
        ),
        "upload_megabytes_an_hour": make_rate_setting(
            _("megabytes of files that one account sends in an hour"),
            _("Each file is looked through and scanned, whatever it is for."),
            most=100000,
            unit=_("megabytes"),
        ),
        "business_lookups_an_hour": make_rate_setting(
            _("look-ups in the Trade Register in an hour"),
            _("The most for each account and each internet address: each new number is paid for."),
            most=1000,
        ),
        "wishes_a_minute": make_rate_setting(
            _("applications begun without an account in a minute"), OF_EACH, most=1000
        ),
        "verifications_a_minute": make_rate_setting(_("checks of a decision in a minute"), OF_EACH, most=1000),
        "day_exemptions_an_hour": make_rate_setting(
            _("day exemptions that one account asks for in an hour"),
            _("So that trying does not reveal on which days somebody else has one."),
            most=1000,
        ),
        "fleet_lists_an_hour": make_rate_setting(_("lists of vehicles in an hour"), OF_EACH, most=1000),
        "fleet_refreshes_an_hour": make_rate_setting(
            _("times that a fleet is looked up again in an hour"), OF_EACH, most=1000
        ),
        "invitations_an_hour": make_rate_setting(
            _("invitations to act for an applicant in an hour"), SENDS_EMAIL, most=1000
        ),
        "phone_links_a_minute": make_rate_setting(
            _("links to add photos by phone that are opened in a minute"),
            _("The most from one internet address, so that nobody finds one by trying."),
            most=1000,
        ),
        "contact_forms_an_hour": make_rate_setting(
            _("questions to the editors by the form in an hour"), OF_EACH, most=1000
        ),
        "contact_files_an_hour": make_rate_setting(
            _("files with questions to the editors in an hour"), OF_EACH, most=10000
        ),
        "assistant_questions_a_minute": make_rate_setting(
            _("questions to the assistant in a minute"), OF_EACH, most=1000
        ),
        "assistant_hand_overs_a_minute": make_rate_setting(
            _("questions handed over by the assistant in a minute"), OF_EACH, most=100
        ),
        "address_searches_a_minute": make_rate_setting(_("look-ups of an address in a minute"), OF_EACH, most=1000),
        "visitor_address_searches_a_minute": make_rate_setting(
            _("look-ups of an address in a minute by all visitors"), OF_VISITORS, most=100000
        ),
        "advice_requests_an_hour": make_rate_setting(_("requests for advice in an hour"), OF_EACH, most=100),
        "case_messages_a_day": make_rate_setting(
            _("messages about a case in a day"),
            _("The most from each side: the applicant's and the desk's."),
            most=1000,
        ),
        "messages_an_hour": make_rate_setting(
            _("messages that one account writes in an hour"), _("About all its cases together."), most=1000
        ),
        "watches_an_hour": make_rate_setting(
            _("number plates that somebody asks to follow in an hour"), SENDS_EMAIL, most=1000
        ),
        "visitor_watches_an_hour": make_rate_setting(
            _("number plates that all visitors ask to follow in an hour"),
            _("The most for everybody together."),
            most=100000,
        ),
        "street_checks_a_minute": make_rate_setting(
            _("checks in the street by one officer in a minute"),
            _("Counted by person alone: a phone shares its address with strangers."),
            most=1000,
        ),
    },
    Topic.RETURNS: {
        "return_due_day": make_number_setting(
            _("day of the next month until which a monthly return may come in"),
            _("A return that comes in after this day is late."),
            least=1,
            most=28,
            unit=DAY_OF_THE_MONTH,
        ),
        "return_remind_day": make_number_setting(
            _("day of the month from which a missing return is reminded of"),
            _("From this day on a municipality is reminded of late returns, once a month."),
            least=1,
            most=28,
            unit=DAY_OF_THE_MONTH,
        ),
        "parts_of_day_from": Setting(
            _("hours at which morning, afternoon and evening begin"),
            _("Three whole hours in local time, by which passages are counted. Before the first of them it is night."),
            ValueType.NUMBERS,
            most=23,
        ),
    },
    Topic.KEPT: {
        "question_days": make_number_setting(
            _("days that a question to the editors is kept after its end"),
            _("After this, a question is removed with its emails and files; the figures stay."),
            least=1,
            most=3_650,
        ),
        "assistant_days": make_number_setting(
            _("days that a conversation with the assistant is kept"),
            _("It is kept without personal data; the figures stay."),
            least=1,
            most=365,
        ),
        "advice_request_days": make_number_setting(
            _("days that a request for advice is kept"),
            _("After this, a request to a logistics adviser and its emails are removed."),
            least=1,
            most=3_650,
        ),
        "watch_unconfirmed_days": make_number_setting(
            _("days to confirm that one follows a plate"),
            _("After this, an address that was not confirmed is removed with its number plate."),
            least=1,
            most=30,
        ),
        "mailbox_days": make_number_setting(
            _("days that an email stays in the mailbox after it was taken in"),
            _("After this it is removed from the mailbox; what was taken in stays at the desk."),
            least=1,
            most=365,
        ),
        "export_link_days": make_number_setting(
            _("days that the file of an export is kept"),
            _("How long the file of an export can be downloaded; after that it is removed."),
            least=1,
            most=90,
        ),
    },
}
SETTINGS: Mapping[str, Setting] = {
    name: setting for settings in SETTINGS_BY_TOPIC.values() for name, setting in settings.items()
}


def get_setting_title(name: str) -> StrOrPromise:
    """The title of a setting; the name itself if the table does not have it."""
    return SETTINGS[name].title if name in SETTINGS else name


def find_setting(name: str, value: Any = None) -> Setting:
    """A setting by its name; if the table does not have it, one whose type follows from the value."""
    return SETTINGS.get(name) or Setting(name, "", sort_of(value))


def sort_of(value: Any) -> ValueType:
    """The type of a value."""
    match value:
        case bool():
            return ValueType.SWITCH
        case int():
            return ValueType.NUMBER
        case [int(), *_rest]:
            return ValueType.NUMBERS
        case list():
            return ValueType.CODES
    return ValueType.LINES
