"""Mails the notices found: one mail per address and day, with everything that ends or changes for it.

Mails and notices of a batch of addresses are written in one transaction, so a worker may be killed anywhere and the
next run does the rest. Two workers take turns.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.utils.translation import override

from accounts.languages import choose_mail_language, get_page_language
from casework.models import Message
from watches.expiry_notices import CANCELLED, CHANGED, LONGER, MAIL, Terms, find_notices, read_terms
from watches.mail_words import Writer, list_addresses
from watches.models import EndNotice
from watches.rule_changes import Prospect
from watches.unsubscribe_headers import make_unsubscribe_headers
from zones.access_end import AccessEnd
from zones.vehicles import VehicleFacts

ADDRESSES = 500
"""How many addresses are mailed in one transaction."""
WITH = (
    "vehicle__applicant",
    "vehicle__added_by",
    "exemption__decision",
    "exemption__application__dossier",
    "exemption__application__kind",
    "exemption__application__applicant",
)
WITHOUT = ("found_at", *(f"watch__{name}" for name in ("checked_at", "tried_at", "asked_at", "confirmed_at")))
"""Timestamps that no mail uses; parsing each would take time."""
MARK_MAILED = """
UPDATE watches_endnotice AS notice SET sent_on = %s, message_id = told.message
FROM unnest(%s::bigint[], %s::bigint[]) AS told(notice, message) WHERE notice.id = told.notice
"""


@dataclass(frozen=True)
class News:
    """A notice that still holds, with its content: the end by the rules, or what a change moves or leaves as it is.

    All three are empty if an exemption ends. `stays`: what the vehicle may count on now that a change is called off.
    """

    notice: EndNotice
    end: AccessEnd | None = None
    moved: tuple[Prospect, Prospect] | None = None
    stays: Prospect | None = None

    @property
    def is_good(self) -> bool:
        """Whether there is more access than before."""
        return self.moved is not None and self.moved[1].until > self.moved[0].until

    @property
    def about(self) -> object:
        """The subject: a plate that an address both follows and has in its fleet counts once."""
        vehicle = self.notice.watch or self.notice.vehicle
        if vehicle is None:
            return self.notice.exemption_id
        return vehicle.plate, self.notice.change_id, self.notice.ends_on


def announce_ends(*, today: date) -> int:
    """Find whom to notify today, and mail them; returns how many mails were written."""
    terms = read_terms(today=today)
    find_notices(terms)
    return mail_notices(terms)


def mail_notices(terms: Terms) -> int:
    """Write the mails of all waiting notices; returns how many."""
    writer, written, last = Writer(terms.today, terms.book), 0, ""
    while addresses := list_waiting(terms.today, after=last):
        written += mail_addresses(addresses, terms=terms, writer=writer)
        last = addresses[-1]
    return written


def list_waiting(today: date, *, after: str) -> list[str]:
    """Some addresses with waiting notices, in alphabetical order."""
    waiting = EndNotice.objects.waiting(today=today).filter(to__gt=after)
    return list(waiting.order_by("to").values_list("to", flat=True).distinct()[:ADDRESSES])


@transaction.atomic
def mail_addresses(addresses: Sequence[str], *, terms: Terms, writer: Writer) -> int:
    """Write one mail to each of these addresses, dropping notices that no longer hold. Returns how many mails."""
    take_turn()
    waiting = EndNotice.objects.waiting(today=terms.today).filter(to__in=addresses)
    by_address: dict[str, list[News]] = defaultdict(list)
    untrue: list[int] = []
    with_all = waiting.select_related("watch", "change").defer(*WITHOUT).prefetch_related(*WITH)
    for notice in with_all.order_by("to", "ends_on", "days_before", "pk"):
        if news := judge_notice(notice, terms):
            by_address[notice.to].append(news)
        else:
            untrue.append(notice.pk)
    if untrue:
        EndNotice.objects.filter(pk__in=untrue).delete()
    send_mails(by_address, terms=terms, writer=writer)
    return len(by_address)


def take_turn() -> None:
    """Wait until no other worker is mailing; lasts until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('watches', 0))")


