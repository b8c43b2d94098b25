"""A watch begins, is confirmed from the mailbox, is kept up with the register, and ends without a trace.

Nobody learns from us whether an address or a plate is followed: the same request gets the same answer and mail.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from casework import clock
from casework.models import Message
from casework.models.message import ADDRESS_AT_FAULT
from casework.policy import CurrentPolicy
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
"""How many plates go into one register query."""


def ask_watch(asked: AccessQuestion, *, email: str, language: str) -> None:
    """Store the request to follow a plate, and mail the confirmation link; repeating it changes nothing."""
    _state, lookup = look_up_vehicle(asked)
    begun = {"language": language, "typed": asked.typed, **convert_lookup(lookup)}
    with transaction.atomic():
        watch, _is_new = Watch.objects.get_or_create(
            email=email.lower(), plate=asked.plate, country=asked.country, defaults=begun
        )
        mail_link(watch, language=language)


def convert_lookup(lookup: Lookup | None) -> dict[str, object]:
    """What the register said just now, as a watch keeps it."""
    return {"facts": as_json(lookup.facts), "checked_at": lookup.as_of} if lookup else {}


def mail_link(watch: Watch, *, language: str) -> None:
    """The mail repeats nothing that was typed, so nobody can make us send their words to somebody else."""
    since, most = clock.now() - timedelta(days=1), CurrentPolicy.on(clock.today()).number("watch_confirmations_a_day")
    if Message.objects.filter(kind=CONFIRM, to=watch.email, created_at__gte=since).count() >= most:
        return
    writer, days = Writer(clock.today(), current_rule_book(on=clock.today())), days_to_confirm(clock.today())
    with override(language):
        context = {"link": make_link(watch), "days": days}
    words = writer.write(CONFIRM, language=language, context=context)
    Message.objects.place_mail(words, watch.email, headers=make_unsubscribe_headers(watch.email))


def days_to_confirm(today: date) -> int:
    """How many days a wish waits to be confirmed."""
    return CurrentPolicy.on(today).number("watch_unconfirmed_days")


def confirm_watch(watch: Watch) -> None:
    """From now on the address is mailed; a second time changes nothing."""
    Watch.objects.filter(pk=watch.pk, confirmed_at=None).update(confirmed_at=clock.now())


@transaction.atomic
def end_watch(watch: Watch) -> None:
    """Removes the address and the plate, with the mails that name them; anything else in a waiting mail waits again."""
    mails = Message.objects.filter(kind__in=(CONFIRM, *MAILS), to=watch.email, dossier=None)
    EndNotice.objects.filter(message__in=mails.filter(sent_at=None)).update(sent_on=None)
    watch.delete()
    mails.delete()


def end_all_watches(address_key: str) -> int:
    """Nothing is followed any more from the address of a mail; returns how much was. Of another key nothing is."""
    email = read_address_key(address_key)
    return end_each(list(Watch.objects.filter(email=email))) if email else 0


def drop_unconfirmed(*, today: date) -> int:
    """End what nobody confirmed in time; returns how many."""
    before = clock.now() - timedelta(days=days_to_confirm(today))
    return end_each(list(Watch.objects.never_confirmed(before=before)))


def drop_unreachable() -> int:
    """End the watches of addresses that do not exist: no person at the desk can mend those. Returns how many."""
    failed = Message.objects.filter(kind__in=(CONFIRM, *MAILS), dossier=None).failed()
    addresses = [to for to, error in failed.values_list("to", "error") if error.split(":", 1)[0] in ADDRESS_AT_FAULT]
    return end_each(list(Watch.objects.filter(email__in=addresses)))


def end_each(watches: list[Watch]) -> int:
    """Each in its own transaction."""
    for watch in watches:
        end_watch(watch)
    return len(watches)


# --- The register -------------------------------------------------------------------------------------


def refresh_watches(*, seconds: float) -> int:
    """Ask the register about followed plates whose answer is not from today, many at once; returns how many answered.

    A silent register is left alone for a while and asked again later; until then its last answer stands.
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
    """Keep what the register says of some plates: asked together or, if that gets no answer, one by one."""
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
    """Without an answer the earlier facts stay."""
    if isinstance(answer, Lookup | NotFound):
        keep_facts(watch, answer.facts if isinstance(answer, Lookup) else None, as_of=answer.as_of)


def keep_facts(watch: Watch, facts: VehicleFacts | None, *, as_of: datetime) -> None:
    """The facts with their day; None: the register does not know the plate."""
    watch.facts = as_json(facts) if facts else {}
    watch.checked_at = as_of
