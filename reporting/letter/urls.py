"""Addresses of the letters to parliament, below `cijfers/brieven/`."""

from django.urls import path

from reporting.letter import views

urlpatterns = [
    path("", views.list_letters, name="letters"),
    path("nieuw/", views.begin_letter, name="letter_begin"),
    path("<uuid:key>/", views.show_letter, name="letter_to_parliament"),
    path("<uuid:key>/gegevens/", views.edit_details, name="letter_details"),
    path("<uuid:key>/tekst/<slug:block>/", views.edit_text, name="letter_block"),
    path("<uuid:key>/bestand/<str:name>", views.download_file, name="letter_file"),
    path("<uuid:key>/<slug:name>/", views.take_step, name="letter_step"),
]
