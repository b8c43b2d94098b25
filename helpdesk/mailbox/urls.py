"""URLs of the mailbox: the form for everybody, and the desk of the editors."""

from django.urls import path

from helpdesk.mailbox import desk, views

urlpatterns = [
    path("contact/", views.handle_contact, name="contact"),
    path("contact/ontvangen/", views.contact_sent, name="contact_sent"),
    path("loket/vragen/", desk.show_questions, name="questions"),
    path("loket/vragen/onleesbaar/<int:pk>/", desk.unread_seen, name="unread_mail_seen"),
    path("loket/vragen/<slug:number>/", desk.show_question, name="question"),
    path("loket/vragen/<slug:number>/bijlagen/<int:pk>/", desk.download_attachment, name="question_attachment"),
    path("loket/vragen/<slug:number>/<slug:name>/", desk.take_step, name="question_step"),
]
