"""URLs for following a plate. None of them contains a plate."""

from django.urls import path

from watches import calendars, views

urlpatterns = [
    path("kenteken-volgen/", views.watch_plate, name="watch_plate"),
    path("kenteken-volgen/aangevraagd/", views.watch_asked, name="watch_asked"),
    path("kenteken-volgen/gestopt/", views.watch_ended, name="watch_ended"),
    path("kenteken-volgen/alles/<str:address_key>/", views.watch_unsubscribe, name="watch_unsubscribe"),
    path("kenteken-volgen/<str:token>/", views.manage_watch, name="watch"),
    path("mag-ik-erin/einde.ics", views.access_calendar, name="access_calendar"),
    path("mijn/agenda/", calendars.my_calendar, name="my_calendar"),
    path("agenda/<slug:token>.ics", calendars.calendar_feed, name="calendar_feed"),
    path("mijn/ontheffingen/<int:pk>/einde.ics", calendars.exemption_calendar, name="exemption_calendar"),
    path("aanvragen/<uuid:key>/termijnen.ics", calendars.application_calendar, name="application_calendar"),
]
