"""Admin of letter texts: a change is a new version, previewed with an invented case before it is saved."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from accounts.form_recovery import keep_typed, take_typed
from accounts.models import User
from casework.desk.forms import LongText
from casework.letter_pdfs import render_letter_html
from casework.models import LetterText
from casework.models.letter import Words
from casework.texts import UnknownPlaceholder, format_value, stray_braces
from exemptions import placeholders

STRAY_BRACES = _(
    "Curly brackets may only stand around a name from the list beside the text, as in {number}. Change this: %(found)s."
)


class LetterTextForm(forms.Form):
    """The text of a new version. `version` is the one it builds on, to notice that a colleague was first."""

    subject = forms.CharField(label=_("Subject"), max_length=200)
    body = LongText(
        label=_("Text"),
        rows=24,
        help_text=_("Paragraphs; ## before a heading; - before an item of a list; ** around bold words. Nothing else."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, newest: LetterText, **kwargs: Any) -> None:
        self.newest = newest
        usual = {"subject": newest.subject, "body": newest.body, "version": newest.version}
        super().__init__(*args, **{"initial": usual, **kwargs})

    def clean(self) -> dict[str, Any]:
        """Refuse unknown placeholders, stray braces, and a version that is no longer the newest."""
        templates = [self.cleaned_data.get(name, "") for name in ("subject", "body")]
        unknown = [f"{{{name}}}" for name in placeholders.find_unknown_placeholders(self.newest.kind, *templates)]
        if unknown:
            names = {"names": ", ".join(unknown)}
            self.add_error(None, gettext("This letter does not know: %(names)s. See the list beside the text.") % names)
        if strays := [found for template in templates for found in stray_braces(template)]:
            self.add_error(None, STRAY_BRACES % {"found": ", ".join(strays)})
        if self.cleaned_data.get("version") not in (None, self.newest.version):
            self.add_error(
                None,
                gettext(
                    "A colleague wrote a newer version while you had this page open. Compare, and send yours again."
                ),
            )
        return self.cleaned_data

    def as_text(self) -> LetterText:
        """The new version, unsaved."""
        return LetterText(
            kind=self.newest.kind,
            channel=self.newest.channel,
            language=self.newest.language,
            version=self.newest.version + 1,
            subject=self.cleaned_data["subject"],
            body=self.cleaned_data["body"].replace("\r\n", "\n").strip() + "\n",
        )


@admin.register(LetterText)
class LetterTextAdmin(admin.ModelAdmin[LetterText]):
    """The versions in use. Nobody edits or deletes a version: letters may have been made from it."""

    list_display = ("name", "language", "channel", "subject", "version", "created_at", "created_by")
    list_filter = ("channel", "language")
    search_fields = ("kind", "subject")
    list_select_related = ("created_by",)
    change_form_template = "desk/letter_text.html"

    def get_urls(self) -> list[URLPattern]:
        """Add the page that writes a new version."""
        write = keep_typed(self.admin_site.admin_view(self.write))
        return [path("<int:pk>/write/", write, name="casework_lettertext_write"), *super().get_urls()]

    @admin.display(description=_("letter"), ordering="kind")
    def name(self, text: LetterText) -> str:
        """The title of the letter."""
        return get_letter_title(text)

    def get_queryset(self, request: HttpRequest) -> QuerySet[LetterText]:
        """The versions in use; a link to an older version still works."""
        texts = super().get_queryset(request)
        listing = request.resolver_match is not None and request.resolver_match.view_name.endswith("changelist")
        return filter_newest(texts) if listing else texts

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A new kind of letter comes with the software; a new version is written on its own page."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: LetterText | None = None) -> bool:
        """Never: letters were made from it."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: LetterText | None = None) -> bool:
        """Never: letters were made from it."""
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """One version: how it looks, who wrote it, and the other versions of this letter."""
        text = get_object_or_404(LetterText, pk=object_id) if object_id.isdecimal() and len(object_id) < 19 else None
        if text is None or not self.has_view_permission(request):
            raise Http404("no such text")
        versions = LetterText.objects.filter(kind=text.kind, language=text.language).select_related("created_by")
        context = {
            "title": f"{capfirst(get_letter_title(text))} – {text.get_language_display()}",
            "text": text,
            "versions": versions,
            **preview_text(text),
            "may_write": may_write(request),
        }
        return TemplateResponse(
            request, "desk/letter_text.html", {**self.admin_site.each_context(request), "opts": self.opts, **context}
        )

    def write(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Write, preview and save a new version."""
        user = request.user
        if not isinstance(user, User) or not may_write(request):
            raise PermissionDenied("may not write letter texts")
        text = get_object_or_404(LetterText, pk=pk)
        latest = LetterText.objects.filter(kind=text.kind, language=text.language).order_by("-version")[0]
        data = request.POST if request.method == "POST" else take_typed(request)
        form = LetterTextForm(data, newest=latest)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("Write a new version"),
            "text": latest,
            "name": get_letter_title(latest),
            "form": form,
        }
        context["allowed"] = list_placeholders(latest)
        if request.method != "POST" or not form.is_valid() or request.POST.get("action") == "change":
            return TemplateResponse(request, "desk/letter_text_write.html", context, status=422 if form.errors else 200)
        if request.POST.get("action") == "keep":
            return self.kept(request, form, user)
        return TemplateResponse(request, "desk/letter_text_preview.html", {**context, **preview_text(form.as_text())})

    def kept(self, request: HttpRequest, form: LetterTextForm, user: User) -> HttpResponse:
        """Save the version under the writer's name."""
        text = form.as_text()
        text.created_by = user
        text.save()
        self.log_addition(request, text, gettext("version %(version)s") % {"version": text.version})
        messages.success(
            request, gettext("Saved: every letter from now on uses version %(version)s.") % {"version": text.version}
        )
        return HttpResponseRedirect(reverse("admin:casework_lettertext_change", args=[text.pk]))


def filter_newest(texts: QuerySet[LetterText]) -> QuerySet[LetterText]:
    """The version in use of each letter and language."""
    later = LetterText.objects.filter(
        kind=OuterRef("kind"), language=OuterRef("language"), version__gt=OuterRef("version")
    )
    return texts.filter(~Exists(later))


def list_placeholders(text: LetterText) -> list[tuple[str, str]]:
    """The placeholders of a letter, each with an invented value."""
    samples = placeholders.sample_values(text.kind, text.language)
    names = placeholders.letter_placeholders().get(text.kind, ())
    with override(text.language):
        return [(f"{{{name}}}", format_value(samples.get(name, ""))) for name in names]


def get_letter_title(text: LetterText) -> str:
    """The title of the letter, in words."""
    return str(placeholders.letter_titles().get(text.kind, text.kind))


def may_write(request: HttpRequest) -> bool:
    """Whether the user may write letter texts: editors and administrators."""
    return bool(request.user.has_perm("casework.add_lettertext"))


def preview_text(text: LetterText) -> dict[str, Any]:
    """The text filled in with an invented case; a mail has no markup."""
    try:
        words = placeholders.preview_text(text)
    except UnknownPlaceholder:  # an old version with a placeholder that the letter no longer has
        words = Words(text.kind, text.language, text.subject, text.body)
    letter = text.channel == LetterText.Channel.LETTER
    return {"words": words, "html": render_letter_html(words.body, heading=3) if letter else ""}
