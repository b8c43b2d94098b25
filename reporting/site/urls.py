"""Addresses of what the information site hands in, below `cijfers/site/`."""

from django.urls import path

from reporting.site import views

urlpatterns = [
    path("", views.show_months, name="site_months"),
    path("<int:year>/<int:number>/", views.edit_month, name="site_month"),
]
