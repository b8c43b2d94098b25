"""Addresses of the information site. None holds a plate or a person."""

from django.urls import path

from helpdesk.information import advice_views, search_views, views

urlpatterns = [
    path("", views.home, name="home"),
    path("zones/", views.zones, name="zones"),
    path("zones/<slug:slug>/", views.zone, name="zone"),
    path("zones/<slug:slug>/advies/", advice_views.zone_advice, name="zone_advice"),
    path("advies/", advice_views.advice, name="advice"),
    path("ontheffingen/", views.kinds, name="kinds"),
    path("ontheffingen/<slug:code>/", views.kind, name="kind"),
    path("kosten/", views.prices, name="prices"),
    path("overgangsregels/", views.timeline_page, name="timeline"),
    path("vragen/", views.faq, name="faq"),
    path("vragen/<slug:slug>/", views.topic, name="topic"),
    path("zoeken/", search_views.search, name="search"),
    path("storingen/", views.outages, name="outages"),
    path("cookies/", views.cookies, name="cookies"),
]
