"""Addresses of the public site and of the officials' day."""

from django.urls import path

from xaso.apps.portal.pages import access, check, handbook, home, language, offline, security, specimens, today

urlpatterns = [
    path("", home.show, name="home"),
    path("ngon-ngu/", language.choose, name="language"),
    path("xac-minh/", check.ask, name="check"),
    path("xac-minh/<str:token>", check.answer, name="check-paper"),
    path("cam-nang/", handbook.contents, name="handbook"),
    path("cam-nang/<slug:article>/", handbook.show, name="handbook-article"),
    path("kieu-mau/", specimens.citizens, name="specimens"),
    path("kieu-mau/can-bo/", specimens.officials, name="specimens-officials"),
    path("tro-nang/", access.statement, name="access"),
    path("sw.js", offline.worker, name="worker"),
    path("app.webmanifest", offline.manifest, name="manifest"),
    path("chua-co-song/", offline.no_signal, name="no-signal"),
    path("may-nay/", offline.my_phone, name="my-phone"),
    path("may-nay/trang.json", offline.pages_to_keep, name="my-phone-pages"),
    path(".well-known/security.txt", security.contact, name="security-contact"),
    path("can-bo/", today.today, name="today"),
    path("can-bo/tim/", today.search, name="search-all"),
]
