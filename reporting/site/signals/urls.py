"""Addresses of the signals of branch organisations, below `cijfers/signalen/`."""

from django.urls import path

from reporting.site.signals import views

urlpatterns = [
    path("", views.list_signals, name="signals"),
    path("nieuw/", views.add_signal, name="signal_new"),
    path("<int:pk>/", views.edit_signal, name="signal_change"),
    path("<int:pk>/intrekken/", views.confirm_withdrawal, name="signal_withdraw"),
]
