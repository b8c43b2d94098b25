"""URLs of the information site, the assistant and the mailbox."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("helpdesk.information.urls")),
    path("", include("helpdesk.mailbox.urls")),
    path("", include("helpdesk.assistant.urls")),
]
