"""Addresses of the information site. None holds a plate or a person."""

from django.urls import path

from helpdesk.information import advice_views, map_views, trip_views, views

urlpatterns = [
    path("", views.show_home, name="home"),
    path("zones/", views.show_zones, name="zones"),
    path("zones/adres/", map_views.show_address, name="zone_address"),
    path("zones/route/", map_views.show_route, name="zone_route"),
    path("zones/grenzen.geojson", map_views.serve_shapes, name="zone_shapes"),
    path("zones/kaart.pmtiles", map_views.serve_tiles, name="zone_tiles"),
    path("zones/<slug:slug>/", views.show_zone, name="zone"),
    path("zones/<slug:slug>/advies/", advice_views.zone_advice, name="zone_advice"),
    path("advies/", advice_views.choose_municipality, name="advice"),
    path("ontheffingen/", views.show_kinds, name="kinds"),
    path("ontheffingen/<slug:code>/", views.show_kind, name="kind"),
    path("kosten/", views.show_prices, name="prices"),
    path("wat-kost-niets-doen/", trip_views.show_trip_costs, name="trip_costs"),
    path("overgangsregels/", views.timeline_page, name="timeline"),
    path("vragen/", views.show_faq, name="faq"),
    path("vragen/<slug:slug>/", views.show_topic, name="topic"),
    path("zoeken/", views.handle_search, name="search"),
    path("storingen/", views.show_outages, name="outages"),
    path("cookies/", views.show_cookies, name="cookies"),
]
