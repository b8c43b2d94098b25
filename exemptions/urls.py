"""Addresses of the portal. A case is named by its key, never by a plate."""

from django.urls import path

from exemptions.views import mine, verify

urlpatterns = [
    path("aanvragen/<uuid:key>/", mine.application, name="application"),
    path("controle/", verify.verify, name="verify"),
    path("controle/<str:reference>/", verify.verify_reference, name="verify_reference"),
]
