"""URLs of accounts: first ours, some of which replace allauth's, then allauth's."""

from django.urls import include, path

from accounts import entrance, proof

urlpatterns = [
    path("login/", entrance.LoginPageView.as_view(), name="account_login"),
    path("signup/", entrance.EntranceView.as_view(), name="account_signup"),
    path("confirm-email/", entrance.ConfirmView.as_view(), name="account_email_verification_sent"),
    path("password/set/", proof.set_password, name="account_set_password"),
    path("reauthenticate/code/", proof.MailedCodeView.as_view(), name="proof_by_code"),
    path("", include("allauth.urls")),
]
