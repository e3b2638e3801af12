"""Addresses of this room."""

from django.urls import path

from xaso.apps.notices import call_pages, incoming_pages, pages

urlpatterns = [
    path("goi-dien/", call_pages.show_calls),
    path("goi-dien/<uuid:call_id>/ket-qua/", call_pages.note_outcome),
    path("goi-dien/<uuid:call_id>/tieng/", call_pages.sound_of_call),
    path("tin-nhan/", pages.show_messages),
    path("tin-nhan/den/", incoming_pages.show_incoming),
    path("tin-nhan/<uuid:message_id>/gui-lai/", pages.send_again),
]
