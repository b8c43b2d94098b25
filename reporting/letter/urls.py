"""Addresses of the letters to parliament, below `cijfers/brieven/`."""

from django.urls import path

from reporting.letter import views

urlpatterns = [
    path("", views.letters, name="letters"),
    path("nieuw/", views.begin, name="letter_begin"),
    path("<uuid:key>/", views.letter, name="letter_to_parliament"),
    path("<uuid:key>/gegevens/", views.details, name="letter_details"),
    path("<uuid:key>/tekst/<slug:block>/", views.text, name="letter_block"),
    path("<uuid:key>/bestand/<str:name>", views.file, name="letter_file"),
    path("<uuid:key>/<slug:name>/", views.step, name="letter_step"),
]
