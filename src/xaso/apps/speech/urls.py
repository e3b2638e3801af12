"""Addresses of listening and of recording."""

from django.urls import path

from xaso.apps.speech.pages import listening, recording

PLACE = "quan-tri/giong-noi/"

urlpatterns = [
    path("nghe/", listening.show, name="listen"),
    path("nghe/danh-sach/", listening.listed, name="listen-list"),
    path("nghe/ca-trang.<slug:kind>", listening.whole, name="listen-whole"),
    path("nghe/may/<slug:name>.<slug:kind>", listening.machine, name="listen-machine"),
    path("nghe/nguoi/<uuid:recording_id>.<slug:kind>", listening.person, name="listen-person"),
    path("nghe/rieng/<slug:word>.<slug:kind>", listening.sealed, name="listen-sealed"),
    path(PLACE, recording.show, name="voices"),
    path(f"{PLACE}<slug:language>/<uuid:page_id>/", recording.show_page, name="voices-page"),
    path(f"{PLACE}<slug:language>/<uuid:page_id>/<slug:key>/", recording.record, name="voices-record"),
    path(f"{PLACE}<slug:language>/<uuid:page_id>/<uuid:recording_id>/duyet/", recording.approve, name="voices-approve"),
    path(f"{PLACE}<slug:language>/<uuid:page_id>/<uuid:recording_id>/bo/", recording.remove, name="voices-remove"),
]
