"""Every address of the product: the portal, the desk, the API, and what the operator needs."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("exemptions.urls")),
    path("account/", include("allauth.urls")),
    path("taal/", include("django.conf.urls.i18n")),
    path("loket/", admin.site.urls),
]
