"""The page of officers, and where programs get their tokens."""

from allauth.idp.oidc import views as provider
from django.urls import path

from enforcement import views
from enforcement.officer_page import check_vehicle

urlpatterns = [
    path("handhaving/", check_vehicle, name="vehicle_check"),
    path(".well-known/oauth-authorization-server", views.describe_server, name="oauth_server"),
    path(".well-known/openid-configuration", views.describe_server, name="oauth_server_openid"),
    path(".well-known/jwks.json", provider.jwks, name="jwks"),
    path("oauth/token", views.give_token, name="oauth_token"),
]
