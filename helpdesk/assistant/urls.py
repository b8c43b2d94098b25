"""URLs of the assistant, and of the editors' page about it."""

from django.urls import path

from helpdesk.assistant import desk, views

urlpatterns = [
    path("assistent/", views.handle_assistant, name="assistant"),
    path("assistent/geholpen/", views.record_verdict, name="assistant_helped"),
    path("assistent/doorgeven/", views.hand_over, name="assistant_hand_over"),
    path("loket/assistent/", desk.assistant_desk, name="assistant_desk"),
]
