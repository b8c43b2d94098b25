"""Notes that name a colleague, at the desk: 'noted for you' on the case and on the start page, until it was read."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.models import User
from casework.desk.steps import find_desk
from casework.desk.worklists import Worklist
from casework.desk.workload import with_absence
from casework.models import CaseNote, Mention

if TYPE_CHECKING:
    from casework.models import Case


def select_mentioned(rows: Any, user: User, _day: date) -> Any:
    """The cases on which a colleague noted something for this user; `news_at`: since when."""
    unread = Mention.objects.unread(user).filter(case_type=rows.model.CASE_TYPE)
    first = unread.filter(case_id=OuterRef("pk")).order_by("at").values("at")[:1]
    return rows.filter(pk__in=unread.values("case_id")).annotate(news_at=Subquery(first))


MENTIONED: Worklist[Any] = Worklist(
    "mentioned",
    _("Noted for you"),
    _("A colleague wrote a note for you: say on the case that you read it, or write a note yourself."),
    select_mentioned,
    order=("news_at", "pk"),
    is_own=True,
)
"""The same list for every sort of case that has notes, also where the case has ended."""


def list_notes(case: Any) -> "QuerySet[CaseNote]":
    """The notes on a case, the newest first, each with whom it is for: three queries."""
    people = with_absence(User.objects.all(), today=timezone.localdate())
    named = Mention.objects.prefetch_related(Prefetch("to", queryset=people))
    notes: QuerySet[CaseNote] = case.notes.select_related("by").order_by("-at", "-pk")
    return notes.prefetch_related(Prefetch("mentions", queryset=named))


def list_unread(case: "Case", user: User) -> list[Mention]:
    """What colleagues noted on a case for this user, and was not read yet."""
    unread = Mention.objects.of(case).unread(user)
    return list(unread.prefetch_related(Prefetch("note"), "note__by"))


@require_POST
def read_mention(request: HttpRequest, pk: int) -> HttpResponse:
    """'I have read it': for whom it is, and again for a second click. Back to the case."""
    mention = get_object_or_404(Mention, pk=pk, to=request.user.pk)
    desk = find_desk(mention.case_type)
    if desk is None or not isinstance(request.user, User):
        raise Http404(f"no desk for {mention.case_type}")
    case = get_object_or_404(desk.seen(request.user), pk=mention.case_id)
    Mention.objects.filter(pk=mention.pk).mark_read()
    return redirect(desk.case_address(case))
