"""Personal data of this room: officials' certificates and signatures."""

from django.utils.translation import gettext_lazy as _

from xaso.platform.personal_data import ARCHIVES, BY_ARCHIVES, DUTY, OFFICIALS, Holding, Kept, NoPerson, PersonalField, holdings, no_person

SEEN = _("Mọi người: tên người ký hiện khi kiểm tra giấy tờ")

holdings.add(
    Holding(
        name="signing.Certificate",
        title=_("Chứng thư số của cán bộ"),
        whose=OFFICIALS,
        purpose=_("Ký giấy tờ và để ai cũng kiểm tra được chữ ký"),
        basis=DUTY,
        kept=ARCHIVES,
        seen_by=SEEN,
        erased=BY_ARCHIVES,
        fields=(
            PersonalField("subject", _("Tên trên chứng thư")),
            PersonalField("serial", _("Số chứng thư")),
            PersonalField("pem", _("Chứng thư")),
            PersonalField("account_id", _("Tài khoản của người ký")),
        ),
        beside=(
            "id kind commune_id issuer fingerprint valid_from valid_to chain_pem key_location is_test revoked_at "
            "authority_state authority_told_at"
        ),
        order=89,
    )
)
holdings.add(
    Holding(
        name="signing.OfferedCertificate",
        title=_("Chứng thư số chờ duyệt"),
        whose=OFFICIALS,
        purpose=_("Quản trị viên đối chiếu trước khi cán bộ ký bằng USB token của mình"),
        basis=DUTY,
        kept=Kept(_("Đến khi được duyệt, hoặc người gửi rút lại, gửi bản khác")),
        seen_by=_("Người gửi và quản trị viên của xã"),
        erased=_("Máy tự xóa"),
        fields=(
            PersonalField("subject", _("Tên trên chứng thư")),
            PersonalField("serial", _("Số chứng thư")),
            PersonalField("pem", _("Chứng thư")),
            PersonalField("account_id", _("Tài khoản của người ký")),
        ),
        beside="id commune_id fingerprint chain_pem offered_at declined_at reason",
        order=89,
    )
)
holdings.add(
    Holding(
        name="signing.PendingSignature",
        title=_("Giấy đang chờ USB token ký"),
        whose=OFFICIALS,
        purpose=_("Ghép chữ ký của USB token vào đúng tờ giấy đã chuẩn bị"),
        basis=DUTY,
        kept=Kept(_("10 phút, hoặc đến khi ký xong")),
        seen_by=_("Không ai; máy tự xóa"),
        erased=_("Máy tự xóa"),
        fields=(
            PersonalField("content", _("Tờ giấy chưa ký"), whose=_("Người có tên trong giấy"), is_given=False),
            PersonalField("name", _("Tên người ký")),
            PersonalField("reason", _("Lý do ký")),
            PersonalField("account_id", _("Tài khoản của người ký")),
        ),
        beside="id commune_id certificate subject reference mark room_start room_end attributes prepared_at ends_at",
        order=89,
    )
)
no_person.add(
    NoPerson(
        "signing.SignedPaper",
        "id commune_id subject file level is_test signed_at stamped_at renewed_at stamp_ends_at next_at tries trouble",
    )
)
holdings.add(
    Holding(
        name="signing.SignatureRecord",
        title=_("Sổ chữ ký"),
        whose=OFFICIALS,
        purpose=_("Biết ai đã ký gì, lúc nào"),
        basis=DUTY,
        kept=ARCHIVES,
        seen_by=SEEN,
        erased=BY_ARCHIVES,
        fields=(
            PersonalField("name", _("Tên người ký")),
            PersonalField("reason", _("Lý do ký")),
            PersonalField("evidence", _("Dấu vết của chữ ký")),
            PersonalField("account_id", _("Tài khoản của người ký")),
        ),
        beside="id kind commune_id certificate signed_at document_digest",
        order=89,
    )
)
