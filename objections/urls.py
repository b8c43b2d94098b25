"""Addresses of the portal about objections."""

from django.urls import path

from objections.views import mine

urlpatterns = [path("bezwaar/<uuid:key>/", mine.objection, name="objection")]
