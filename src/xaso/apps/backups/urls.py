"""Addresses of this room."""

from django.urls import path

from xaso.apps.backups import pages

urlpatterns = [path("quan-tri/sao-luu/", pages.show_backups, name="backups")]
