"""Addresses of the figures."""

from django.urls import include, path

from reporting import views

urlpatterns = [
    path("cijfers/", views.statistics, name="statistics"),
    path("cijfers/bestand/<slug:name>/", views.download, name="statistics_file"),
    path("cijfers/zaken/<slug:figure>/", views.cases, name="statistics_cases"),
    path("cijfers/brieven/", include("reporting.letter.urls")),
    path("cijfers/site/", include("reporting.site.urls")),
    path("cijfers/signalen/", include("reporting.site.signals.urls")),
]
