"""Addresses of files on their way."""

from django.urls import path

from xaso.platform.uploads import pages

urlpatterns = [
    path("", pages.begin, name="uploads"),
    path("<slug:upload_id>", pages.go_on, name="upload"),
]
