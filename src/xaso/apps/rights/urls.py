"""Addresses of this room."""

from django.urls import path

from xaso.apps.rights.pages import agreeing, breaches, handling, held, own, retention

urlpatterns = [
    path("du-lieu-ca-nhan/", held.held, name="personal-data"),
    path("du-lieu-cua-toi/", own.own, name="own-data"),
    path("du-lieu-cua-toi/ban-sao.json", own.copy_json, name="own-data-json"),
    path("du-lieu-cua-toi/ban-sao.pdf", own.copy_pdf, name="own-data-pdf"),
    path("du-lieu-cua-toi/yeu-cau/", own.ask, name="data-request-ask"),
    path("du-lieu-cua-toi/yeu-cau/<uuid:request_id>/", own.one, name="data-request-own"),
    path("du-lieu-cua-toi/yeu-cau/<uuid:request_id>/rut/", own.take_back, name="data-request-take-back"),
    path("du-lieu-cua-toi/dong-y/", agreeing.own, name="consents"),
    path("yeu-cau-du-lieu/dong-y/", agreeing.at_desk, name="consents-desk"),
    path("quan-tri/xoa-du-lieu/", retention.retention_page, name="retention"),
    path("yeu-cau-du-lieu/", handling.listed, name="data-requests"),
    path("yeu-cau-du-lieu/moi/", handling.take_in, name="data-request-desk"),
    path("yeu-cau-du-lieu/<uuid:request_id>/", handling.one, name="data-request"),
    path("yeu-cau-du-lieu/<uuid:request_id>/viec/<slug:verb>/", handling.move, name="data-request-move"),
    path("yeu-cau-du-lieu/<uuid:request_id>/ban-sao.pdf", handling.copy, name="data-request-copy"),
    path("su-co-du-lieu/", breaches.listed, name="breaches"),
    path("su-co-du-lieu/bao/", breaches.report, name="breach-report"),
    path("su-co-du-lieu/<uuid:breach_id>/", breaches.one, name="breach"),
    path("su-co-du-lieu/<uuid:breach_id>/viec/<slug:verb>/", breaches.act, name="breach-act"),
    path("su-co-du-lieu/<uuid:breach_id>/nguoi/", breaches.add_person, name="breach-person"),
    path("su-co-du-lieu/<uuid:breach_id>/du-thao.pdf", breaches.paper, name="breach-paper"),
]
