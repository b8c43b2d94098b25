"""A watch is requested, confirmed from the mailbox, refreshed from the register, and ended without a trace.

Whether an address or a plate is followed is never revealed: equal requests get equal answers and mails.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from casework import clock
from casework.current_policy import CurrentPolicy
from casework.models import Message
from casework.models.message import ADDRESS_AT_FAULT
from exemptions.fleet.register_refresh import RefreshTurn, is_resting, note_turn
from exemptions.intake.access import look_up_vehicle
from exemptions.intake.prefill import AccessQuestion
from exemptions.models.facts import as_json
from watches.expiry_notices import MAILS
from watches.mail_words import Writer, make_link
from watches.models import EndNotice, Watch
from watches.unsubscribe_headers import make_unsubscribe_headers, read_address_key
from zones.models import current_rule_book
from zones.register import OTHERS, Lookup, NotFound, RegisterDown
from zones.register_batches import look_up_many
from zones.vehicles import VehicleFacts

CONFIRM = "mail_watch_confirm"
AT_ONCE = 100
"""How many plates go into one query to the register."""


def ask_watch(asked: AccessQuestion, *, email: str, language: str) -> None:
    """Store the request to follow a plate, and mail the confirmation link; idempotent."""
    _state, lookup = look_up_vehicle(asked)
    begun = {"language": language, "typed": asked.typed, **convert_lookup(lookup)}
    with transaction.atomic():
        watch, _is_new = Watch.objects.get_or_create(
            email=email.lower(), plate=asked.plate, country=asked.country, defaults=begun
        )
        mail_link(watch, language=language)


def convert_lookup(lookup: Lookup | None) -> dict[str, object]:
    """The register's answer as the fields of a watch."""
    return {"facts": as_json(lookup.facts), "checked_at": lookup.as_of} if lookup else {}


def mail_link(watch: Watch, *, language: str) -> None:
    """Mail the confirmation link. It quotes nothing typed, so nobody can have us mail their words to others."""
    since, most = clock.now() - timedelta(days=1), CurrentPolicy.on(clock.today()).number("watch_confirmations_a_day")
    if Message.objects.filter(kind=CONFIRM, to=watch.email, created_at__gte=since).count() >= most:
        return
    writer, days = Writer(clock.today(), current_rule_book(on=clock.today())), days_to_confirm(clock.today())
    with override(language):
        context = {"link": make_link(watch), "days": days}
    words = writer.write(CONFIRM, language=language, context=context)
    Message.objects.place_mail(words, watch.email, headers=make_unsubscribe_headers(watch.email))


def days_to_confirm(today: date) -> int:
    """How many days a request waits for confirmation."""
    return CurrentPolicy.on(today).number("watch_unconfirmed_days")


def confirm_watch(watch: Watch) -> None:
    """Start mailing the address; idempotent."""
    Watch.objects.filter(pk=watch.pk, confirmed_at=None).update(confirmed_at=clock.now())


@transaction.atomic
def end_watch(watch: Watch) -> None:
    """Delete the watch and the mails that name its plate; other notices in a mail not yet sent become unsent again."""
    mails = Message.objects.filter(kind__in=(CONFIRM, *MAILS), to=watch.email, dossier=None)
    EndNotice.objects.filter(message__in=mails.filter(sent_at=None)).update(sent_on=None)
    watch.delete()
    mails.delete()


def end_all_watches(address_key: str) -> int:
    """End every watch of the address with this key; returns how many. An unknown key ends none."""
    email = read_address_key(address_key)
    return end_each(list(Watch.objects.filter(email=email))) if email else 0


def drop_unconfirmed(*, today: date) -> int:
    """End the watches not confirmed in time; returns how many."""
    before = clock.now() - timedelta(days=days_to_confirm(today))
    return end_each(list(Watch.objects.never_confirmed(before=before)))


def drop_unreachable() -> int:
    """End the watches of addresses that do not exist, which nobody at the desk can fix. Returns how many."""
    failed = Message.objects.filter(kind__in=(CONFIRM, *MAILS), dossier=None).failed()
    addresses = [to for to, error in failed.values_list("to", "error") if error.split(":", 1)[0] in ADDRESS_AT_FAULT]
    return end_each(list(Watch.objects.filter(email__in=addresses)))


def end_each(watches: list[Watch]) -> int:
    """End each in its own transaction."""
    for watch in watches:
        end_watch(watch)
    return len(watches)


# --- The register -------------------------------------------------------------------------------------


def refresh_watches(*, seconds: float) -> int:
    """Ask the register about followed plates without an answer of today, in batches; returns how many were answered.

    If the register does not respond, it is left alone for a while; until then, the last answer stands.
    """
    now = clock.now()
    if is_resting(now=now):
        return 0
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    turn = RefreshTurn(seconds)
    while not turn.is_over and (some := list(Watch.objects.to_refresh(before=midnight, now=now)[:AT_ONCE])):
        refresh_some(some, turn)
    if turn.answered or turn.refused:
        note_turn(turn, now=now)
    return turn.answered


def refresh_some(watches: list[Watch], turn: RefreshTurn) -> None:
    """Store the register's answers about some plates: requested together or, if that fails, one by one."""
    plates = {watch.plate for watch in watches}
    found = {plate: facts for batch in look_up_many(plates, datasets=OTHERS) for plate, facts in batch.items()}
    if found:
        turn.refused, turn.answered = 0, turn.answered + len(found)
    for watch in watches:
        watch.tried_at = clock.now()
        if watch.plate in found:
            keep_facts(watch, found[watch.plate], as_of=watch.tried_at)
        elif not found and not turn.is_over:
            keep_answer(watch, turn.ask(watch.plate))
    Watch.objects.bulk_update(watches, ["facts", "checked_at", "tried_at"])


def keep_answer(watch: Watch, answer: Lookup | NotFound | RegisterDown | None) -> None:
    """Store an answer; without one, the earlier facts stay."""
    if isinstance(answer, Lookup | NotFound):
        keep_facts(watch, answer.facts if isinstance(answer, Lookup) else None, as_of=answer.as_of)


def keep_facts(watch: Watch, facts: VehicleFacts | None, *, as_of: datetime) -> None:
    """Store the facts and their date; None means that the register does not know the plate."""
    watch.facts = as_json(facts) if facts else {}
    watch.checked_at = as_of
