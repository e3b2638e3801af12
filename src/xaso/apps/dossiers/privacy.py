"""Personal data of the main job: applications with their papers, what was decided on them, and what is on its way in."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from xaso.apps.dossiers import models
from xaso.apps.dossiers.access import subject_of
from xaso.apps.dossiers.options import DRAFT_DAYS, UNCONFIRMED_DAYS
from xaso.apps.dossiers.told_copies import answers_told, fee_told, papers_told, result_told, slip_told, state_told, verb_told
from xaso.platform.personal_data import (
    ALL_CASE_STAFF,
    ARCHIVES,
    BY_ARCHIVES,
    CITIZENS,
    DUTY,
    OFFICIALS,
    Ending,
    Holding,
    Kept,
    NoPerson,
    Person,
    PersonalField,
    SubjectSource,
    holdings,
    no_person,
    subject_sources,
)

Rows = Callable[[Person], "QuerySet[Any, Any]"]
CODE = PersonalField("dossier", _("Mã hồ sơ"), path="dossier__code")


def _of_dossier(model: type[Model], *, order_by: str = "pk") -> Rows:
    """Return what finds the rows of a person's own dossiers."""

    def rows(person: Person) -> "QuerySet[Any, Any]":
        found = model._default_manager.filter(dossier__commune_id=person.commune_id, dossier__citizen_id=person.citizen_id)
        return found.order_by("dossier__submitted_at", order_by)

    return rows


def _dossiers(person: Person) -> "QuerySet[models.Dossier, Any]":
    return models.Dossier.objects.filter(commune_id=person.commune_id, citizen_id=person.citizen_id).order_by("submitted_at", "id")


def _drafts(person: Person) -> "QuerySet[models.Draft, Any]":
    return models.Draft.objects.filter(commune_id=person.commune_id, citizen_id=person.citizen_id, submitted_at=None)


def _attachments(person: Person) -> "QuerySet[models.Attachment, Any]":
    hers = Q(dossier__citizen_id=person.citizen_id) | Q(draft__citizen_id=person.citizen_id)
    return models.Attachment.objects.filter(hers).order_by("added_at", "id")


def _old_drafts(commune_id: UUID, now: datetime) -> "QuerySet[models.Draft, Any]":
    before = now - timedelta(days=DRAFT_DAYS.value())
    return models.Draft.objects.filter(commune_id=commune_id, submitted_at=None, updated_at__lt=before)


def _erase_drafts(rows: "QuerySet[models.Draft, Any]") -> None:
    models.Attachment.objects.filter(draft__in=rows, dossier=None).delete()
    rows.delete()


def _subjects(person: Person) -> list[str]:
    dossiers = [subject_of(pk) for pk in _dossiers(person).values_list("pk", flat=True)]
    return [*dossiers, *(f"draft:{pk}" for pk in _drafts(person).values_list("pk", flat=True))]


def _hold(model: str, title: Any, purpose: Any, fields: tuple[PersonalField, ...], beside: str, **more: Any) -> None:
    """Declare a table of this room; what is not said is that of a dossier: the applicant's, by duty, kept with the dossier."""
    usual = {"whose": CITIZENS, "basis": DUTY, "kept": ARCHIVES, "seen_by": ALL_CASE_STAFF, "erased": BY_ARCHIVES, "order": 21}
    holdings.add(Holding(name=f"dossiers.{model}", title=title, purpose=purpose, fields=fields, beside=beside, **{**usual, **more}))


def _by(column: str, label: Any) -> PersonalField:
    return PersonalField(column, label, whose=OFFICIALS)


