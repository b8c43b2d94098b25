"""URLs of the API: nouns, no trailing slash, the version in the path (NLgov REST API Design Rules)."""

from django.urls import path
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.permissions import AllowAny

from exemptions.api import views

urlpatterns = [
    path("toegangscontroles", views.AccessChecks.as_view(), name="api_access_checks"),
    path("aanvragen", views.Applications.as_view(), name="api_applications"),
    path("aanvragen/<uuid:key>", views.OneApplication.as_view(), name="api_application"),
    path("besluiten/<str:reference>", views.OneDecision.as_view(), name="api_decision"),
    path(
        "openapi.json",
        SpectacularJSONAPIView.as_view(permission_classes=[AllowAny], authentication_classes=[]),
        name="api_openapi",
    ),
]
