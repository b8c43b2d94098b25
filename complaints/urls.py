"""Portal URLs of complaints, which are identified by their key."""

from django.urls import path

from complaints import views

urlpatterns = [
    path("klacht/", views.make_complaint, name="complain"),
    path("klacht/<uuid:key>/", views.show_complaint, name="complaint"),
    path("klacht/<uuid:key>/berichten/", views.complaint_messages, name="complaint_messages"),
    path("klacht/<uuid:key>/stukken/<int:pk>/", views.show_document, name="complaint_document"),
    path("klacht/<uuid:key>/intrekken/", views.withdraw_complaint, name="complaint_withdraw"),
]
