"""Addresses of the portal about complaints. A complaint is named by its key."""

from django.urls import path

from complaints import views

urlpatterns = [
    path("klacht/", views.make_complaint, name="complain"),
    path("klacht/<uuid:key>/", views.show_complaint, name="complaint"),
    path("klacht/<uuid:key>/intrekken/", views.withdraw_complaint, name="complaint_withdraw"),
]
