"""Addresses of the catalogue."""

from django.urls import path

from xaso.apps.procedures import admin_pages, pages

urlpatterns = [
    path("thu-tuc/", pages.find, name="procedures"),
    path("thu-tuc/<str:name>/", pages.show, name="procedure"),
    path("quan-tri/phi/", admin_pages.show_fees, name="procedures_admin_fees"),
    path("quan-tri/phi/<str:code>/<str:fee_id>/", admin_pages.show_fee, name="procedures_admin_fee"),
    path("quan-tri/noi-nop/", admin_pages.show_filing, name="procedures_admin_filing"),
    path("quan-tri/noi-nop/<str:code>/", admin_pages.show_procedure, name="procedures_admin_procedure"),
]
