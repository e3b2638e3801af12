"""Personal data of this room: the voices of people who recorded sentences."""

from django.utils.translation import gettext_lazy as _

from xaso.platform.personal_data import CONSENT, Holding, Kept, NoPerson, PersonalField, holdings, no_person

holdings.add(
    Holding(
        name="speech.Recording",
        title=_("Giọng đọc của người thu tiếng"),
        whose=_("Người thu tiếng và người duyệt"),
        purpose=_("Để bà con nghe trang bằng giọng người"),
        basis=CONSENT,
        kept=Kept(_("Đến khi bản thu bị bỏ; tệp tiếng đã bỏ chưa có hạn xóa"), confirm=True),
        seen_by=_("Mọi người nghe được giọng; tên chỉ cán bộ thu và duyệt thấy"),
        erased=_("Bỏ bản thu ở trang giọng nói thì không ai nghe được nữa"),
        fields=(
            PersonalField("file", _("Giọng nói"), sensitive=True),
            PersonalField("recorded_by_name", _("Tên người thu")),
            PersonalField("recorded_by", _("Tài khoản người thu")),
            PersonalField("approved_by_name", _("Tên người duyệt")),
        ),
        beside="id commune_id sentence language seconds is_trial recorded_at approved_at removed_at",
        order=88,
    )
)
no_person.add(NoPerson("speech.Sentence", "key language text first_found_at made_with left_page"))
no_person.add(NoPerson("speech.ListenedPage", "id commune_id address language title read_at"))
no_person.add(NoPerson("speech.Place", "id page sentence number"))
