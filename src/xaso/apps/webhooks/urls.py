"""Addresses of this room, below the administration's."""

from django.urls import path

from xaso.apps.webhooks import pages, token_pages

PLACE = "quan-tri/noi-phan-mem/"
TOKENS = "quan-tri/ma-truy-cap/"

urlpatterns = [
    path(PLACE, pages.show_webhooks),
    path(f"{PLACE}<uuid:webhook_id>/", pages.show_webhook),
    path(f"{PLACE}<uuid:webhook_id>/tam-dung/", pages.stop),
    path(f"{PLACE}<uuid:webhook_id>/bao-lai/", pages.resume),
    path(f"{PLACE}<uuid:webhook_id>/thu/", pages.ping),
    path(f"{PLACE}<uuid:webhook_id>/doi-khoa/", pages.renew_secret),
    path(f"{PLACE}<uuid:webhook_id>/bo/", pages.remove),
    path(f"{PLACE}<uuid:webhook_id>/gui-lai/<uuid:delivery_id>/", pages.send_again),
    path(TOKENS, token_pages.show_tokens),
    path(f"{TOKENS}<uuid:program_id>/", token_pages.show_token),
    path(f"{TOKENS}<uuid:program_id>/thu-hoi/", token_pages.withdraw),
]
