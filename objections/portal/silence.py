"""Going to court because we do not decide: from when that is possible, and what one must know (Awb 6:2, 6:12)."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casework import penalties
from casework.deadline_words import format_day
from casework.models import CourtOrder
from exemptions.authority import describe_appealing, describe_court, find_authority
from exemptions.models import Application
from objections.models import Appeal, Objection
from objections.steps.silence import find_first_day


def describe_way_to_court(case: Application | Objection, *, today: date) -> list[str]:
    """How to appeal against our silence; empty while that is not possible.

    It is possible from two weeks after a notice of default, while we are still late. It is not shown while a court has
    the case, or after one ordered us to decide by a day. No query if we are in time.
    """
    if not case.is_late:
        return []
    notices = list(penalties.with_effect(case).filter(decided_on=None))
    first = find_first_day(notices)
    if first is None or today < first:
        return []
    if Appeal.objects.about(case).open().exists() or CourtOrder.objects.of(case).exists():
        return []
    return list_sentences(case, since=first, told_on=min(notice.received_on for notice in notices))


def list_sentences(case: Application | Objection, *, since: date, told_on: date) -> list[str]:
    """Which court, from when and until when, what is needed, and what stays the same."""
    authority = find_authority(case.dossier.application)
    about: dict[str, Any] = {
        "court": describe_court(authority),
        "since": format_day(since),
        "told": format_day(told_on),
        "number": case.dossier,
    }
    return [
        _(
            "You told us on %(told)s that we are late, and two weeks later there was still no decision. Since "
            "%(since)s you can go to %(court)s because we do not decide (appeal, article 6:12 Awb). You do not have to "
            "object first."
        )
        % about,
        _("There is no last day, but do not wait unreasonably long. Once we have decided, this is no longer possible."),
        _(
            "Write to the court that we do not decide, and mention the number of your case, %(number)s. Add our letter "
            "that says that we received your notice of default. The court charges a fee (griffierecht)."
        )
        % about
        + f" {describe_appealing(authority)}",
        _(
            "The court normally decides within eight weeks, without a hearing. Your notice of default and the money "
            "for each day that we are late stay as they are."
        ),
    ]