def judge_notice(notice: EndNotice, terms: Terms) -> News | None:
    """What a notice says; None if it no longer holds or its day has passed."""
    vehicle = notice.watch or notice.vehicle
    if vehicle and notice.change_id in terms.shifts.by_cancellation:
        _change, shift = terms.shifts.by_cancellation[notice.change_id]
        return News(notice, stays=shift.foresee(vehicle.known or VehicleFacts(), shift.after))
    if vehicle and notice.change_id:
        found = terms.shifts.by_change.get(notice.change_id)
        moved = found[1].compare(vehicle.known) if found else None
        return News(notice, moved=moved) if moved else None
    if notice.ends_on is None or notice.ends_on < terms.today:
        return None
    if vehicle:
        end = terms.find_end(vehicle)
        return News(notice, end=end) if end and end.last_day == notice.ends_on else None
    return News(notice) if is_still_true(notice) else None


def is_still_true(notice: EndNotice) -> bool:
    """Whether an exemption still ends on that day."""
    exemption = notice.exemption
    if exemption is None or exemption.revoked_at or exemption.decision.replaced_by_id:
        return False
    return exemption.ends_on == notice.ends_on


def send_mails(by_address: dict[str, list[News]], *, terms: Terms, writer: Writer) -> None:
    """Put the mails in the outbox, and mark their notices as sent."""
    messages = [write_mail(to, news, terms=terms, writer=writer) for to, news in by_address.items()]
    Message.objects.bulk_create(messages)
    told = [
        (one.notice.pk, message.pk) for message, news in zip(messages, by_address.values(), strict=True) for one in news
    ]
    with connection.cursor() as cursor:
        cursor.execute(MARK_MAILED, [terms.today, [notice for notice, _ in told], [message for _, message in told]])


def write_mail(to: str, news: Sequence[News], *, terms: Terms, writer: Writer) -> Message:
    """The mail with all the news for an address, the earliest end first; judged anew in the reader's language."""
    language, kind = choose_language(news[0].notice), choose_mail(news)
    judged_in = get_page_language()
    with override(language):
        once: dict[object, News] = {}
        for one in news:
            once.setdefault(one.about, one)
        told = (
            once.values()
            if language == judged_in
            else [judge_notice(one.notice, terms) or one for one in once.values()]
        )
        parts = [describe_news(one, writer) for one in told]
        context = {
            "ends_on": next((one.notice.ends_on for one in news if one.notice.ends_on), ""),
            "vehicles": "\n\n".join(parts),
            **list_addresses(),
        }
    words = writer.write(kind, language=language, context=context)
    dossiers = {one.notice.exemption.application.dossier_id if one.notice.exemption else None for one in news}
    dossier = dossiers.pop() if len(dossiers) == 1 else None
    headers = make_unsubscribe_headers(to) if any(one.notice.watch for one in news) else {}
    return Message(dossier_id=dossier, kind=kind, to=to, subject=words.subject, body=words.body, headers=headers)


def choose_mail(news: Iterable[News]) -> str:
    """The kind of mail: good news and called-off changes have their own, if there is nothing else to say."""
    news = list(news)
    if all(one.is_good for one in news):
        return LONGER
    if all(one.stays for one in news):
        return CANCELLED
    return CHANGED if any(one.moved for one in news) else MAIL


def describe_news(news: News, writer: Writer) -> str:
    """The lines about one vehicle or exemption."""
    watch, vehicle, exemption = news.notice.watch, news.notice.vehicle, news.notice.exemption
    if news.moved and (one := watch or vehicle):
        return writer.describe_change(one, *news.moved)
    if news.stays and news.notice.change and (one := watch or vehicle):
        return writer.describe_cancellation(one, news.stays, first_day=news.notice.change.valid_from)
    if news.end and watch:
        return writer.describe_watch(watch, news.end)
    if news.end and vehicle:
        return writer.describe_vehicle(vehicle, news.end)
    return writer.describe_exemption(exemption) if exemption else ""


def choose_language(notice: EndNotice) -> str:
    """The recipient's language."""
    if notice.watch:
        return notice.watch.language
    if notice.vehicle:
        return choose_mail_language(notice.vehicle.added_by.language)
    return notice.exemption.application.language if notice.exemption else "nl"
