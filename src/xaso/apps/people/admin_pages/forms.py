"""What an administrator types. The actions judge it again; here it is only read, and told which field is wrong."""

from dataclasses import replace
from datetime import date, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from xaso.apps.people.actions.bank import BankAccount
from xaso.apps.people.actions.communes import CommuneFacts, short_name_of
from xaso.apps.people.actions.hiring import NewPerson
from xaso.apps.people.actions.posts import PostFacts
from xaso.apps.people.actions.villages import VillageFacts
from xaso.apps.people.roles import ROLE_WORDS
from xaso.apps.people.shapes import CommuneInfo, FormerUnit, StaffAccount, Village
from xaso.kernel.identifiers import uuid7
from xaso.kernel.text import tidy_name

# Written as people here write them: a browser's own pickers follow the language of the machine, “07:30 AM”.
DAY_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%Y-%m-%d"]
CLOCK_FORMATS = ["%H:%M", "%Hh%M", "%H.%M", "%Hh", "%H:%M:%S"]
NOBODY, SOMEBODY_NEW = "", "moi"
DAY_HINT = _("Ngày/tháng/năm, ví dụ 05/11/2026")
SPANS = (("morning", _("Buổi sáng")), ("afternoon", _("Buổi chiều")), ("evening", _("Buổi tối")))


def line(label: Any, most: int, *, required: bool = False, hint: Any = "", **attributes: str) -> forms.CharField:
    """Return a field for one line of text."""
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        help_text=hint,
        error_messages={"required": _("Anh/chị ghi mục này.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", **attributes}),
    )


