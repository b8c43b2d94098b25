"""URLs of the open data: the page that explains them, and those for programs, next to the others of the API."""

from django.urls import include, path

from reporting.api import views

programs = [
    path("cijfers", views.Figures.as_view(), name="api_figures"),
    path("cijfers/<str:name>", views.OneFigure.as_view(), name="api_figure"),
    path("cijfers/<str:name>/gemeenten", views.FigurePlaces.as_view(), name="api_figure_places"),
    path("gemeenten", views.Places.as_view(), name="api_places"),
    path("soorten", views.Kinds.as_view(), name="api_kinds"),
    path("catalogus", views.Catalogue.as_view(), name="api_catalogue"),
]
urlpatterns = [
    path("open-data/", views.open_data, name="open_data"),
    path("api/v1/", include(programs)),
]
