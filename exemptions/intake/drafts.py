"""What can be done with a draft, screen by screen. Each function saves only its own columns, so tabs do not clash."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accounts.languages import choose_written_language
from accounts.models import User
from casework import clock
from casework.current_policy import CurrentPolicy
from casework.models import Document, Dossier
from casework.texts import compose_text
from exemptions import letter_channel, mandates, terms
from exemptions.intake import completeness, draft_files, obstacles
from exemptions.intake.contract_reading import share_a_name
from exemptions.intake.eligibility import CLASSES
from exemptions.models import Applicant, Application, EvidenceItem, FactsRecord, KindVersion, Mandate
from exemptions.models.facts import as_json
from zones.access import VehicleFacts
from zones.models import Municipality
from zones.register import Lookup

SCREENS = ("applicant", "vehicle", "kind", "evidence", "questions", "period", "check")
"""Evidence comes before the questions: what we can read in it need not be typed."""
EXTEND = "extend"
"""The only screen of a draft that extends an exemption; the others are for those who want to change more."""
KNOWN = "~known"
"""Key among the answers of a draft: screens answered before it began, which are not asked again."""
READ = "~read"
"""Key among the answers of a draft: what we read in each of its files. It becomes an answer only when sent as one."""
COMPANIES, PARTIES = "kvk_numbers", ("buyer", "seller", "signatory")
"""The parts of a reading that say who concluded the contract, by number and by name."""
TYPED = "~typed"
"""Key among the answers of a draft: half-filled screens, as typed. No question has such a code."""


class TooManyDrafts(Exception):
    """The account has the maximum number of drafts, and none of them is empty."""


@dataclass(frozen=True)
class Suggestion:
    """An answer that we read in a file, for the applicant to check."""

    answer: str
    file: str


@dataclass(frozen=True)
class Contract:
    """The parties to a contract, as read in a file; empty if not read. A lessee counts as `buyer`."""

    file: str
    buyer: str
    seller: str
    signatory: str
    kvk_numbers: Sequence[str]

    @property
    def names_somebody(self) -> bool:
        """Whether the contract names anybody, or a company by its number."""
        return bool(self.buyer or self.seller or self.signatory or self.kvk_numbers)

    def find_doubt(self, applicant: Applicant) -> str:
        """Why it may be somebody else's contract: `number`, `name`, or empty for no doubt.

        A number says more than a name; a single company number can be the seller's.
        """
        number = applicant.kvk_number
        if number and number in self.kvk_numbers:
            return ""
        if number and len(self.kvk_numbers) > 1:
            return "number"
        return "name" if self.buyer and not share_a_name(self.buyer, applicant.name) else ""


@dataclass(frozen=True)
class Vehicle:
    """What somebody told us about the vehicle: a plate, and facts from the register (`lookup`) or typed."""

    plate: str
    country: str
    facts: VehicleFacts
    lookup: Lookup | None = None

    @property
    def is_verified(self) -> bool:
        """Whether the register says that it is a van or truck; typed facts do not count."""
        return self.lookup is not None and self.lookup.facts.category in CLASSES


@transaction.atomic
def start_draft(*, by: User, key: UUID | None = None) -> Application:
    """Create an empty draft; the same key again (a second click) returns the same one. Raises TooManyDrafts."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    begun: Application | None = Application.objects.filter(key=key).first() if key else None
    if begun and begun.owner_id == by.pk:
        return begun
    make_room(by)
    return create_draft(by=by, key=uuid4() if begun or not key else key)


def make_room(by: User) -> None:
    """Make room for another draft by dropping an empty one at the maximum. Raises TooManyDrafts if none is empty."""
    own = Application.objects.drafts().filter(owner=by, renews=None)
    if own.count() < get_draft_limit():
        return
    spare = own.empty().order_by("changed_at").first()
    if spare is None:
        raise TooManyDrafts
    spare.drop()


def get_draft_limit() -> int:
    """The maximum number of drafts of one account."""
    return CurrentPolicy.on(clock.today()).number("drafts_max")


@transaction.atomic
def create_draft(*, by: User, key: UUID | None = None) -> Application:
    """Create a draft whatever their number; it is answered in the language of the page, or else in English."""
    draft: Application = Application.objects.create(
        key=key or uuid4(),
        dossier=Dossier.objects.create(),
        owner=by,
        language=choose_written_language(),
        draft_step=SCREENS[0],
    )
    return draft


def find_other_drafts(draft: Application, *, by: User) -> list[Application]:
    """Other drafts of the same people for the same vehicle, latest first."""
    if not draft.plate:
        return []
    same = Application.objects.of_applicant(by).drafts().without_idle().filter(plate=draft.plate, country=draft.country)
    return list(same.exclude(pk=draft.pk).select_related("kind").order_by("-changed_at")[:3])


