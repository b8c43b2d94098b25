"""Addresses of what the information site hands in, below `cijfers/site/`."""

from django.urls import path

from reporting.site import sheet_views, views

urlpatterns = [
    path("", views.months, name="site_months"),
    path("<int:year>/<int:number>/", views.month, name="site_month"),
    path("bestand/", sheet_views.upload, name="site_upload"),
    path("bestand/<uuid:key>/", sheet_views.check, name="site_upload_check"),
    path("sjabloon/<slug:name>/", sheet_views.download, name="site_template"),
]
