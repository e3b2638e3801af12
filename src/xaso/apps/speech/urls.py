"""Addresses of listening and of recording."""

from django.urls import path, re_path

from xaso.apps.speech.pages import listening, recording

KIND = r"\.(?P<kind>ogg|mp3)"
PLACE = "quan-tri/giong-noi/"

urlpatterns = [
    path("nghe/", listening.show, name="listen"),
    path("nghe/danh-sach/", listening.listed, name="listen-list"),
    re_path(rf"^nghe/ca-trang{KIND}$", listening.whole, name="listen-whole"),
    re_path(rf"^nghe/may/(?P<key>[0-9a-f]{{20}})-(?P<edition>[0-9a-f]{{12}}){KIND}$", listening.machine, name="listen-machine"),
    re_path(rf"^nghe/nguoi/(?P<recording_id>[0-9a-f-]{{36}}){KIND}$", listening.person, name="listen-person"),
    re_path(rf"^nghe/rieng/(?P<word>[A-Za-z0-9_-]+){KIND}$", listening.sealed, name="listen-sealed"),
    path(PLACE, recording.show, name="voices"),
    path(f"{PLACE}<slug:language>/<uuid:page_id>/", recording.show_page, name="voices-page"),
    path(f"{PLACE}<slug:language>/<uuid:page_id>/<slug:key>/", recording.record, name="voices-record"),
    path(f"{PLACE}<slug:language>/<uuid:page_id>/<uuid:recording_id>/duyet/", recording.approve, name="voices-approve"),
    path(f"{PLACE}<slug:language>/<uuid:page_id>/<uuid:recording_id>/bo/", recording.remove, name="voices-remove"),
]