def save_draft(draft: Application, **values: object) -> None:
    """Save only these columns and the time of the change."""
    for name, value in values.items():
        setattr(draft, name, value)
    draft.changed_at = clock.now()
    draft.save(update_fields=[*values, "changed_at"])


def keep_typed(draft: Application, screen: str, typed: Mapping[str, str], *, under: str) -> None:
    """Keep an incomplete form as typed, for when somebody continues at that screen later."""
    # a JSON column cannot hold a NUL
    bare = {name.replace("\0", ""): value.replace("\0", "") for name, value in typed.items()}
    kept = {**draft.answers.get(TYPED, {}), under: bare}
    save_draft(draft, draft_step=screen, answers={**draft.answers, TYPED: kept})


def read_typed_answers(draft: Application, under: str) -> dict[str, str]:
    """The kept values of an incomplete form."""
    kept: dict[str, str] = draft.answers.get(TYPED, {}).get(under, {})
    return kept


def finish_form(draft: Application, under: str, *, then: str) -> None:
    """Forget what was half typed in a form that is now complete, and continue at a screen."""
    if read_typed_answers(draft, under):
        others = {name: kept for name, kept in draft.answers[TYPED].items() if name != under}
        save_draft(draft, answers={**draft.answers, TYPED: others})
    save_draft(draft, draft_step=then)


# --- Applicant ------------------------------------------------------------------------------------------


@transaction.atomic
def add_applicant(draft: Application, details: Mapping[str, str], *, by: User, role: Mandate.Role) -> None:
    """Add a new applicant, for whom the user acts from now on; the same details again do not add a second one."""
    save_draft(draft, applicant=mandates.add_applicant(details, by=by, role=role))


def save_own_applicant(draft: Application, *, by: User) -> None:
    """Choose the only applicant for whom the user acts, unless as a representative; otherwise it is asked."""
    acts = list(Mandate.objects.in_force().filter(user=by).select_related("applicant")[:2])
    if len(acts) == 1 and acts[0].role != Mandate.Role.REPRESENTATIVE:
        save_draft(draft, applicant=acts[0].applicant)


def change_applicant(draft: Application, details: Mapping[str, str], *, by: User) -> None:
    """Correct the details of the draft's applicant. Raises Applicant.DoesNotExist if the user may not."""
    if draft.applicant is None or not may_change(draft.applicant, by=by):
        raise Applicant.DoesNotExist
    for name, value in details.items():
        setattr(draft.applicant, name, value)
    draft.applicant.save(update_fields=list(details))


def may_change(applicant: Applicant, *, by: User) -> bool:
    """Whether the user may still change the details: nothing has been filed in this name yet."""
    is_known = Application.objects.filed().filter(applicant=applicant).exists()
    return not is_known and Applicant.objects.of(by).filter(pk=applicant.pk).exists()


# --- Vehicle --------------------------------------------------------------------------------------------


@transaction.atomic
def save_vehicle(draft: Application, vehicle: Vehicle, *, by: User) -> None:
    """Save another vehicle, or new facts about the same one; this replaces what the draft knew before."""
    category = vehicle.facts.category or ""
    save_draft(
        draft,
        plate=vehicle.plate,
        country=vehicle.country,
        vehicle_class=category if category in CLASSES else "",
        facts_verified=vehicle.is_verified,
        facts_disputed="",
    )
    draft.facts_records.all().delete()
    draft.record_facts(
        source=FactsRecord.Source.REGISTER if vehicle.lookup else FactsRecord.Source.APPLICANT,
        facts=as_json(vehicle.facts),
        rows=vehicle.lookup.rows if vehicle.lookup else None,
        as_of=vehicle.lookup.as_of if vehicle.lookup else clock.now(),
        by=None if vehicle.lookup else by,
    )


def confirm_vehicle(draft: Application, *, wrong: str, vehicle_class: str) -> None:
    """Record that the applicant recognises the vehicle, or what is wrong; the class only if the register lacks it."""
    record = draft.current_facts
    known = record.vehicle.category if record else None
    save_draft(draft, facts_disputed=wrong, vehicle_class=known if known in CLASSES else vehicle_class)


# --- Kind, answers, period ------------------------------------------------------------------------------


