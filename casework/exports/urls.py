"""Addresses of exports."""

from django.urls import path

from casework.exports import views

urlpatterns = [
    path("", views.own, name="exports"),
    path("klaar/<uuid:key>/", views.ready, name="export_ready"),
    path("klaar/<uuid:key>/bestand/", views.file, name="export_file"),
    path("klaar/<uuid:key>/opnieuw/", views.again, name="export_again"),
    path("<slug:name>/<slug:format>/", views.export, name="export"),
]
