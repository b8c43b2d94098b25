"""Addresses of exports."""

from django.urls import path

from casework.exports import views

urlpatterns = [
    path("", views.list_own_exports, name="exports"),
    path("klaar/<uuid:key>/", views.show_ready, name="export_ready"),
    path("klaar/<uuid:key>/bestand/", views.download_export, name="export_file"),
    path("klaar/<uuid:key>/opnieuw/", views.export_again, name="export_again"),
    path("<slug:name>/<slug:format>/", views.export_list, name="export"),
]
