"""Addresses of the signals of branch organisations, below `cijfers/signalen/`."""

from django.urls import path

from reporting.site.signals import views

urlpatterns = [
    path("", views.signals, name="signals"),
    path("nieuw/", views.new, name="signal_new"),
    path("<int:pk>/", views.change, name="signal_change"),
    path("<int:pk>/intrekken/", views.withdraw, name="signal_withdraw"),
]