subject_sources.add(SubjectSource("dossiers", _subjects, order=20))
_hold(
    "Dossier",
    _("Hồ sơ"),
    _("Giải quyết việc anh/chị xin, trả kết quả và chứng minh đã làm đúng"),
    (
        PersonalField("applicant_name", _("Họ và tên")),
        PersonalField("applicant_folded", _("Họ tên không dấu, để tìm"), is_given=False),
        PersonalField("applicant_order", _("Họ tên, để xếp thứ tự"), is_given=False),
        PersonalField("applicant_personal_number", _("Số định danh cá nhân"), sensitive=True),
        PersonalField("applicant_phone", _("Số điện thoại")),
        PersonalField("applicant_email", _("Thư điện tử")),
        PersonalField("applicant_address", _("Địa chỉ")),
        PersonalField("village", _("Thôn, bản"), path="village__name"),
        PersonalField("representative", _("Người làm thay"), sensitive=True),
        PersonalField("return_address", _("Địa chỉ nhận kết quả")),
        PersonalField("return_area", _("Xã, tỉnh nhận kết quả")),
        PersonalField(
            "answers",
            _("Điều anh/chị khai: có thể có dân tộc, hoàn cảnh nghèo, khuyết tật, sức khỏe, người trong nhà"),
            sensitive=True,
            told=answers_told,
        ),
        PersonalField("papers", _("Giấy tờ nào đã nộp, nộp cách nào"), told=papers_told),
        PersonalField("fee", _("Phí và vì sao được miễn"), sensitive=True, told=fee_told),
        PersonalField("assignee", _("Cán bộ thụ lý"), whose=OFFICIALS, path="assignee__full_name"),
    ),
    "id commune code national_code version procedure_code procedure_name channel filing_place issued_by state money_state delivery_state "
    "sync_state citizen language tell_by return_by fee_vnd submitted_at accepted_at due_at first_due_at paused_at solved_at ended_at "
    "steps_count applicant_personal_number_blind applicant_phone_blind",
    tells=(
        PersonalField("code", _("Mã hồ sơ")),
        PersonalField("procedure_name", _("Thủ tục")),
        PersonalField("submitted_at", _("Nộp lúc")),
        PersonalField("state", _("Đang ở bước"), told=state_told),
    ),
    rows=_dossiers,
    order=20,
)
_hold(
    "Step",
    _("Các bước của hồ sơ"),
    _("Biết hồ sơ đã qua tay ai, lúc nào"),
    (
        _by("actor_name", _("Người làm")),
        _by("post_title", _("Chức vụ")),
        PersonalField("actor_id", _("Tài khoản người làm"), whose=OFFICIALS, is_given=False),
        PersonalField("note", _("Ghi chú")),
        PersonalField("data", _("Chi tiết của bước"), is_given=False),
    ),
    "id dossier number verb flow from_state to_state at actor_kind",
    tells=(CODE, PersonalField("at", _("Lúc")), PersonalField("verb", _("Việc"), told=verb_told)),
    rows=_of_dossier(models.Step, order_by="number"),
)
_hold(
    "SupplementRequest",
    _("Yêu cầu bổ sung"),
    _("Hỏi một lần cho đủ, và giữ câu trả lời của anh/chị"),
    (
        PersonalField("items", _("Còn thiếu gì")),
        PersonalField("answer", _("Anh/chị trả lời")),
        _by("asked_by", _("Cán bộ yêu cầu")),
    ),
    "id dossier by_form asked_at answered_at item made_at sent_at",
    tells=(CODE, PersonalField("asked_at", _("Lúc"))),
    rows=_of_dossier(models.SupplementRequest),
)
_hold(
    "Attachment",
    _("Giấy tờ kèm hồ sơ"),
    _("Làm căn cứ giải quyết"),
    (
        PersonalField("name", _("Tên giấy tờ")),
        PersonalField("file", _("Ảnh hoặc bản quét, có thể là thẻ căn cước"), sensitive=True, path="file__sha256"),
        PersonalField("added_by", _("Người đưa vào")),
    ),
    "id draft dossier paper_id source taken_from added_at removed_at upload",
    tells=(CODE, PersonalField("added_at", _("Lúc"))),
    rows=_attachments,
)
_hold(
    "Reading",
    _("Chữ máy đọc trên giấy tờ"),
    _("Số hóa giấy tờ để lần sau khỏi nộp lại"),
    (
        PersonalField("pages", _("Chữ trên giấy tờ"), sensitive=True),
        PersonalField("result_code", _("Mã kết quả")),
        PersonalField("signed_copy", _("Bản có chữ ký số"), sensitive=True, path="signed_copy__sha256"),
        _by("asked_by", _("Người đưa máy đọc")),
        _by("confirmed_by", _("Người đối chiếu")),
    ),
    "id attachment state pages_count asked_at leased_until confirmed_at reusable valid_until",
    tells=(PersonalField("attachment", _("Giấy tờ"), path="attachment__name"),),
    rows=lambda person: models.Reading.objects.filter(attachment__dossier__citizen_id=person.citizen_id).order_by("asked_at"),
)
_hold(
    "Finding",
    _("Số và tên đọc được trên giấy tờ"),
    _("Tìm lại giấy tờ theo số, theo tên"),
    (
        PersonalField("read", _("Máy đọc là"), sensitive=True),
        PersonalField("picture", _("Ảnh cắt của chữ ấy"), sensitive=True, is_given=False),
        PersonalField("value", _("Người đối chiếu xác nhận là"), sensitive=True),
        PersonalField("folded", _("Để tìm"), is_given=False),
    ),
    "id reading commune dossier page number",
    tells=(CODE,),
    rows=_of_dossier(models.Finding),
)
_hold(
    "Slip",
    _("Giấy đã cấp cho anh/chị: giấy hẹn, phiếu yêu cầu, phiếu xin lỗi"),
    _("In lại đúng như lúc cấp"),
    (PersonalField("data", _("Nội dung đã in"), sensitive=True, told=slip_told), _by("issued_by", _("Cán bộ cấp"))),
    "id dossier form number issued_at token",
    tells=(CODE, PersonalField("form", _("Mẫu số")), PersonalField("issued_at", _("Lúc"))),
    rows=_of_dossier(models.Slip),
)
_hold(
    "Extension",
    _("Xin lỗi và hẹn lại"),
    _("Báo cho anh/chị vì sao chậm, hẹn ngày nào"),
    (PersonalField("reason", _("Lý do")), _by("by", _("Cán bộ xin lỗi"))),
    "id dossier slip old_due_at new_due_at moves_due at",
    tells=(CODE, PersonalField("at", _("Lúc"))),
    rows=_of_dossier(models.Extension),
)
_hold(
    "Payment",
    _("Tiền phí đã nộp"),
    _("Thu đúng, có biên lai"),
    (PersonalField("amount_vnd", _("Số tiền (đồng)")), PersonalField("receipt_number", _("Số biên lai")), _by("taken_by", _("Người thu"))),
    "id dossier method taken_at taken_by_id",
    tells=(CODE, PersonalField("taken_at", _("Lúc"))),
    rows=_of_dossier(models.Payment),
)
_hold(
    "Posting",
    _("Kết quả gửi qua bưu chính"),
    _("Gửi kết quả đến tận nhà"),
    (
        PersonalField("recipient_name", _("Người nhận")),
        PersonalField("address", _("Địa chỉ")),
        PersonalField("area", _("Xã, tỉnh")),
        PersonalField("tracking_number", _("Số bưu gửi")),
        PersonalField("note", _("Ghi chú")),
        _by("posted_by", _("Người gửi")),
        _by("outcome_by", _("Người ghi kết quả")),
    ),
    "id dossier posted_on outcome outcome_on",
    tells=(CODE, PersonalField("posted_on", _("Ngày gửi"))),
    rows=_of_dossier(models.Posting),
)
_hold(
    "Result",
    _("Kết quả"),
    _("Cấp kết quả và giữ bản gốc"),
    (
        PersonalField("fields", _("Nội dung kết quả"), sensitive=True, told=result_told),
        PersonalField("number", _("Số")),
        PersonalField("file", _("Tệp kết quả"), sensitive=True, path="file__sha256"),
        _by("prepared_by", _("Người soạn")),
        _by("signed_by", _("Người ký")),
        _by("signer_title", _("Chức vụ người ký")),
    ),
    "id dossier prepared_at signed_at issued_elsewhere token",
    tells=(CODE, PersonalField("signed_at", _("Ký lúc"))),
    rows=_of_dossier(models.Result),
)
_hold(
    "Handover",
    _("Trả kết quả"),
    _("Chứng minh đã trả đúng người"),
    (
        PersonalField("recipient_name", _("Người nhận")),
        PersonalField("shown_paper", _("Giấy tờ đã xem khi trả"), sensitive=True),
        _by("given_by", _("Người trả")),
    ),
    "id dossier method signed_for at",
    tells=(CODE, PersonalField("at", _("Lúc"))),
    rows=_of_dossier(models.Handover),
)
_hold(
    "DossierPart",
    _("Phần của cơ quan khác"),
    _("Theo dõi phần liên thông"),
    (PersonalField("official_code", _("Mã ở cơ quan ấy")), PersonalField("note", _("Ghi chú"))),
    "id dossier part_id place state changed_on",
    tells=(CODE, PersonalField("part_id", _("Phần"))),
    rows=_of_dossier(models.DossierPart, order_by="place"),
)
_hold(
    "Draft",
    _("Hồ sơ đang làm dở"),
    _("Làm tiếp được mà không phải gõ lại"),
    (
        PersonalField("applicant", _("Người nộp: tên, số định danh, số điện thoại"), sensitive=True),
        PersonalField("answers", _("Điều đã khai"), sensitive=True, told=answers_told),
        PersonalField("papers", _("Giấy tờ nào đã chọn")),
        PersonalField("author", _("Cán bộ làm giúp ở quầy"), whose=OFFICIALS, path="author__full_name"),
    ),
    "id commune version citizen channel screen created_at updated_at submitted_at applicant_number_blind",
    tells=(PersonalField("created_at", _("Bắt đầu lúc")),),
    rows=_drafts,
    kept=Kept(_("kể từ lần sửa cuối; số ngày do xã đặt, cần xác nhận"), DRAFT_DAYS.value, confirm=True),
    ending=Ending(_old_drafts, _erase_drafts),
    seen_by=_("Anh/chị, hoặc cán bộ một cửa đã mở tờ khai"),
    erased=_("Anh/chị bỏ tờ khai bất cứ lúc nào; bỏ quên lâu thì phần mềm tự xóa khi người quản trị đã cho phép"),
    order=22,
)
_hold(
    "Arrival",
    _("Hồ sơ gửi từ máy không có sóng"),
    _("Nhận hồ sơ một lần, biết ai gửi"),
    (
        PersonalField("device", _("Máy đã gửi"), path="device__label"),
        PersonalField("faults", _("Chỗ cần sửa")),
        PersonalField("erased_why", _("Vì sao bị xóa")),
    ),
    "id commune number secret_digest read_digest doubt language made_at sent_at arrived_at confirmed_at confirmed_by warned_at erased_at",
    kept=Kept(_("kể từ khi đến xã mà không ai xác nhận người nộp; đã xác nhận thì giữ như hồ sơ"), UNCONFIRMED_DAYS.value),
    seen_by=_("Cán bộ một cửa"),
    erased=_("Phần mềm tự xóa, hoặc cán bộ xóa có ghi lý do"),
    order=23,
)
_hold(
    "NotDuplicate",
    _("Hai hồ sơ không trùng nhau"),
    _("Khỏi hỏi lại anh/chị về hồ sơ giống nhau"),
    (PersonalField("note", _("Ghi chú")), _by("by", _("Cán bộ đã so"))),
    "id first second at",
)
_hold(
    "ResultNumber",
    _("Số của kết quả"),
    _("Không cấp trùng số, giải thích số bỏ"),
    (PersonalField("dossier", _("Số thuộc hồ sơ nào")), PersonalField("reason", _("Lý do bỏ số"))),
    "id commune series year number state reserved_at closed_at",
)
_hold(
    "PostCharge",
    _("Cước bưu chính xã đặt"),
    _("Biết ai đã đặt mức cước"),
    (PersonalField("set_by", _("Người đặt")),),
    "id commune amount_vnd source checked_on confirmed set_at",
    whose=OFFICIALS,
    order=94,
)
_hold(
    "SigningRound",
    _("Lượt ký nhiều kết quả"),
    _("Biết ai đã xác nhận ký những gì, ký tiếp được sau khi máy dừng"),
    (_by("asked_by", _("Người ký")), PersonalField("account_id", _("Tài khoản người ký"), whose=OFFICIALS, is_given=False)),
    "id commune started_at state trouble leased_until ended_at",
    whose=OFFICIALS,
    order=94,
)
no_person.add(NoPerson("dossiers.RoundPaper", "id round dossier place state number why was_cut_off done_at"))
no_person.add(NoPerson("dossiers.Pause", "id dossier reason started_at ended_at"))
no_person.add(NoPerson("dossiers.StepPace", "id commune procedure_code stage usual_seconds dossiers reckoned_at"))
