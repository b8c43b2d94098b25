"""The pages of the quality sample: draw one, see its results, and review what was drawn."""

from http import HTTPStatus
from typing import Any

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework import clock
from exemptions.views.screens import user_of
from reporting.forms import list_kind_choices
from reporting.models import QualityReview, ReviewQuestion
from reporting.team.forms import DrawForm, ReviewForm
from reporting.team.permissions import LEAD, REVIEW
from reporting.team.quality import (
    AlreadyReviewedError,
    count_answers,
    draw_sample,
    list_samples,
    record_review,
)
from reporting.team.views import at_desk

ON_A_PAGE = 50


def show_page(request: HttpRequest, template: str, *, status: int = HTTPStatus.OK, **context: Any) -> HttpResponse:
    """A page of the desk."""
    return TemplateResponse(request, template, {**admin.site.each_context(request), **context}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def show_samples(request: HttpRequest) -> HttpResponse:
    """The samples with their progress, and a form that draws one."""
    form = DrawForm(request.POST) if request.method == "POST" else DrawForm(initial=DrawForm.usual())
    if request.method == "POST" and (period := form.period):
        drawn = draw_sample(
            by=user_of(request), period=period, kind=form.cleaned_data["kind"], wanted=form.cleaned_data["number"]
        )
        messages.success(request, _("The sample was drawn."))
        return redirect("quality_sample", drawn.pk)
    kinds = dict(list_kind_choices())
    page = Paginator(list_samples(), ON_A_PAGE).get_page(request.GET.get("page"))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(
        request,
        "desk/quality_samples.html",
        status=status,
        title=_("Quality samples"),
        form=form,
        page_obj=page,
        lines=[(one, kinds.get(one.kind_id or "", "")) for one in page],
    )


@require_safe
def show_sample(request: HttpRequest, pk: int) -> HttpResponse:
    """The results of one sample, as far as it has been reviewed."""
    found = get_object_or_404(list_samples(), pk=pk)
    return show_page(
        request,
        "desk/quality_sample.html",
        title=_("Quality sample"),
        sample=found,
        kind=dict(list_kind_choices()).get(found.kind_id or "", ""),
        tallies=count_answers(found),
        reviews=found.reviews.for_list(),
    )


@require_safe
def show_reviews(request: HttpRequest) -> HttpResponse:
    """The reviews that wait for this colleague, those drawn first on top."""
    waiting = QualityReview.objects.open().for_reviewer(user_of(request)).for_list().order_by("pk")
    page = Paginator(waiting, ON_A_PAGE).get_page(request.GET.get("page"))
    return show_page(request, "desk/quality_reviews.html", title=_("Reviews"), page_obj=page)


@require_http_methods(["GET", "HEAD", "POST"])
def handle_review(request: HttpRequest, pk: int) -> HttpResponse:
    """The questions about one decision. If a colleague was first, the page says so and nothing is stored twice."""
    user = user_of(request)
    found = get_object_or_404(QualityReview.objects.for_reviewer(user).for_list(), pk=pk)
    if found.reviewed_at is not None:
        return redirect_to_reviews(request)
    questions = ReviewQuestion.objects.in_force(on=clock.today())
    form = ReviewForm(request.POST if request.method == "POST" else None, questions=questions)
    if form.is_valid():
        try:
            record_review(found, by=user, findings=form.findings)
        except AlreadyReviewedError:
            return redirect_to_reviews(request)
        messages.success(request, _("Your review of %(case)s was kept.") % {"case": found})
        return redirect("quality_reviews")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(
        request,
        "desk/quality_review.html",
        status=status,
        title=_("Review of %(case)s") % {"case": found},
        review=found,
        form=form,
    )


def redirect_to_reviews(request: HttpRequest) -> HttpResponse:
    """Say that the review is done already, by a colleague or by the first of two clicks."""
    messages.info(request, _("This decision has been reviewed already."))
    return redirect("quality_reviews")


samples = at_desk(LEAD, show_samples)
sample = at_desk(LEAD, show_sample)
reviews = at_desk(REVIEW, show_reviews)
review = at_desk(REVIEW, handle_review)
