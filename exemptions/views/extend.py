"""Extending an exemption in two clicks: 'extend', and one page with only what must be given again."""

from datetime import timedelta
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.form_recovery import keep_typed
from casework.deadline_words import format_day
from casework.models import Document
from casework.uploads.upload_checks import CheckedFile, limits_per_item
from exemptions import fees
from exemptions.forms.extend import ExtendForm
from exemptions.forms.questions import in_words
from exemptions.intake import completeness, draft_files, drafts, extension, obstacles, summary
from exemptions.models import Application, EvidenceItem, Exemption, KindQuestion
from exemptions.views.apply_check import SendingScreen
from exemptions.views.apply_evidence import EvidenceScreen
from exemptions.views.screens import user_of
from zones.plates import spell_plate

LOOKED_UP_BEFORE = timedelta(minutes=5)
"""The register is queried just before the draft is created; its answer may be some minutes old."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def extend_exemption(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin an extension: a draft with everything copied. Otherwise say why not, and what to do instead."""
    exemption = get_own_exemption(request, pk)
    if request.method == "POST":
        try:
            begun, of_old = extension.begin_extension(exemption, by=user_of(request), today=timezone.localdate())
        except extension.CannotExtend as refused:
            messages.error(request, str(refused))
            return redirect("extend", pk=pk)
        if of_old:
            messages.warning(request, of_old)
        return redirect(drafts.resume_url(begun) if begun.is_draft else reverse("application", args=[begun.key]))
    answer = extension.find_extension(exemption, today=timezone.localdate())
    context = {"exemption": exemption, "answer": answer, "plate": plate_of(exemption)}
    return render(request, "portal/extend_start.html", context)


def get_own_exemption(request: HttpRequest, pk: int) -> Exemption:
    """An exemption of those for whom the user acts now; 404 for any other."""
    mine = Application.objects.of_applicant(user_of(request))
    return get_object_or_404(extension.with_all(Exemption.objects.filter(application__in=mine)), pk=pk)


def plate_of(exemption: Exemption) -> str:
    """The plate as on the vehicle; empty if there is none yet."""
    return spell_plate(exemption.plate, country=exemption.country) if exemption.plate else ""


class ExtendScreen(SendingScreen, EvidenceScreen):
    """Asks only for what must be given again, and the signature; the rest is copied, and can be changed."""

    name = drafts.EXTEND
    needs_kind = True

    @property
    def title(self) -> str:
        return _("Extend: %(kind)s") % {"kind": self.draft.chosen_kind}

    @property
    def template(self) -> str:
        return "portal/extend.html"

    @cached_property
    def items(self) -> list[EvidenceItem]:
        """Only the evidence that is asked again."""
        return extension.select_items(self.draft)

    def form(self, data: QueryDict | None = None, **kwargs: Any) -> ExtendForm:
        """Everything on one page, with earlier answers filled in."""
        given = {code: answer for code, answer in self.draft.answers.items() if isinstance(answer, str)}
        return ExtendForm(
            data,
            self.request.FILES if data is not None else None,
            questions=self.questions,
            items=self.items,
            by=self.user,
            declarations=self.declarations(),
            text=self.text,
            known=given,
            initial={**given, **kwargs.get("initial", {})},
        )

    @cached_property
    def questions(self) -> list[KindQuestion]:
        """The questions asked again, read once, so that one just answered stays on the page."""
        return extension.select_questions(self.draft)

    def post(self) -> HttpResponse:
        """Store what is good, whatever else is wrong; then remove a file, continue later, or send."""
        form = self.form(self.request.POST)
        is_good = form.is_valid()
        for name, files in form.checked.items():
            self.add_to(form, name, files, form.items[name])
        drafts.save_answers(self.draft, form.answers())
        if "remove" in self.request.POST:
            return self.removed()
        if "later" in self.request.POST:
            return self.later(form)
        del self.items
        return self.send(form) if is_good and not form.errors else self.show(form)

    def keep(self, checked: CheckedFile, item: EvidenceItem | None) -> Document:
        """Store one file without reading it: this page already has every answer."""
        return draft_files.add_file(item, checked, by=self.user) if item else super().keep(checked, item)

    def removed(self) -> HttpResponse:
        wanted = self.request.POST["remove"]
        if wanted.isdecimal() and len(wanted) < 16:
            draft_files.remove_file(self.draft, int(wanted))
        return redirect(self.url(self.name))

    def later(self, form: ExtendForm) -> HttpResponse:
        """Continue later: values that are not valid yet are kept as typed."""
        typed = {name: value for name, value in self.as_typed().items() if name in form.questions}
        drafts.keep_typed(self.draft, self.name, typed, under=self.name)
        return self.leave()

    def show(self, form: BaseForm, **more: Any) -> HttpResponse:
        """The page: what is copied, what has changed, and what is asked."""
        context = {
            "form": form,
            "draft": self.draft,
            "title": self.title,
            "plate": spell_plate(self.draft.plate, country=self.draft.country) if self.draft.plate else "",
            "back": reverse("my_exemptions"),
            **self.asked(form),
            **self.taken_over(),
        }
        return render(self.request, self.template, {**context, **more})

    def asked(self, form: BaseForm) -> dict[str, Any]:
        """The fields with the earlier answers, and what is missing on other screens."""
        here = {question.code for question in self.questions} | {item.requirement.code for item in self.items}
        elsewhere = [
            {"url": f"{self.url(one.screen)}?check=1#id_{one.field}", "message": one.message}
            for one in obstacles.find_lacking(self.draft, today=timezone.localdate())
            if one.screen != completeness.SIGNATURE and one.field.removeprefix("item-") not in here
        ]
        files = {item.requirement.code: list(item.documents.all()) for item in self.items}
        return {
            "missing": elsewhere,
            "questions": [{"field": form[one.code], "before": self.before(one)} for one in self.questions],
            "rows": [
                {"field": form[f"item-{item.requirement.code}"], "item": item, "files": files[item.requirement.code]}
                for item in self.items
            ],
            "sign": [form[name] for name in ("channel", "declaration") if name in form.fields],
            "allowed": limits_per_item(),
        }

    def before(self, question: KindQuestion) -> str:
        """The earlier answer to a question, in words."""
        earlier = self.draft.renews.application.answers.get(question.code, "") if self.draft.renews else ""
        return in_words(question, str(earlier)) if earlier and question.ask_again else ""

    def taken_over(self) -> dict[str, Any]:
        """Everything else: as it was, or as the register has it now."""
        record = self.draft.current_facts
        return {
            "sections": summary.build_sections(self.draft),
            "changed": extension.changed_facts(self.draft),
            "source": summary.describe_source(record) if record else "",
            "is_new": bool(record and record.as_of >= self.draft.created_at - LOOKED_UP_BEFORE),
            "last_day": format_day(self.draft.renews.ends_on) if self.draft.renews else "",
            "costs": fees.describe_costs(self.draft.kind, extends=True),
            "check_url": reverse("apply", args=[self.draft.key, "check"]),
        }
