"""Mails the notices that were found: one mail an address and day, with everything that ends for it.

A batch of addresses is one transaction: mails, and the notices that they tell. So a worker may be killed anywhere, and
the rest waits for the next run; two workers take turns.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import override

from casework.models import Message
from exemptions.models import Vehicle
from watches.end_notices import MAIL, Terms, find_notices, read_terms
from watches.mail_words import Writer
from watches.models import EndNotice, Watch

ADDRESSES = 500
"""So many are mailed in one transaction."""


def tell_ends(*, today: date) -> int:
    """Find whom to tell today, and mail them; returns how many mails were written."""
    find_notices(today=today)
    return mail_notices(today=today)


def mail_notices(*, today: date) -> int:
    """Write the mails of all notices that wait; returns how many."""
    terms = read_terms(today=today)
    writer, written = Writer(today, terms.book), 0
    while addresses := list_waiting(today):
        written += mail_addresses(addresses, terms=terms, writer=writer)
    return written


def list_waiting(today: date) -> list[str]:
    """Some addresses with notices that wait."""
    waiting = EndNotice.objects.waiting(today=today)
    return list(waiting.order_by("to").values_list("to", flat=True).distinct()[:ADDRESSES])


@transaction.atomic
def mail_addresses(addresses: Sequence[str], *, terms: Terms, writer: Writer) -> int:
    """One mail to each of these addresses; a notice that is no longer true is dropped. Returns how many mails."""
    take_turn()
    waiting = EndNotice.objects.waiting(today=terms.today).filter(to__in=addresses)
    by_address: dict[str, list[EndNotice]] = defaultdict(list)
    untrue: list[int] = []
    for notice in waiting.select_related(*WITH).order_by("to", "ends_on", "days_before", "pk"):
        if is_true(notice, terms):
            by_address[notice.to].append(notice)
        else:
            untrue.append(notice.pk)
    EndNotice.objects.filter(pk__in=untrue).delete()
    send_mails(by_address, terms=terms, writer=writer)
    return len(by_address)


WITH = (
    "watch",
    "vehicle__applicant",
    "vehicle__added_by",
    "exemption__decision",
    "exemption__application__dossier",
    "exemption__application__kind",
    "exemption__application__applicant",
)


def take_turn() -> None:
    """Wait until no other worker is in here; ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('watches', 0))")


def is_true(notice: EndNotice, terms: Terms) -> bool:
    """Whether it still ends on that day, and that day is still to come."""
    if notice.ends_on < terms.today:
        return False
    if exemption := notice.exemption:
        stands = exemption.revoked_at is None and exemption.decision.replaced_by_id is None
        return stands and exemption.ends_on == notice.ends_on
    end = terms.find_end(find_vehicle(notice))
    return end is not None and end.last_day == notice.ends_on


def find_vehicle(notice: EndNotice) -> Watch | Vehicle:
    """The followed plate, or the vehicle of a fleet."""
    one = notice.watch or notice.vehicle
    if one is None:
        raise ValueError("a notice about an exemption")
    return one


def send_mails(by_address: dict[str, list[EndNotice]], *, terms: Terms, writer: Writer) -> None:
    """Put the mails in the outbox, and write at the notices that they told."""
    messages = [write_mail(to, notices, terms=terms, writer=writer) for to, notices in by_address.items()]
    Message.objects.bulk_create(messages)
    told: list[EndNotice] = []
    for message, notices in zip(messages, by_address.values(), strict=True):
        for notice in notices:
            notice.sent_on, notice.message = terms.today, message
        told += notices
    EndNotice.objects.bulk_update(told, ["sent_on", "message"])


def write_mail(to: str, notices: Sequence[EndNotice], *, terms: Terms, writer: Writer) -> Message:
    """The mail about everything that ends for an address, the first end on top."""
    language = choose_language(notices[0])
    with override(language):
        parts = list(dict.fromkeys(describe_notice(one, terms, writer) for one in without_doubles(notices)))
        context = {
            "ends_on": notices[0].ends_on,
            "vehicles": "\n\n".join(parts),
            "link": settings.SITE_URL + reverse("access_check"),
            "choices": settings.SITE_URL + reverse("my_choices"),
        }
    words = writer.write(MAIL, language=language, context=context)
    dossiers = {one.exemption.application.dossier_id if one.exemption else None for one in notices}
    dossier = dossiers.pop() if len(dossiers) == 1 else None
    return Message(dossier_id=dossier, kind=MAIL, to=to, subject=words.subject, body=words.body)


def without_doubles(notices: Iterable[EndNotice]) -> list[EndNotice]:
    """One for each thing, with the fewest days; a plate that an address follows and has in its fleet is named once."""
    kept: dict[object, EndNotice] = {}
    for one in notices:
        vehicle = one.watch or one.vehicle
        key = (vehicle.plate, one.ends_on) if vehicle else one.exemption_id
        kept.setdefault(key, one)
    return list(kept.values())


def describe_notice(notice: EndNotice, terms: Terms, writer: Writer) -> str:
    """The lines about one vehicle."""
    if notice.exemption:
        return writer.describe_exemption(notice.exemption)
    end = terms.find_end(find_vehicle(notice))
    if end is None:
        raise ValueError("a notice that is not true")
    if notice.watch:
        return writer.describe_watch(notice.watch, end)
    return writer.describe_vehicle(notice.vehicle, end) if notice.vehicle else ""


def choose_language(notice: EndNotice) -> str:
    """The language of who is written to."""
    if notice.watch:
        return notice.watch.language
    if notice.vehicle:
        return notice.vehicle.added_by.language
    return notice.exemption.application.language if notice.exemption else "nl"
