"""Addresses under `/quan-tri/` that belong to this room; other rooms bring theirs."""

from django.urls import path

from xaso.apps.people.admin_pages import bank, commune, guide, local_days, record, staff, villages

urlpatterns = [
    path("", guide.show, name="people_admin"),
    path("xa/", commune.edit, name="people_admin_commune"),
    path("thon/", villages.show_villages, name="people_admin_villages"),
    path("thon/moi/", villages.add_village, name="people_admin_village_new"),
    path("thon/nhap/", villages.import_villages, name="people_admin_villages_import"),
    path("thon/mau.xlsx", villages.village_sheet, name="people_admin_villages_sheet"),
    path("thon/xac-nhan/", villages.confirm_villages, name="people_admin_villages_confirm"),
    path("thon/<uuid:village_id>/", villages.change_village, name="people_admin_village"),
    path("thon/<uuid:village_id>/xoa/", villages.remove_village, name="people_admin_village_remove"),
    path("don-vi-cu/", villages.former_units, name="people_admin_former_units"),
    path("don-vi-cu/<uuid:unit_id>/", villages.change_former_unit, name="people_admin_former_unit"),
    path("don-vi-cu/<uuid:unit_id>/xoa/", villages.remove_former_unit, name="people_admin_former_unit_remove"),
    path("can-bo/", staff.show_posts, name="people_admin_posts"),
    path("can-bo/moi/", staff.add_post, name="people_admin_post_new"),
    path("can-bo/nhap/", staff.import_staff, name="people_admin_staff_import"),
    path("can-bo/mau.xlsx", staff.staff_sheet, name="people_admin_staff_sheet"),
    path("can-bo/<uuid:post_id>/", staff.show_post, name="people_admin_post"),
    path("can-bo/<uuid:post_id>/giao/", staff.assign, name="people_admin_post_assign"),
    path("can-bo/<uuid:post_id>/ket-thuc/", staff.end, name="people_admin_post_end"),
    path("can-bo/<uuid:post_id>/nguoi/", staff.correct_person, name="people_admin_post_person"),
    path("can-bo/<uuid:post_id>/mat-khau/", staff.reset_password, name="people_admin_post_password"),
    path("can-bo/<uuid:post_id>/lam-thay/", staff.name_deputy, name="people_admin_deputy"),
    path("can-bo/<uuid:post_id>/lam-thay/<uuid:deputy_id>/thoi/", staff.end_deputy, name="people_admin_deputy_end"),
    path("tai-khoan/", bank.show, name="people_admin_bank"),
    path("tai-khoan/<uuid:change_id>/duyet/", bank.decide, {"verdict": "duyet"}, name="people_admin_bank_approve"),
    path("tai-khoan/<uuid:change_id>/bo/", bank.decide, {"verdict": "bo"}, name="people_admin_bank_reject"),
    path("ngay-lam-viec/", local_days.show, name="people_admin_days"),
    path("ngay-lam-viec/<uuid:local_day_id>/bo/", local_days.remove, name="people_admin_day_remove"),
    path("nhat-ky/", record.show, name="people_admin_record"),
]
