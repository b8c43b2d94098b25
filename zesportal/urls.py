"""The URLs of the whole product: the portal, the desk, the API, and what the operator needs."""

from django.contrib import admin
from django.urls import include, path
from django_prometheus.exports import ExportToDjangoView

from accounts import form_recovery
from zesportal import installed_app, views
from zesportal.health import Health, Parts, inside_only

urlpatterns = [
    path("api/v1/", include("enforcement.api.urls")),  # first: cameras ask all day, and patterns are tried in turn
    path("", include("helpdesk.urls")),
    path("", include("exemptions.urls")),
    path("", include("objections.urls")),
    path("", include("complaints.urls")),
    path("", include("enforcement.urls")),
    path("", include("watches.urls")),
    path("", include("reporting.urls")),
    path("opgaven/", include("reporting.returns.urls")),
    path("lijsten/", include("casework.exports.urls")),
    path("account/", include("accounts.urls")),
    path("ingelogd/", form_recovery.session_state, name="session_state"),
    path("taal/", views.set_language, name="set_language"),
    path("toegankelijkheid/", views.show_accessibility, name="accessibility"),
    path("privacy/", views.show_privacy, name="privacy"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("manifest.webmanifest", installed_app.show_manifest, name="manifest"),
    path("worker.js", installed_app.serve_worker, name="worker"),
    path("offline/", installed_app.show_offline, name="offline"),
    path("robots.txt", views.robots_txt, name="robots_txt"),
    path("gezondheid", Health.as_view(), name="health"),
    path("gezondheid/delen", inside_only(Parts.as_view()), name="health_parts"),
    path("metrics", inside_only(ExportToDjangoView), name="metrics"),
    path("api/v1/", include("exemptions.api.urls")),
    path("", include("reporting.api.urls")),
    path("loket/", admin.site.urls),
]

handler400 = "zesportal.errors.bad_request"
handler403 = "zesportal.errors.permission_denied"
handler404 = "zesportal.errors.not_found"
handler500 = "zesportal.errors.server_error"