@transaction.atomic
def choose_kind(draft: Application, kind: KindVersion) -> None:
    """Choose the kind, with its checklist. Files move along for items that the new kind asks for too."""
    save_draft(draft, kind=kind, **({} if kind.is_municipal else {"municipality": None}))
    wanted = {requirement.code: requirement for requirement in kind.evidence.all()}
    for item in draft.evidence_items.select_related("requirement"):
        successor = wanted.get(item.requirement.code)
        if successor is None:
            draft_files.remove_item(item)
        elif successor != item.requirement:
            item.requirement = successor
            item.save(update_fields=["requirement"])
    for requirement in wanted.values():
        EvidenceItem.objects.get_or_create(application=draft, requirement=requirement)


def renew_kind(draft: Application, *, today: date) -> None:
    """Move a draft to today's version of its kind; without one, the choice of kind is open again."""
    kind = draft.kind
    if kind is None or KindVersion.objects.in_force(on=today).filter(pk=kind.pk).exists():
        return
    newer = KindVersion.objects.in_force(on=today).filter(kind=kind.code).first()
    if newer:
        choose_kind(draft, newer)
    else:
        save_draft(draft, kind=None)


def save_answers(draft: Application, answers: Mapping[str, str]) -> None:
    """Merge these answers with the earlier ones; answers to other kinds' questions stay, for a change of mind."""
    save_draft(draft, answers={**draft.answers, **answers})


def save_period(
    draft: Application, *, municipality: Municipality | None, wanted_from: date | None, wanted_until: date | None
) -> None:
    """Save where and when the exemption is wanted."""
    save_draft(draft, municipality=municipality, wanted_from=wanted_from, wanted_until=wanted_until)


def assume_period(draft: Application, *, today: date) -> None:
    """Assume a national exemption from today for as long as possible, unless something stands in the way.

    The check page lets people change the day; a first day that passed while the draft waited becomes today.
    """
    if draft.wanted_from and draft.wanted_from < today:
        save_draft(draft, wanted_from=today)
    if draft.wanted_from or draft.chosen_kind.is_municipal:
        return
    latest = terms.latest_end(draft.chosen_kind, facts=draft.current_facts, starts_on=today)
    draft.wanted_from = today
    stops = [one for one in obstacles.find_obstacles(draft, today=today) if one.blocks]
    draft.wanted_from = None
    if not stops and (latest is None or latest >= today):
        save_draft(draft, wanted_from=today)


# --- What we read in the files --------------------------------------------------------------------------


@transaction.atomic
def keep_reading(draft: Application, document: Document, reading: Mapping[str, object]) -> None:
    """Keep what was read in a file, if the kind has a question that it can answer."""
    asked = {question.read_as for question in draft.chosen_kind.questions.all()} - {""}
    wanted = {name: value for name, value in reading.items() if name in asked or name in (COMPANIES, *PARTIES)}
    if not asked or not wanted:
        return
    row = Application.objects.select_for_update(no_key=True).get(pk=draft.pk)
    kept = {**row.answers.get(READ, {}), str(document.pk): wanted}
    save_draft(draft, answers={**row.answers, READ: kept})


def find_contracts(draft: Application) -> list[Contract]:
    """The parties to each contract among the files, as far as they were read; the file added first comes first."""
    read = draft.answers.get(READ, {})
    if not read:
        return []
    files = draft_files.find_files(draft).filter(pk__in=read).order_by("added_at", "pk")
    found = [(document.name, read[str(document.pk)]) for document in files]
    return [
        Contract(name, **{party: words.get(party, "") for party in PARTIES}, kvk_numbers=words.get(COMPANIES, []))
        for name, words in found
        if any(words.get(party) for party in (COMPANIES, *PARTIES))
    ]


def suggest_answers(draft: Application) -> dict[str, Suggestion]:
    """What the files say, for each question without an answer; the file added last wins."""
    read = draft.answers.get(READ, {})
    if not read:
        return {}
    found = {}
    for document in draft_files.find_files(draft).filter(pk__in=read).order_by("added_at", "pk"):
        for question in draft.chosen_kind.questions.all():
            answer = read[str(document.pk)].get(question.read_as)
            if answer and not draft.answers.get(question.code):
                found[question.code] = Suggestion(answer, document.name)
    return found


# --- Navigation and sending -----------------------------------------------------------------------------


def remember_known(draft: Application) -> None:
    """Skip the screens for what is known before a draft begins: the applicant, the vehicle found, and the kind."""
    is_found = draft.facts_verified and draft.vehicle_class in CLASSES
    has = {"applicant": draft.applicant is not None, "vehicle": is_found, "kind": draft.kind is not None}
    known = [screen for screen, is_known in has.items() if is_known]
    if known:
        save_draft(draft, answers={**draft.answers, KNOWN: known})
    if "applicant" in known:
        save_draft(draft, draft_step=screen_after(draft, "applicant"))


