"""Nothing typed is lost when a login has expired.

A view under `keep_typed` asks for a login. A form that meets an expired login is kept in the (new, anonymous) session;
after the login the browser comes back to the same address, where the view takes it out with `take_typed` and shows
the form filled in. Files cannot be kept: a browser does not send them twice. So where a script runs, the page asks
first whether the login still stands (`session_state`), and a form with files waits on the page for the login. Kept for
an hour, in the database, like the draft itself; never more than the last few forms. Where somebody had logged in
before in this browser, only they see it: a computer is used by more than one person.
"""

from collections.abc import Callable
from functools import wraps
from time import time
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRedirect

from accounts import rate

SESSION_KEY = "typed"
LAST_LOGIN = "last_login"
"""A session cookie with a mark of the last user who logged in, which does not reveal who they are."""
KEPT_SECONDS = 3600
KEPT_FORMS = 3  # a few open tabs
MAX_CHARACTERS = 50_000
"""More than any form of ours needs, except a pasted list of plates, which passes its own maximum.

Anybody can have a form stored, even without an account, so each address gets only a few a minute.
"""
KEPT_A_MINUTE = 10

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def keep_typed(view: View[P]) -> View[P]:
    """`login_required` for pages with a form: what an anonymous user typed is still there after the login."""

    @wraps(view)
    def asked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        return ask_login(request)

    return asked


def ask_login(request: HttpRequest, *, most: int = MAX_CHARACTERS) -> HttpResponse:
    """Redirect to the login page; a form of at most `most` characters is restored afterwards."""
    if request.method == "POST":
        keep_form(request, most=most)
    return to_login(request)


def keep_form(request: HttpRequest, *, most: int = MAX_CHARACTERS) -> None:
    """Keep this form in the session under its address, and say so on the next page."""
    form = request.POST.copy()
    form.pop("csrfmiddlewaretoken", None)
    text = form.urlencode()
    if sum(len(name) + len(value) for name, values in form.lists() for value in values) > most:
        messages.error(request, _("You were logged out. What you had typed was too long to save. Log in to continue."))
        return
    if not rate.is_within_rate(request, "keep-typed", most=KEPT_A_MINUTE):
        messages.error(
            request,
            _(
                "You were logged out. What you had typed was not saved: too many forms came from your address in a "
                "short time. Log in to continue."
            ),
        )
        return
    kept = {path: one for path, one in get_kept_forms(request).items() if path != request.path}
    kept[request.path] = (time(), text, request.COOKIES.get(LAST_LOGIN, ""))
    request.session[SESSION_KEY] = dict(list(kept.items())[-KEPT_FORMS:])
    messages.warning(request, describe_kept_form(with_files=bool(request.FILES)))


def describe_kept_form(*, with_files: bool) -> str:
    """What the login page says when a form is kept."""
    if with_files:
        return _("You were logged out. Log in to continue: what you typed has been saved. Add your files again.")
    return _("You were logged out. Log in to continue: what you typed has been saved.")


def take_typed(request: HttpRequest) -> QueryDict | None:
    """What was typed on this page before the login; once, not after an hour, and not by somebody else."""
    kept = get_kept_forms(request)
    if request.method != "GET" or request.path not in kept:
        return None
    _when, text, by_whom = kept.pop(request.path)
    request.session[SESSION_KEY] = kept
    if by_whom and by_whom != make_mark(request.user):
        return None
    messages.info(request, _("This is what you typed before you logged in. Check it and send it again."))
    return QueryDict(text)


def get_kept_forms(request: HttpRequest) -> dict[str, tuple[float, str, str]]:
    """The kept forms by address, without expired ones: when, what, and the mark of the user who was logged in."""
    kept: dict[str, list[Any]] = request.session.get(SESSION_KEY, {})
    return {
        path: (when, text, by_whom[0] if by_whom else "")
        for path, (when, text, *by_whom) in kept.items()
        if time() - when < KEPT_SECONDS
    }


def make_mark(user: AbstractBaseUser | AnonymousUser) -> str:
    """A stable mark for one person, which cannot be traced back to them."""
    return salted_hmac("accounts.form_recovery", str(user.pk)).hexdigest()


def remember_login(response: HttpResponseBase, user: AbstractBaseUser) -> None:
    """Set the mark of the user who logs in."""
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(LAST_LOGIN, make_mark(user), secure=secure, httponly=True, samesite="Lax")


def to_login(request: HttpRequest) -> HttpResponse:
    """Redirect to the login page and back; htmx would otherwise show the login page inside this one."""
    answer = redirect_to_login(request.get_full_path())
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(answer.url)
    return answer


def to_entrance(request: HttpRequest) -> HttpResponse:
    """Redirect to the signup page and back; to the login page for anybody who logged in here before."""
    if LAST_LOGIN in request.COOKIES:
        return to_login(request)
    return redirect_to_login(request.get_full_path(), login_url=reverse("account_signup"))


@never_cache
@require_safe
def session_state(request: HttpRequest) -> JsonResponse:
    """Whether the reader is still logged in, and a fresh token for the form that they are about to send.

    The page asks this before it sends files: a browser does not send files twice, so they wait for the login.
    """
    return JsonResponse({"logged_in": request.user.is_authenticated, "token": get_token(request)})
