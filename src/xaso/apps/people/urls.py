"""Signing in and out, and the administration."""

from django.urls import include, path

from xaso.apps.people import (
    device_endpoints,
    device_pages,
    pages,
    passkey_pages,
    protection_pages,
    recovery_pages,
    second_step_pages,
    session_pages,
)

urlpatterns = [
    path("dang-nhap/", pages.sign_in, name="people_sign_in"),
    path("dang-nhap/buoc-hai/", second_step_pages.second_step, name="people_second_step"),
    path("dang-nhap/buoc-hai/passkey/", passkey_pages.second_step, name="people_passkey_step"),
    path("dang-nhap/dinh-danh/", pages.identity_begin, name="people_identity_begin"),
    path("dang-nhap/dinh-danh/tra-ve/", pages.identity_return, name="people_identity_return"),
    path("dang-nhap/chua-duoc/<slug:reason>/", pages.identity_trouble, name="people_identity_trouble"),
    path("dang-xuat/", pages.sign_out, name="people_sign_out"),
    path("thiet-bi/", device_endpoints.enrol, name="people_device_enrol"),
    path("thiet-bi/<uuid:device_id>/con-cho/", device_endpoints.beat, name="people_device_beat"),
    path("thiet-bi-cua-toi/", device_pages.mine, name="people_devices"),
    path("thiet-bi-cua-toi/<uuid:device_id>/bo/", device_pages.remove, name="people_device_remove"),
    path("may-con-cho/", device_pages.stuck, name="people_devices_stuck"),
    path("quan-tri/", include("xaso.apps.people.admin_pages.urls")),
    path("bao-ve-tai-khoan/", protection_pages.show, name="people_protection"),
    path("bao-ve-tai-khoan/ung-dung-ma/", protection_pages.new_app, name="people_new_app"),
    path("bao-ve-tai-khoan/ma-du-phong/", protection_pages.new_codes, name="people_new_codes"),
    path("bao-ve-tai-khoan/passkey/", passkey_pages.passkeys, name="people_passkeys"),
    path("bao-ve-tai-khoan/passkey/<uuid:passkey_id>/bo/", passkey_pages.remove, name="people_passkey_remove"),
    path("bao-ve-tai-khoan/phien/", session_pages.show, name="people_sessions"),
    path("bao-ve-tai-khoan/phien/khac/", session_pages.end_others, name="people_sessions_end_others"),
    path("bao-ve-tai-khoan/phien/<uuid:sign_in_id>/ket-thuc/", session_pages.end, name="people_session_end"),
    path("khoi-phuc-tai-khoan/", recovery_pages.show, name="people_recovery"),
    path("khoi-phuc-tai-khoan/<uuid:recovery_id>/xac-nhan/", recovery_pages.confirm, name="people_recovery_confirm"),
    path("khoi-phuc-tai-khoan/<uuid:recovery_id>/bo/", recovery_pages.reject, name="people_recovery_reject"),
    path("doi-mat-khau/", pages.own_password, name="people_own_password"),
]
