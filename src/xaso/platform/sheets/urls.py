"""Addresses of lists as XLSX."""

from django.urls import path

from xaso.platform.sheets import pages

urlpatterns = [
    path("", pages.show_all, name="sheets"),
    path("viec/<uuid:job_id>/", pages.show, name="sheet-job"),
    path("viec/<uuid:job_id>/tep/", pages.fetch, name="sheet-file"),
    path("<slug:name>/", pages.send, name="sheet"),
]
