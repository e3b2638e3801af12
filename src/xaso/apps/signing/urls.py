"""Addresses of the signing room: certificates on “Quản trị”, and the check of any PDF. Codes on papers are asked at another room's page."""

from django.urls import path

from xaso.apps.signing import admin_pages as page
from xaso.apps.signing import check_pages, held_pages, own_certificate_pages, own_token_pages

urlpatterns = [
    path("xac-minh/tep/", check_pages.check_file, name="signing_check_file"),
    path("chung-thu-so-cua-toi/", own_certificate_pages.show, name="signing_own_certificate"),
    path("chung-thu-so-cua-toi/rut/", own_certificate_pages.withdraw_offer, name="signing_own_offer_withdraw"),
    path("quan-tri/chung-thu/", page.show_holders, name="signing_certificates"),
    path("quan-tri/chung-thu/dau/", page.show_holder, name="signing_seal"),
    path("quan-tri/chung-thu/dau/ban-thu/", page.issue_test, name="signing_seal_test"),
    path("quan-tri/chung-thu/dau/thiet-bi/", held_pages.take_from_device, name="signing_seal_device"),
    path("quan-tri/chung-thu/dau/tu-xa/", held_pages.take_from_service, name="signing_seal_remote"),
    path("quan-tri/chung-thu/nguoi/<uuid:account_id>/thiet-bi/", held_pages.take_from_device, name="signing_signer_device"),
    path("quan-tri/chung-thu/nguoi/<uuid:account_id>/tu-xa/", held_pages.take_from_service, name="signing_signer_remote"),
    path("quan-tri/chung-thu/nguoi/<uuid:account_id>/usb-token/", own_token_pages.take_from_token, name="signing_signer_own_token"),
    path("quan-tri/chung-thu/nguoi/<uuid:account_id>/cho-duyet/<uuid:offer_id>/duyet/", page.approve_offer, name="signing_offer_approve"),
    path("quan-tri/chung-thu/nguoi/<uuid:account_id>/cho-duyet/<uuid:offer_id>/tra-lai/", page.decline_offer, name="signing_offer_decline"),
    path("quan-tri/chung-thu/dau/rut/<uuid:certificate_id>/", page.withdraw, name="signing_seal_withdraw"),
    path("quan-tri/chung-thu/nguoi/<uuid:account_id>/", page.show_holder, name="signing_signer"),
    path("quan-tri/chung-thu/nguoi/<uuid:account_id>/ban-thu/", page.issue_test, name="signing_signer_test"),
    path("quan-tri/chung-thu/nguoi/<uuid:account_id>/rut/<uuid:certificate_id>/", page.withdraw, name="signing_signer_withdraw"),
]
