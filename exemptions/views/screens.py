"""What all screens of the form share: show, save, go on, continue later. A screen only adds what is its own."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.form_recovery import take_typed
from accounts.models import User
from exemptions.intake import drafts
from exemptions.models import Application

SHOW_APPLICANT = ("applicant", "check", "extend")
"""Screens that name the applicant anyway."""
NOT_KEPT = ("csrfmiddlewaretoken", "later")


class Screen(ABC):
    """One screen for a draft."""

    name: ClassVar[str]
    needs_kind: ClassVar[bool] = False

    def __init__(self, request: HttpRequest, draft: Application) -> None:
        self.request, self.draft, self.user = request, draft, user_of(request)

    # --- for subclasses to define ---

    @property
    @abstractmethod
    def title(self) -> str:
        """The heading of the page."""

    @abstractmethod
    def form(self, data: QueryDict | None = None, **kwargs: Any) -> BaseForm:
        """The form with the draft's own values; `data` and `initial` as in Django's forms."""

    def save(self, form: BaseForm) -> HttpResponse | None:
        """Save a valid form; returns a response if the next screen is not what follows."""
        return None

    def context(self) -> dict[str, Any]:
        """The context of the template besides the form."""
        return {}

    def button(self) -> HttpResponse | None:
        """Respond to a button of the screen itself, such as 'remove this file'."""
        return None

    @property
    def template(self) -> str:
        """The template of the screen."""
        return f"portal/apply_{self.name}.html"

    # --- shared by all screens ---

    def respond(self) -> HttpResponse:
        if self.needs_kind and self.draft.kind is None:
            messages.info(self.request, _("First choose which exemption you are applying for."))
            return redirect(self.url("kind"))
        return self.post() if self.request.method == "POST" else self.get()

    def get(self) -> HttpResponse:
        """Show the screen with what was typed before a login, or left half typed, or else with what is saved."""
        typed = take_typed(self.request)
        if typed is not None:
            return self.show(self.form(typed))
        half_typed = drafts.read_typed_answers(self.draft, self.kept_as())
        return self.show(self.form(initial=half_typed) if half_typed else self.form())

    def post(self) -> HttpResponse:
        """Save what was sent and go on, or show what is wrong with it."""
        answer = self.button()
        if answer is not None:
            return answer
        form = self.form(self.request.POST)
        is_later = "later" in self.request.POST
        if form.is_valid():
            return self.saved(self.save(form), is_later=is_later)
        if is_later:
            drafts.keep_typed(self.draft, self.name, self.as_typed(), under=self.kept_as())
            return self.leave()
        return self.show(form)

    def saved(self, own_answer: HttpResponse | None, *, is_later: bool) -> HttpResponse:
        """Where to go after saving."""
        if own_answer is not None and not is_later:
            return own_answer
        drafts.finish_form(self.draft, self.kept_as(), then=self.name if is_later else self.next_screen())
        return self.leave() if is_later else redirect(self.url(self.next_screen()))

    def leave(self) -> HttpResponse:
        """Continue later: mail the link to the draft, and show the user's applications."""
        drafts.mail_link(self.draft, to=self.user)
        messages.success(self.request, _("Saved. We will email you a link to continue later."))
        return redirect("my_applications")

    def show(self, form: BaseForm, **more: Any) -> HttpResponse:
        before = drafts.screen_before(self.draft, self.name)
        screens = drafts.list_screens(self.draft, shown=self.name)
        context = {
            "form": form,
            "draft": self.draft,
            "title": self.title,
            "number": screens.index(self.name) + 1,
            "total": len(screens),
            "assumed": drafts.find_assumed_applicant(self.draft) if self.name not in SHOW_APPLICANT else None,
            "applicant_url": self.url(drafts.SCREENS[0]),
            "back": self.url(before) if before else reverse("my_applications"),
        }
        return render(self.request, self.template, {**context, **self.context(), **more})

    @property
    def part(self) -> str:
        """Which of the screen's forms the URL asks for; empty for the one that fits the draft."""
        return self.request.GET.get("part", "")

    def url(self, screen: str, *, part: str = "") -> str:
        """The URL of a screen, which remembers whether the user came from the check page, to return there."""
        from_check = "check" in self.request.GET and screen != "check"
        query = urlencode({**({"check": 1} if from_check else {}), **({"part": part} if part else {})})
        return reverse("apply", args=[self.draft.key, screen]) + (f"?{query}" if query else "")

    def next_screen(self) -> str:
        """The screen after this one; or the check page, for users who came from there to change something."""
        if "check" in self.request.GET:
            return "check"
        return drafts.screen_after(self.draft, self.name)

    def kept_as(self) -> str:
        """The name under which a half-filled form of this screen is kept."""
        return self.name

    def as_typed(self) -> dict[str, str]:
        """The form as it was submitted."""
        return {name: str(value) for name, value in self.request.POST.items() if name not in NOT_KEPT}


def user_of(request: HttpRequest) -> User:
    """The logged-in user, which these views require."""
    if not isinstance(request.user, User):
        raise TypeError("this view is for users who are logged in")
    return request.user