def digits(label: Any, how_many: int, *, required: bool = False, hint: Any = "") -> forms.RegexField:
    """Return a field for a code of so many digits. It stays a text, so that leading zeros are kept."""
    return forms.RegexField(
        rf"^[0-9]{{{how_many}}}$",
        label=label,
        required=required,
        help_text=hint,
        error_messages={
            "required": _("Anh/chị ghi mục này."),
            "invalid": _("Mã gồm đúng %(how_many)s chữ số.") % {"how_many": how_many},
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


def day(label: Any, *, required: bool = False, hint: Any = "") -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=hint,
        input_formats=DAY_FORMATS,
        error_messages={"required": _("Anh/chị chọn ngày."), "invalid": _("Ngày chưa đúng. Anh/chị viết như 05/11/2026.")},
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


def clock_time(label: Any, *, required: bool) -> forms.TimeField:
    """Return a field for a time of day."""
    return forms.TimeField(
        label=label,
        required=required,
        error_messages={"required": _("Anh/chị ghi giờ."), "invalid": _("Giờ chưa đúng. Anh/chị viết như 07:30.")},
        input_formats=CLOCK_FORMATS,
        widget=forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off"}),
    )


class CommuneForm(forms.Form):
    """Name, codes, contact and office hours of the commune."""

    name = line(_("Tên xã"), 120, required=True, hint=_("Tên đầy đủ như trên con dấu, ví dụ: Xã Tân Tiến"))
    short_name = line(_("Tên gọi ngắn"), 60, hint=_("Ví dụ: Tân Tiến. Để trống thì bỏ chữ “Xã”, “Phường” ở tên đầy đủ"))
    province = line(_("Tỉnh, thành phố"), 60, required=True)
    province_code = digits(_("Mã tỉnh"), 2, hint=_("2 chữ số theo danh mục đơn vị hành chính, giữ cả số 0 ở đầu"))
    gso_code = digits(_("Mã xã"), 5, hint=_("5 chữ số theo danh mục đơn vị hành chính, giữ cả số 0 ở đầu"))
    agency_code = forms.RegexField(
        r"^[A-Za-z0-9]+(\.[A-Za-z0-9]+)*$",
        label=_("Mã định danh cơ quan"),
        max_length=30,
        required=False,
        help_text=_("Mã dùng trên hệ thống của tỉnh, viết như H00.1. Chưa biết thì để trống, bổ sung sau"),
        error_messages={"invalid": _("Mã chỉ gồm chữ cái không dấu, chữ số và dấu chấm.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    address = line(_("Địa chỉ trụ sở"), 300, hint=_("Thôn, xã, tỉnh; in trên giấy hẹn và cuối mỗi trang"))
    phone = forms.RegexField(
        r"^\+?[0-9 .\-]{6,20}$",
        label=_("Điện thoại"),
        max_length=20,
        required=False,
        help_text=_("Số người dân gọi được trong giờ làm việc"),
        error_messages={"invalid": _("Số điện thoại chỉ gồm chữ số.")},
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("Thư điện tử"),
        required=False,
        max_length=254,
        error_messages={"invalid": _("Thư điện tử chưa đúng. Anh/chị viết như ten@vidu.vn.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    website = forms.URLField(
        label=_("Trang thông tin"),
        required=False,
        max_length=200,
        assume_scheme="https",
        error_messages={"invalid": _("Địa chỉ trang chưa đúng. Anh/chị viết như https://vidu.vn.")},
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in SPANS:
            is_needed = name == "morning"
            self.fields[f"{name}_from"] = clock_time(_("%(span)s, từ") % {"span": words}, required=is_needed)
            self.fields[f"{name}_until"] = clock_time(_("%(span)s, đến") % {"span": words}, required=is_needed)

    def clean(self) -> None:
        """Refuse half a span, and a span that ends before it begins or before the one earlier that day ended."""
        super().clean()
        previous: time | None = None
        for name, _words in SPANS:
            start, end = self.cleaned_data.get(f"{name}_from"), self.cleaned_data.get(f"{name}_until")
            if (start is None) != (end is None) and not {f"{name}_from", f"{name}_until"} & set(self.errors):
                self.add_error(f"{name}_from" if start is None else f"{name}_until", _("Anh/chị ghi đủ giờ bắt đầu và giờ kết thúc."))
            elif start and end and start >= end:
                self.add_error(f"{name}_until", _("Giờ kết thúc phải sau giờ bắt đầu."))
            elif start and previous and start < previous:
                self.add_error(f"{name}_from", _("Các buổi không được trùng giờ."))
            previous = end or previous

    def facts(self, before: CommuneInfo) -> CommuneFacts:
        """Return what was typed; the host name stays the operator's."""
        typed = self.cleaned_data
        name = tidy_name(typed["name"])
        short = tidy_name(typed["short_name"]) or short_name_of(name)
        spans = [(typed[f"{span}_from"], typed[f"{span}_until"]) for span, _words in SPANS]
        plain = {key: typed[key] for key in ("province", "province_code", "gso_code", "address", "email", "website")}
        phone = "".join(character for character in typed["phone"] if character.isdigit() or character == "+")
        hours = tuple(span for span in spans if span[0])
        agency_code = typed["agency_code"] or None
        facts = CommuneFacts(name, short[:60], agency_code=agency_code, phone=phone[:15], office_hours=hours, **plain)
        return replace(facts, hostname=before.hostname)

    @staticmethod
    def typed_before(info: CommuneInfo) -> dict[str, Any]:
        """Return the form's values for the commune as it stands."""
        known = {name: getattr(info, name) for name in CommuneForm.base_fields}
        for (name, _words), (start, end) in zip(SPANS, info.office_hours, strict=False):
            known |= {f"{name}_from": start, f"{name}_until": end}
        return known | {"agency_code": info.agency_code or ""}


class FormerUnitForm(forms.Form):
    """An old commune that was merged into this one."""

    name = line(_("Tên xã cũ"), 120, required=True)
    code = digits(_("Mã xã cũ"), 5, hint=_("5 chữ số; để trống nếu chưa biết"))
    old_district = line(_("Huyện cũ"), 120, hint=_("Ghi trên giấy tờ trước khi bỏ cấp huyện"))
    valid_until = day(_("Ngày cuối cùng còn hiệu lực"), hint=_("Ngày trước khi sáp nhập, ví dụ 30/06/2025"))

    @staticmethod
    def typed_before(unit: FormerUnit) -> dict[str, Any]:
        """Return the form's values for the unit as it stands."""
        return {"name": unit.name, "code": unit.code, "old_district": unit.old_district, "valid_until": unit.valid_until}


class VillageForm(forms.Form):
    """A village."""

    name = line(_("Tên thôn"), 120, required=True, hint=_("Không cần chữ “Thôn” ở đầu"))
    old_unit = forms.ChoiceField(label=_("Xã cũ"), required=False, help_text=_("Hai thôn trùng tên được phân biệt bằng xã cũ"))
    code = line(_("Mã thôn"), 20, hint=_("Để trống thì máy đặt"))
    households = forms.IntegerField(
        label=_("Số hộ"),
        required=False,
        min_value=0,
        max_value=99_999,
        error_messages={"invalid": _("Số hộ chỉ ghi chữ số.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    unverified = forms.BooleanField(label=_("Chưa xác nhận tên và xã cũ với thôn"), required=False)

    def __init__(self, *args: Any, units: list[FormerUnit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_unit"].choices = [("", _("Không ghi")), *((str(unit.id), unit.name) for unit in units)]  # type: ignore[attr-defined]

    def facts(self) -> VillageFacts:
        """Return what was typed."""
        typed = self.cleaned_data
        unit = UUID(typed["old_unit"]) if typed["old_unit"] else None
        return VillageFacts(typed["name"], unit, typed["code"], typed["households"], typed["unverified"])

    @staticmethod
    def typed_before(village: Village, units: list[FormerUnit]) -> dict[str, Any]:
        """Return the form's values for the village as it stands."""
        unit = next((str(unit.id) for unit in units if unit.name == village.old_unit), "")
        plain = {name: getattr(village, name) for name in ("name", "code", "households", "unverified")}
        return {**plain, "old_unit": unit}


class SheetForm(forms.Form):
    """A sheet to import."""

    sheet = forms.FileField(
        label=_("Tệp XLSX"),
        help_text=_("Dòng đầu là tên cột, như trong bảng mẫu. Nhiều nhất 2 MB, 2.000 dòng"),
        error_messages={"required": _("Anh/chị chọn tệp."), "empty": _("Tệp rỗng. Anh/chị chọn tệp khác.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )


class PostForm(forms.Form):
    """A post: where it sits, what it is called, what it may do."""

    title = line(_("Chức vụ"), 160, required=True, hint=_("Ví dụ: Công chức một cửa"))
    unit = line(_("Phòng, bộ phận"), 120, required=True, hint=_("Ví dụ: Trung tâm Phục vụ hành chính công"), list="cac-phong")
    roles = forms.MultipleChoiceField(
        label=_("Vai trò"),
        required=False,
        choices=[(role.value, words) for role, words in ROLE_WORDS.items()],
        help_text=_("Người giữ vị trí được làm những việc này. Có thể chọn nhiều"),
        widget=forms.CheckboxSelectMultiple,
    )
    village = forms.ChoiceField(label=_("Thôn"), required=False, help_text=_("Chỉ cho thành viên tổ của thôn"))

    def __init__(self, *args: Any, villages: list[Village], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(village.id), village.label) for village in villages]
        self.fields["village"].choices = [("", _("Không ghi")), *named]  # type: ignore[attr-defined]

    def facts(self) -> PostFacts:
        """Return what was typed."""
        typed = self.cleaned_data
        return PostFacts(typed["unit"], typed["title"], tuple(typed["roles"]), UUID(typed["village"]) if typed["village"] else None)


class PersonForm(forms.Form):
    """What an official is called and how she is reached."""

    full_name = line(_("Họ và tên"), 200, required=True)
    phone = line(_("Điện thoại"), 20, type="tel")
    email = line(_("Thư điện tử"), 254, type="email")


class HolderForm(forms.Form):
    """Who holds a post: nobody, somebody with an account, or somebody new."""

    holder = forms.ChoiceField(label=_("Người giữ vị trí"), required=False)
    full_name = line(_("Họ và tên người mới"), 200)
    username = line(_("Tên đăng nhập"), 60, hint=_("Để trống thì máy đặt từ họ tên"), autocapitalize="none", spellcheck="false")
    phone = line(_("Điện thoại"), 20, type="tel")
    email = line(_("Thư điện tử"), 254, type="email")

    def __init__(self, *args: Any, accounts: list[StaffAccount], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(account.id), f"{account.full_name} ({account.username})") for account in accounts if account.is_active]
        self.fields["holder"].choices = [  # type: ignore[attr-defined]
            (NOBODY, _("Chưa có người")),
            (SOMEBODY_NEW, _("Người mới, ghi ở dưới")),
            *named,
        ]

    def clean(self) -> None:
        """Ask for the name of somebody new, and refuse a name beside a choice that would drop it."""
        super().clean()
        holder, name = self.cleaned_data.get("holder"), tidy_name(self.cleaned_data.get("full_name") or "")
        if holder == SOMEBODY_NEW and not name and "full_name" not in self.errors:
            self.add_error("full_name", _("Anh/chị ghi họ và tên người mới."))
        elif name and holder != SOMEBODY_NEW and "holder" not in self.errors:
            self.add_error("holder", _("Đã ghi người mới ở dưới: chọn “Người mới”, hoặc xóa họ tên ở dưới."))

    def chosen(self) -> UUID | NewPerson | None:
        """Return who was chosen."""
        typed = self.cleaned_data
        if typed["holder"] == SOMEBODY_NEW:
            return NewPerson(typed["full_name"], typed["username"].lower(), typed["phone"], typed["email"])
        return UUID(typed["holder"]) if typed["holder"] else None


class NewPostForm(PostForm, HolderForm):
    """A new post with its holder. The form carries the post's id, so that sending it twice makes one post."""

    form_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    field_order = ("title", "unit", "roles", "village", "holder", "full_name", "username", "phone", "email")


class DeputyForm(forms.Form):
    """Who stands in for a post, and when."""

    account = forms.ChoiceField(label=_("Người làm thay"), error_messages={"required": _("Anh/chị chọn người làm thay.")})
    from_on = day(_("Từ ngày"), required=True, hint=DAY_HINT)
    until_on = day(_("Đến hết ngày"), required=True, hint=DAY_HINT)
    reason = line(_("Căn cứ"), 300, required=True, hint=_("Ví dụ: nghỉ phép, Quyết định số …"))

    def __init__(self, *args: Any, accounts: list[StaffAccount], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(account.id), f"{account.full_name} ({account.username})") for account in accounts if account.is_active]
        self.fields["account"].choices = [("", _("Chọn người")), *named]  # type: ignore[attr-defined]

    def days(self) -> tuple[date, date]:
        """Return the first and the last day."""
        return self.cleaned_data["from_on"], self.cleaned_data["until_on"]


class BankForm(forms.Form):
    """A bank account to propose."""

    bank_name = line(_("Ngân hàng"), 120, required=True, hint=_("Hoặc Kho bạc, tên đầy đủ"))
    bank_bin = digits(_("Mã ngân hàng"), 6, required=True, hint=_("6 chữ số trong mã QR chuyển tiền; hỏi ngân hàng"))
    account_number = forms.RegexField(
        r"^[0-9]{4,30}$",
        label=_("Số tài khoản"),
        help_text=_("Chỉ ghi chữ số"),
        error_messages={"required": _("Anh/chị ghi mục này."), "invalid": _("Số tài khoản gồm 4 đến 30 chữ số.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    account_holder = line(_("Tên chủ tài khoản"), 120, required=True, hint=_("Như ngân hàng đăng ký"))

    def account(self) -> BankAccount:
        """Return what was typed."""
        return BankAccount(**self.cleaned_data)
