"""Addresses of the team lead's pages, and of the reviews."""

from django.urls import path

from reporting.team import samples, views

urlpatterns = [
    path("team/", views.team, name="team"),
    path("team/steekproef/", samples.samples, name="quality_samples"),
    path("team/steekproef/<int:pk>/", samples.sample, name="quality_sample"),
    path("toetsen/", samples.reviews, name="quality_reviews"),
    path("toetsen/<int:pk>/", samples.review, name="quality_review"),
]
