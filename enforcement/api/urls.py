"""URLs for programs of municipalities, under /api/v1/."""

from django.urls import path

from enforcement.api import views

urlpatterns = [
    path("ontheffingscontroles", views.Checks.as_view(), name="api_enforcement_check"),
    path("ontheffingscontroles/bulk", views.BulkChecks.as_view(), name="api_enforcement_checks"),
    path("ontheffingswijzigingen", views.Changes.as_view(), name="api_exemption_changes"),
    path("ontheffingslijsten/<str:zone>", views.Lists.as_view(), name="api_exemption_list"),
]
