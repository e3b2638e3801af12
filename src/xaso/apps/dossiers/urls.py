"""Addresses of the main job."""

from django.urls import path

from xaso.apps.dossiers.pages import case, desk, files, filing, following, reading, register, statistics

urlpatterns = [
    path("nop-ho-so/<str:procedure_code>/", filing.start, name="filing-start"),
    path("nop-ho-so/<str:procedure_code>/<uuid:draft_id>/", filing.resume, name="filing-resume"),
    path("nop-ho-so/<str:procedure_code>/<uuid:draft_id>/viec/luu/", filing.autosave, name="filing-autosave"),
    path("nop-ho-so/<str:procedure_code>/<uuid:draft_id>/viec/bo/", filing.discard, name="filing-discard"),
    path("nop-ho-so/<str:procedure_code>/<uuid:draft_id>/tep/<uuid:attachment_id>/", filing.draft_file, name="filing-file"),
    path("nop-ho-so/<str:procedure_code>/<uuid:draft_id>/<slug:screen>/", filing.screen, name="filing-screen"),
    path("ho-so-cua-toi/", following.mine, name="mine"),
    path("ho-so-cua-toi/dong/", following.close, name="mine-close"),
    path("ho-so-cua-toi/<str:code>/", following.one, name="mine-one"),
    path("ho-so-cua-toi/<str:code>/bo-sung/", following.add_supplement, name="mine-supplement"),
    path("ho-so-cua-toi/<str:code>/rut/", following.withdraw, name="mine-withdraw"),
    path("tra-cuu/", following.look_up, name="look-up"),
    path("mot-cua/", desk.show, name="desk"),
    path("mot-cua/ma-quoc-gia/", desk.register_codes, name="desk-codes"),
    path("mot-cua/may-quet/<slug:token>/", desk.scan_thumbnail, name="desk-scan"),
    path("mot-cua/moi/", desk.choose, name="desk-choose"),
    path("mot-cua/moi/<str:procedure_code>/", desk.start, name="desk-start"),
    path("mot-cua/ban/<uuid:draft_id>/", desk.fill, name="desk-fill"),
    path("mot-cua/ban/<uuid:draft_id>/luu/", desk.live, name="desk-live"),
    path("mot-cua/ban/<uuid:draft_id>/tep/<uuid:attachment_id>/", desk.draft_file, name="desk-file"),
    path("ho-so/<str:code>/", case.show, name="case"),
    path("ho-so/<str:code>/tep/<uuid:attachment_id>/", files.attachment, name="case-file"),
    path("ho-so/<str:code>/giay/<uuid:slip_id>/", files.slip, name="case-slip"),
    path("ho-so/<str:code>/phieu-thu/<uuid:payment_id>/", files.fee_slip_of, name="case-fee-slip"),
    path("ho-so/<str:code>/ket-qua/", files.result, name="case-result"),
    path("ho-so/<str:code>/du-thao/", files.result_preview, name="case-preview"),
    path("ho-so/<str:code>/so-hoa/<uuid:attachment_id>/", reading.show, name="case-reading"),
    path("ho-so/<str:code>/so-hoa/<uuid:attachment_id>/ban-ky/", reading.signed_copy, name="case-signed-copy"),
    path("ho-so/<str:code>/so-hoa/<uuid:attachment_id>/o/<uuid:finding_id>/", reading.cut_out, name="case-cut-out"),
    path("ho-so/<str:code>/viec/<slug:verb>/", case.make_move, name="case-move"),
    path("so-theo-doi/", register.show, name="register"),
    path("so-theo-doi/so-bo/", register.gaps, name="register-gaps"),
    path("thong-ke/", statistics.show, name="statistics"),
    path("so-theo-doi/xuat/", register.export, name="register-export"),
]
