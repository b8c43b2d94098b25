"""Addresses of what municipalities hand in."""

from django.urls import path, re_path

from reporting.compliance.views import upload_result
from reporting.returns import views

urlpatterns = [
    path("", views.show_returns, name="returns"),
    path("passages/", upload_result, name="return_passages"),
    path("bestand/", views.upload_sheet, name="return_upload"),
    path("bestand/<uuid:key>/", views.check_upload, name="return_upload_check"),
    path("sjabloon/<slug:name>/", views.download_template, name="returns_template"),
    re_path(r"^(?P<code>GM[0-9]{4})/$", views.of_municipality, name="returns_of"),
    path("<slug:code>/<int:year>/<int:number>/", views.edit_month, name="return_month"),
]