def find_assumed_applicant(draft: Application) -> Applicant | None:
    """The applicant, if that was not asked; None if it was."""
    return draft.applicant if "applicant" in draft.answers.get(KNOWN, []) else None


def list_screens(draft: Application, *, shown: str) -> list[str]:
    """The screens that a draft goes through, including the one that is shown."""
    passed = {*draft.answers.get(KNOWN, []), *find_idle_screens(draft)}
    return [one for one in SCREENS if one == shown or one not in passed]


def find_idle_screens(draft: Application) -> set[str]:
    """Screens on which this kind asks nothing."""
    asks = {"questions": asks_questions(draft), "period": asks_period(draft)}
    return {screen for screen, is_needed in asks.items() if not is_needed}


def asks_questions(draft: Application) -> bool:
    """Whether the kind asks more than declarations, which the signature makes."""
    return draft.kind is None or bool(completeness.select_to_answer(draft.kind, draft.answers))


def asks_period(draft: Application) -> bool:
    """Whether where and when have a screen: not for a national kind, which begins as soon as possible."""
    return draft.kind is None or draft.kind.is_municipal


def screen_after(draft: Application, screen: str) -> str:
    """The next screen; known ones are skipped, unless something stands in the way of the draft."""
    following = SCREENS[SCREENS.index(screen) + 1 :]
    if following[0] == "period" and draft.wanted_from and not asks_period(draft):
        return following[1]
    known = draft.answers.get(KNOWN, [])
    if not known or obstacles.find_obstacles(draft, today=clock.today()):
        return following[0]
    return next(one for one in following if one not in known)


def screen_before(draft: Application, screen: str) -> str:
    """The screen before this one; empty for the first."""
    idle = find_idle_screens(draft)
    before = [one for one in SCREENS[: SCREENS.index(screen)] if one not in idle]
    return before[-1] if before else ""


def resume_screen(draft: Application) -> str:
    """The screen at which the draft was left."""
    if draft.renews_id and draft.draft_step not in SCREENS:
        return EXTEND
    return draft.draft_step if draft.draft_step in SCREENS else SCREENS[0]


def resume_url(draft: Application) -> str:
    """A permanent URL that leads to the screen at which the draft was left."""
    return reverse("apply_resume", args=[draft.key])


def mail_link(draft: Application, *, to: User) -> None:
    """Mail a user the link to continue their draft."""
    today = clock.today()
    days = CurrentPolicy.on(today).number("draft_days")
    words = compose_text(
        "mail_resume_draft",
        language=to.language,
        context={
            "link": settings.SITE_URL + resume_url(draft),
            "ends_by": today + timedelta(days=days - 1),  # it is removed at some hour of the day after that
            "days_left": days,
        },
    )
    draft.dossier.send_mail(words, to.email)


@transaction.atomic
def send_draft(
    draft: Application,
    *,
    by: User,
    shown: Collection[str] | None = None,
    reached: letter_channel.ChannelAnswer | None = None,
) -> None:
    """File the draft, with only the answers to the questions that were really asked.

    Raises what the step `file` raises, and StepRefused if an obstacle exists (as the vehicle screen said) or if the
    signed page did not show what the kind asks to declare.

    `shown`: the declarations on that page, in words; None if they were signed for before.
    `reached`: how letters are to reach the applicant, if that was asked; it already applies to the receipt.
    """
    row = Application.objects.select_for_update(no_key=True, of=("self",)).get(pk=draft.pk)
    if row.is_draft:
        asked = {question.code for question in completeness.find_relevant_questions(row)}
        save_draft(row, answers={code: answer for code, answer in row.answers.items() if code in asked})
        obstacles.refuse_obstacles(row, today=clock.today())
        if row.kind and shown is not None:
            save_answers(row, completeness.sign_declarations(row.kind, row.answers, shown=shown))
    letter_channel.keep_answer(row.applicant, reached, by=by)
    row.file(by=by)


def drop_old_drafts(*, today: date) -> int:
    """Drop drafts that nobody touched for long, empty ones after a day, and dossiers that earlier ones left empty."""
    limit = clock.now() - timedelta(days=CurrentPolicy.on(today).number("draft_days"))
    yesterday = clock.now() - timedelta(days=1)
    drafts = Application.objects.drafts().select_related("dossier")
    old = [*drafts.filter(changed_at__lt=limit), *drafts.empty().filter(changed_at__range=(limit, yesterday))]
    dropped: int = sum(draft.drop() for draft in old)
    empty = Dossier.objects.filter(number=None, application=None, documents=None, events=None)
    empty.filter(opened_at__lt=limit).delete()
    return dropped
