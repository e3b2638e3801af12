"""Addresses of this room."""

from django.urls import path

from xaso.apps.notices import pages

urlpatterns = [
    path("tin-nhan/", pages.show_messages),
    path("tin-nhan/<uuid:message_id>/gui-lai/", pages.send_again),
]
