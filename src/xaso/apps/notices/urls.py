"""Addresses of this room."""

from django.urls import path

from xaso.apps.notices import incoming_pages, pages

urlpatterns = [
    path("tin-nhan/", pages.show_messages),
    path("tin-nhan/den/", incoming_pages.show_incoming),
    path("tin-nhan/<uuid:message_id>/gui-lai/", pages.send_again),
]
