"""Addresses of the figures."""

from django.urls import include, path

from reporting import views

urlpatterns = [
    path("loket/", include("reporting.team.urls")),
    path("cijfers/", views.show_statistics, name="statistics"),
    path("cijfers/bestand/<slug:name>/", views.download_report, name="statistics_file"),
    path("cijfers/zaken/<slug:figure>/", views.show_cases, name="statistics_cases"),
    path("cijfers/brieven/", include("reporting.letter.urls")),
    path("cijfers/site/", include("reporting.site.urls")),
    path("cijfers/signalen/", include("reporting.site.signals.urls")),
]
