"""Addresses of the team lead's pages."""

from django.urls import path

from reporting.team import views

urlpatterns = [
    path("", views.team, name="team"),
]
