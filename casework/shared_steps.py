"""Steps that several sorts of case have in common. Those with the same texts are shared steps; others share a body.

post_letters = shared_steps.post_letters(source=FILED, permission=may_handle)
note = step(source=FILED, target=None, permission=may_handle, records=("to",), done=_("Noted"))(shared_steps.note)
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import TransitionNotAllowed

from casework import clock, outbox, penalties
from casework.announcement import MADE_KNOWN, TERM
from casework.models import Letter, Mention, Message, PostalCopy
from casework.models.letter import Words
from casework.steps import Button, StepRefused, person, shared_step
from casework.texts import write_in_days

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import AwbCase
    from casework.models.letter import PostalCopyQuerySet
    from casework.models.message import MessageQuerySet

DOUBLE_CLICK = timedelta(minutes=1)
"""The same text by the same person within this time counts as a double click."""


# --- In hand --------------------------------------------------------------------------------------------


def assign(case: "AwbCase", *, by: "User | None", to: "User") -> None:
    """Assign the case to a colleague who may see and handle it."""
    if not case.assignees().contains(to):
        raise StepRefused(
            gettext("%(name)s cannot handle this case; choose a colleague who can.") % {"name": to}, field="to"
        )
    case.assigned_to = to


def note(case: Any, *, by: "User | None", text: str, to: "User | None" = None) -> None:
    """Leave a remark for colleagues; a double click leaves only one. `to`: colleagues to notify.

    Whoever writes has read what colleagues wrote for them on this case.
    """
    if to is not None and not case.handlers().contains(to):
        raise StepRefused(
            gettext("%(name)s cannot handle this case; choose a colleague who can.") % {"name": to}, field="to"
        )
    Mention.objects.of(case).unread(person(by)).mark_read()
    since = clock.now() - DOUBLE_CLICK
    if case.notes.filter(text=text, by=person(by), at__gt=since, mentions__to=to).exists():
        return
    written = case.notes.create(text=text, by=person(by))
    if to is not None:
        written.mentions.create(case_type=case.CASE_TYPE, case_id=case.pk, to=to)


# --- Late (Awb 4:17, 4:18) --------------------------------------------------------------------------------


SET_PENALTY = Button(
    _("Set the penalty"),
    _("By decision, within two weeks after the last day that costs money (Awb 4:18)."),
    sends_letter=True,
    main=True,
)


def receive_default_notice(case: "AwbCase", *, by: "User | None", received_on: date) -> None:
    """Record a notice of default: from two weeks later each day costs money, unless we decide first."""
    if case.decide_by is None:
        raise StepRefused(gettext("There is no term to decide on this case."))
    notice = penalties.receive_notice(case, by=by, received_on=received_on, due=case.decide_by)
    kind = "default_notice_received" if notice.has_effect else "default_notice_too_early"
    case.place_letter(kind, more=penalties.build_penalty_context(notice, language=case.language))


def set_penalty(
    case: "AwbCase", *, by: "User | None", without: str = "", explanation: str = ""
) -> Mapping[str, object]:
    """Set the penalty by decision: the sum over the days, or nothing on a ground of Awb 4:17(5)."""
    notice = penalties.set_amount(case, by=by, without=without)
    about = {**penalties.build_penalty_context(notice, language=case.language), "explanation": explanation}
    sent = case.decide_penalty(notice, by=by, explanation=explanation, more=about)
    return {"amount_eur": notice.amount_eur, MADE_KNOWN: sent[MADE_KNOWN]}


# --- On paper (Awb 2:7, 2:8) ------------------------------------------------------------------------------


@shared_step(
    conditions=[lambda case: to_post(case).exists()],
    records=("letters", "posted_on", "made_known", "too_late", TERM),  # every term that begins or ends with posting
    done=_("Letters posted"),
    told=_("We posted letters to you"),
    button=Button(
        _("Note letters as posted"),
        _("The applicant wants letters by post: these were printed and posted."),
        main=True,
    ),
)
def post_letters(
    case: "AwbCase", *, by: "User | None", letters: Iterable[Letter], posted_on: date
) -> Mapping[str, object]:
    """Record that letters were posted on a day, and thereby made known on that day (Awb 3:41)."""
    made_known: list[str] = []
    too_late: list[str] = []
    ended: Mapping[str, object] | None = None
    for letter in note_posted(case, letters, by=by, posted_on=posted_on):
        if letter.made_known_on:
            case.announce_again(letter, on=posted_on)
            continue
        term = case.decision_term
        (made_known if case.make_known(letter, on=posted_on, by=by) else too_late).append(letter.kind)
        ended = ended or case.ended_term(term)
        days = case.list_open_days(on=posted_on)
        letter.post(on=posted_on, body=write_in_days(letter.body, days=days, language=letter.language))
    return {"made_known": made_known, "too_late": too_late, TERM: ended}


def rehearse_posting(case: "AwbCase", letter: Letter, *, by: "User | None") -> Letter:
    """The letter to print, as it reads if posted today: the step is taken and rolled back.

    The letter is unchanged if it does not wait, belongs to another case, or the user may not post it.
    """
    with transaction.atomic():
        copy: AwbCase = type(case)._base_manager.get(pk=case.pk)
        with suppress(StepRefused, PermissionDenied, TransitionNotAllowed):
            cast("Any", copy).post_letters(by=by, letters=[letter], posted_on=clock.today())
            letter.refresh_from_db()
        transaction.set_rollback(True)
    return letter


def to_post(case: "AwbCase") -> "PostalCopyQuerySet":
    """The letters about a case that wait to be printed and posted."""
    return PostalCopy.objects.to_post().about(case)


def note_posted(case: "AwbCase", letters: Iterable[Letter], *, by: "User | None", posted_on: date) -> list[Letter]:
    """Record that these letters were posted; returns them, oldest first. Raises StepRefused if one does not wait."""
    chosen = sorted(letters, key=lambda letter: (letter.placed_at, letter.pk))
    refuse_bad_posting(chosen, posted_on=posted_on)
    if to_post(case).filter(letter__in=chosen).update(posted_on=posted_on, posted_by=person(by)) != len(chosen):
        raise StepRefused(
            gettext("One of these letters has been posted already. Look at the case again."), field="letters"
        )
    return chosen


def refuse_bad_posting(letters: list[Letter], *, posted_on: date) -> None:
    """Raise StepRefused for no letters, a day in the future, or one before a letter was written."""
    if not letters:
        raise StepRefused(gettext("Choose at least one letter."), field="letters")
    if posted_on > clock.today():
        raise StepRefused(
            gettext("That day is still to come: note it when the letters have been posted."), field="posted_on"
        )
    if any(posted_on < timezone.localdate(letter.placed_at) for letter in letters):
        raise StepRefused(gettext("A letter cannot be posted before it was written."), field="posted_on")


# --- A mail that did not arrive: again, to another address, or by post (Awb 2:10: within 48 hours) -------------


class Cure(TextChoices):
    """The remedies for a failed mail."""

    AGAIN = "again", _("Try the same address again")
    ADDRESS = "address", _("Send it to another address")
    POST = "post", _("Send it by post")


def find_failed_mails(case: "AwbCase") -> "MessageQuerySet":
    """The mails in a case's dossier that failed, or have waited too long."""
    return outbox.find_mails_to_check().filter(dossier=case.dossier_id)


