"""Addresses of the catalogue."""

from django.urls import path

from xaso.apps.procedures import admin_pages, edition_pages, offline_pages, pages, sending_pages, term_pages

urlpatterns = [
    path("thu-tuc/", pages.find, name="procedures"),
    path("thu-tuc/<str:name>/", pages.show, name="procedure"),
    path("thu-tuc/<str:name>/nguyen-van/", pages.show_source, name="procedure_source"),
    path("ngoai-tuyen/", offline_pages.find, name="offline"),
    path("ngoai-tuyen/danh-muc.json", offline_pages.catalogue, name="offline-catalogue"),
    path("quan-tri/thu-tuc-quoc-gia/", edition_pages.show_editions, name="procedures_admin_editions"),
    path("quan-tri/thu-tuc-quoc-gia/gui/", sending_pages.send, name="procedures_admin_edition_send"),
    path("quan-tri/thu-tuc-quoc-gia/gui/<uuid:sent_id>/", sending_pages.show, name="procedures_admin_edition_sent"),
    path("quan-tri/thu-tuc-quoc-gia/<uuid:edition_id>/", edition_pages.show_edition, name="procedures_admin_edition"),
    path("quan-tri/thu-tuc-quoc-gia/<uuid:edition_id>/<uuid:record_id>/", edition_pages.show_record, name="procedures_admin_record"),
    path("quan-tri/phi/", admin_pages.show_fees, name="procedures_admin_fees"),
    path("quan-tri/phi/<str:code>/<str:fee_id>/", admin_pages.show_fee, name="procedures_admin_fee"),
    path("quan-tri/noi-nop/", admin_pages.show_filing, name="procedures_admin_filing"),
    path("quan-tri/noi-nop/<str:code>/thoi-han/", term_pages.show, name="procedures_admin_term"),
    path("quan-tri/noi-nop/<str:code>/", admin_pages.show_procedure, name="procedures_admin_procedure"),
]
