"""Addresses of this room."""

from django.urls import path

from xaso.apps.satisfaction import pages

urlpatterns = [
    path("y-kien/<slug:key>/", pages.question),
    path("hai-long/", pages.report),
    path("hai-long/bang.xlsx", pages.export),
    path("hai-long/tai-quay/", pages.ask_at_desk),
    path("hai-long/man-hinh/", pages.open_screen),
    path("hai-long/man-hinh/quay/", pages.screen),
]
