"""The addresses of this room: stable, in Vietnamese."""

from django.urls import path

from xaso.apps.queue.pages import administration as admin
from xaso.apps.queue.pages import appointments, desk, figures, kiosk, phone, screen

MACHINE = "lay-so/may/<slug:token>/"
BOOKED = "dat-lich/phieu/<slug:token>/"
COUNTER = "goi-so/<uuid:counter_id>/"
ADMIN = "quan-tri/goi-so/"

urlpatterns = [
    path("lay-so/", phone.take),
    path(MACHINE, kiosk.show),
    path(f"{MACHINE}co-hen/", kiosk.arrive),
    path(f"{MACHINE}so/<slug:ticket_token>/", kiosk.slip),
    path("lay-so/<slug:token>/", phone.show_ticket),
    path("lay-so/<slug:token>/trang-thai/", phone.ticket_status),
    path("lay-so/<slug:token>/viec/<slug:verb>/", phone.ticket_move),
    path("dat-lich/", appointments.choose),
    path("dat-lich/<uuid:group_id>/", appointments.book),
    path(BOOKED, appointments.show),
    path(f"{BOOKED}doi/", appointments.change),
    path(f"{BOOKED}huy/", appointments.cancel),
    path(f"{BOOKED}da-den/", appointments.arrive),
    path("man-hinh/", screen.show),
    path("man-hinh/du-lieu/", screen.data),
    path("man-hinh/tieng/<slug:language>/<slug:name>/", screen.clip),
    path("goi-so/", desk.choose),
    path("goi-so/so-lieu/", figures.show),
    path(COUNTER, desk.show),
    path(f"{COUNTER}trang-thai/", desk.status),
    path(f"{COUNTER}goi/", desk.call),
    path(f"{COUNTER}lay-so/", desk.give),
    path(f"{COUNTER}viec/<slug:verb>/", desk.act),
    path(ADMIN, admin.overview),
    path(f"{ADMIN}dich-vu/moi/", admin.group),
    path(f"{ADMIN}dich-vu/<uuid:group_id>/", admin.group),
    path(f"{ADMIN}dich-vu/<uuid:group_id>/bo/", admin.end_group),
    path(f"{ADMIN}quay/moi/", admin.counter),
    path(f"{ADMIN}quay/<uuid:counter_id>/", admin.counter),
    path(f"{ADMIN}quay/<uuid:counter_id>/bo/", admin.end_counter),
    path(f"{ADMIN}may/", admin.add_kiosk),
    path(f"{ADMIN}may/<uuid:kiosk_id>/bo/", admin.remove_kiosk),
]
