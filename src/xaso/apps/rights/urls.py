"""Addresses of this room."""

from django.urls import path

from xaso.apps.rights.pages import held, own

urlpatterns = [
    path("du-lieu-ca-nhan/", held.held, name="personal-data"),
    path("du-lieu-cua-toi/", own.own, name="own-data"),
    path("du-lieu-cua-toi/ban-sao.json", own.copy_json, name="own-data-json"),
    path("du-lieu-cua-toi/ban-sao.pdf", own.copy_pdf, name="own-data-pdf"),
]