@shared_step(
    conditions=[lambda case: find_failed_mails(case).exists()],
    records=("message", "cure"),
    done=_("Failed email seen to"),
    button=Button(
        _("Mend a failed email"),
        _("A letter must be announced within 48 hours (Awb 2:10). Nothing changes but how this email goes."),
        prefilled=("message", "cure"),
    ),
)
def mend_mail(case: "AwbCase", *, by: "User | None", message: Message, cure: str, to: str = "") -> None:
    """Resend a failed mail, to another address if need be, or send its letter by post.

    Refused if it has gone out meanwhile, or a colleague was first.
    """
    held = Message.objects.select_for_update(no_key=True, of=("self",)).select_related("letter").get(pk=message.pk)
    if held.dossier_id != case.dossier_id or held.sent_at or held.mended_at:
        raise StepRefused(
            gettext("This email has gone out meanwhile, or a colleague has seen to it. Look at the case again.")
        )
    match Cure(cure):
        case Cure.AGAIN:
            held.try_again()
        case Cure.ADDRESS:
            refuse_same_address(held, to)
            held.readdress(to)
        case Cure.POST:
            put_on_paper(case, held)


def refuse_same_address(message: Message, to: str) -> None:
    """Raise StepRefused for a missing address, or the one that failed."""
    if not to:
        raise StepRefused(gettext("Give the other address."), field="to")
    if to.lower() == message.to.lower():
        raise StepRefused(
            gettext("That is the address that failed. Give another one, or try the same one again."), field="to"
        )


def put_on_paper(case: "AwbCase", message: Message) -> None:
    """List the mail's letter to print and post, once, even if several mails about it failed."""
    if not case.postal_address:
        raise StepRefused(gettext("No postal address is known. Choose another way."), field="cure")
    letter = message.letter or as_letter(case, message)
    PostalCopy.objects.get_or_create(letter=letter)
    message.replace()
    for other in find_failed_mails(case).filter(letter=letter):
        other.replace()


def as_letter(case: "AwbCase", message: Message) -> Letter:
    """Turn a mail that announces no letter into a letter with the same words."""
    words = Words(kind=message.kind, language=case.language, subject=message.subject, body=message.body)
    return case.dossier.place_letter(case, words, address=case.postal_address)
