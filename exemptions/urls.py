"""Addresses of the portal. A case is named by its key, never by a plate."""

from django.urls import path

from exemptions.views import (
    access_check,
    answers,
    apply,
    day_exemption,
    documents,
    home,
    letters,
    mine,
    representatives,
    supply,
    verify,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("mag-ik-erin/", access_check.access_check, name="access_check"),
    path("mag-ik-erin/antwoord/", access_check.access_answer, name="access_answer"),
    path("aanvragen/nieuw/", apply.apply_start, name="apply_start"),
    path("aanvragen/<uuid:key>/invullen/", apply.apply_resume, name="apply_resume"),
    path("aanvragen/<uuid:key>/invullen/<slug:screen>/", apply.apply, name="apply"),
    path("aanvragen/<uuid:key>/ontvangst/", apply.receipt, name="receipt"),
    path("aanvragen/<uuid:key>/ingevuld.pdf", apply.entered_pdf, name="entered_pdf"),
    path("aanvragen/", mine.my_applications, name="my_applications"),
    path("aanvragen/<uuid:key>/", mine.application, name="application"),
    path("aanvragen/<uuid:key>/aanvullen/", supply.supply, name="supply"),
    path("aanvragen/<uuid:key>/zienswijze/", answers.give_view, name="give_view"),
    path("aanvragen/<uuid:key>/weggooien/", answers.discard, name="discard"),
    path("aanvragen/<uuid:key>/intrekken/", answers.withdraw, name="withdraw"),
    path("aanvragen/<uuid:key>/te-laat/", answers.default_notice, name="default_notice"),
    path("aanvragen/<uuid:key>/voertuiggegevens/", answers.dispute_facts, name="dispute_facts"),
    path("aanvragen/<uuid:key>/stukken/<int:pk>/", documents.document, name="document"),
    path("aanvragen/<uuid:key>/brieven/<int:pk>/", letters.letter, name="letter"),
    path("aanvragen/<uuid:key>/brieven/<int:pk>/pdf/", letters.letter_pdf, name="letter_pdf"),
    path("dagontheffing/", day_exemption.day_exemption, name="day_exemption"),
    path("dagontheffing/aanvrager/", day_exemption.day_exemption_applicant, name="day_exemption_applicant"),
    path("dagontheffing/<uuid:key>/", day_exemption.day_exemption_done, name="day_exemption_done"),
    path("gemachtigden/", representatives.representatives, name="representatives"),
    path("gemachtigden/<int:pk>/", representatives.representatives_of, name="representatives_of"),
    path("gemachtigden/machtiging/<int:pk>/", representatives.end_mandate, name="end_mandate"),
    path("gemachtigden/uitnodiging/<int:pk>/", representatives.take_back_invitation, name="take_back_invitation"),
    path("uitnodiging/<str:token>/", representatives.invitation, name="invitation"),
    path("controle/", verify.verify, name="verify"),
    path("controle/<str:reference>/", verify.verify_reference, name="verify_reference"),
]
