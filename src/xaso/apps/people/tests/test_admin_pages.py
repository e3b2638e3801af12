"""An administrator sets the commune up in the browser; nobody else gets in, and nothing is done twice."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from xaso.apps.audit.facade import history_of
from xaso.apps.people import testing
from xaso.apps.people.models import Account, BankAccountChange, Commune, Deputy, FormerUnit, Post, Village
from xaso.apps.people.roles import Role

pytestmark = pytest.mark.django_db
PAGES = ("", "xa/", "thon/", "thon/moi/", "thon/nhap/", "don-vi-cu/", "can-bo/", "can-bo/moi/", "can-bo/nhap/", "tai-khoan/", "nhat-ky/")
COMMUNE_FORM = {
    "name": "Xã Mường Mới",
    "province": "Điện Biên",
    "province_code": "11",
    "gso_code": "03127",
    "agency_code": "",
    "address": "Thôn Một, xã Mường Mới",
    "phone": "0215 3812 345",
    "morning_from": "07:00",
    "morning_until": "11h30",
    "afternoon_from": "13:30",
    "afternoon_until": "17:00",
}
BANK_FORM = {"bank_name": "Kho bạc Mẫu", "bank_bin": "970400", "account_number": "0123456789", "account_holder": "UBND XA THU"}
POST_FORM = {"title": "Công chức một cửa", "unit": "Trung tâm", "roles": ["desk"], "holder": "moi", "full_name": "Lù Thị Mới"}


@pytest.fixture
def commune() -> Commune:
    return testing.commune()


@pytest.fixture
def admin(commune: Commune, client: Client) -> Client:
    client.force_login(testing.staff(commune, Role.ADMINISTRATOR, username="quantri", full_name="Vũ Minh Quang"))
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.mark.parametrize("page", PAGES)
def test_each_page_opens_for_an_administrator_and_is_kept_in_no_cache(admin: Client, page: str) -> None:
    answer = admin.get(f"/quan-tri/{page}")

    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("page", PAGES)
def test_a_visitor_is_sent_to_sign_in_and_back(commune: Commune, client: Client, page: str) -> None:
    answer = client.get(f"/quan-tri/{page}")

    assert (answer.status_code, answer["Location"]) == (302, f"/dang-nhap/?next=/quan-tri/{page}")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_for_every_other_role_there_is_nothing_here(commune: Commune, client: Client, role: Role) -> None:
    client.force_login(testing.staff(commune, role))

    assert {client.get(f"/quan-tri/{page}").status_code for page in PAGES} == {404}


def test_what_was_done_is_said_once(admin: Client) -> None:
    page = text(admin.post("/quan-tri/thon/moi/", {"name": "Nậm Lạ"}, follow=True))

    assert page.count("Đã thêm thôn Nậm Lạ.") == 1


def test_a_citizen_finds_nothing_here(commune: Commune, client: Client) -> None:
    account = testing.citizen(commune, with_account=True).account
    assert account is not None
    client.force_login(account)

    assert client.get("/quan-tri/").status_code == 404


def test_what_a_desk_officer_sends_changes_nothing(commune: Commune, client: Client) -> None:
    client.force_login(testing.staff(commune, Role.DESK))
    village, post = testing.village(commune, unverified=True), Post.objects.get()
    tries = {
        "xa/": COMMUNE_FORM,
        "thon/moi/": {"name": "Nậm Lạ"},
        f"thon/{village.id}/": {"name": "Nậm Lạ"},
        f"thon/{village.id}/xoa/": {},
        "thon/xac-nhan/": {"thon": [str(village.id)]},
        "don-vi-cu/": {"name": "Xã Lạ"},
        "can-bo/moi/": POST_FORM,
        f"can-bo/{post.id}/": {"title": "Vua", "unit": "Triều", "roles": ["administrator"]},
        f"can-bo/{post.id}/giao/": {"holder": ""},
        f"can-bo/{post.id}/ket-thuc/": {},
        f"can-bo/{post.id}/mat-khau/": {},
        "tai-khoan/": BANK_FORM,
    }

    answers = {path: client.post(f"/quan-tri/{path}", typed).status_code for path, typed in tries.items()}

    assert set(answers.values()) == {404}
    assert Commune.objects.get().name == "Xã Thử Nghiệm"
    assert list(Village.objects.values_list("name", "unverified")) == [("Thôn Thử", True)]
    assert (FormerUnit.objects.count(), BankAccountChange.objects.count(), Account.objects.count()) == (0, 0, 1)
    assert list(Post.objects.values_list("title", "until", "account__username")) == [("Công chức", None, Account.objects.get().username)]


def test_another_commune_s_rows_are_not_there(admin: Client) -> None:
    other = testing.commune(name="Xã Khác", hostname="khac.example")
    village, unit = testing.village(other), testing.former_unit(other)
    post = testing.staff(other, Role.DESK).posts.get()

    paths = [f"thon/{village.id}/", f"don-vi-cu/{unit.id}/", f"can-bo/{post.id}/"]

    assert [admin.get(f"/quan-tri/{path}").status_code for path in paths] == [404] * 3
    assert admin.post(f"/quan-tri/can-bo/{post.id}/mat-khau/").status_code == 404
    assert Account.objects.exclude(username="quantri").get().check_password(testing.PASSWORD)


def test_the_guide_says_what_is_missing_and_where_it_is_done(admin: Client) -> None:
    page = text(admin.get("/quan-tri/"))

    for url in (
        "/quan-tri/xa/#ten",
        "/quan-tri/thon/",
        "/quan-tri/can-bo/",
        "/quan-tri/tai-khoan/",
        "/quan-tri/phi/",
        "/quan-tri/noi-nop/",
    ):
        assert f'href="{url}"' in page
    assert "Chưa có mã đơn vị hành chính" in page
    assert "Chưa có người: Tiếp nhận và trả kết quả, Thụ lý hồ sơ, Văn thư, Ký kết quả" in page


def test_the_commune_s_facts_are_saved_with_their_zeros(admin: Client) -> None:
    assert admin.post("/quan-tri/xa/", COMMUNE_FORM).status_code == 302

    row = Commune.objects.get()
    assert (row.name, row.short_name, row.gso_code, row.agency_code) == ("Xã Mường Mới", "Mường Mới", "03127", None)
    assert row.phone == "02153812345"
    assert row.office_hours == [["07:00", "11:30"], ["13:30", "17:00"]]
    assert "Đã lưu thông tin của xã." in text(admin.get("/quan-tri/xa/"))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "Anh/chị ghi mục này."),
        ("gso_code", "312", "Mã gồm đúng 5 chữ số."),
        ("agency_code", "H38 <b>", "Mã chỉ gồm chữ cái không dấu, chữ số và dấu chấm."),
        ("morning_until", "06:00", "Giờ kết thúc phải sau giờ bắt đầu."),
        ("afternoon_from", "11:00", "Các buổi không được trùng giờ."),
        ("afternoon_until", "", "Anh/chị ghi đủ giờ bắt đầu và giờ kết thúc."),
    ],
)
def test_a_wrong_fact_is_told_and_what_was_typed_stays(admin: Client, field: str, value: str, said: str) -> None:
    answer = admin.post("/quan-tri/xa/", {**COMMUNE_FORM, field: value})

    assert answer.status_code == 422
    assert said in text(answer)
    assert 'href="#id_' in text(answer)
    assert 'value="Thôn Một, xã Mường Mới"' in text(answer)
    assert Commune.objects.get().name == "Xã Thử Nghiệm"


def test_villages_are_added_renamed_confirmed_and_removed(admin: Client, commune: Commune) -> None:
    unit = testing.former_unit(commune, "Xã Cũ")
    admin.post("/quan-tri/thon/moi/", {"name": "Nậm Mới", "old_unit": str(unit.id), "households": "61", "unverified": "on"})
    village = Village.objects.get()
    assert (village.former_unit_id, village.households, village.unverified) == (unit.id, 61, True)

    admin.post("/quan-tri/thon/xac-nhan/", {"thon": [str(village.id)], "ve": "https://evil.example/"})
    admin.post(f"/quan-tri/thon/{village.id}/", {"name": "Nậm Mới Hai", "old_unit": str(unit.id), "code": "T07", "households": "62"})

    village.refresh_from_db()
    assert (village.name, village.code, village.former_unit_id, village.unverified) == ("Nậm Mới Hai", "T07", unit.id, False)
    admin.post(f"/quan-tri/thon/{village.id}/xoa/")
    assert not Village.objects.exists()
    assert history_of(f"village:{village.id}")[-1].verb == "people.village_removed"


def test_a_village_sent_twice_is_there_once(admin: Client) -> None:
    first = admin.post("/quan-tri/thon/moi/", {"name": "Nậm Mới"})
    again = admin.post("/quan-tri/thon/moi/", {"name": "NẬM MỚI"})

    assert (first.status_code, again.status_code) == (302, 422)
    assert "đã có trong danh sách" in text(again)
    assert Village.objects.count() == 1


def test_a_village_where_people_live_is_not_removed(admin: Client, commune: Commune) -> None:
    village = testing.village(commune)
    testing.citizen(commune, village=village)

    answer = admin.post(f"/quan-tri/thon/{village.id}/xoa/", follow=True)

    assert "đang được dùng" in text(answer)
    assert Village.objects.count() == 1


def test_two_villages_do_not_share_a_code(admin: Client, commune: Commune) -> None:
    testing.village(commune, "Một", code="T01")
    other = testing.village(commune, "Hai", code="T02")

    answer = admin.post(f"/quan-tri/thon/{other.id}/", {"name": "Hai", "code": "T01"})

    assert answer.status_code == 422
    assert "Mã “T01” đã có ở thôn khác." in text(answer)


def test_the_list_of_villages_is_narrowed_and_paged_by_its_address(admin: Client, commune: Commune) -> None:
    unit = testing.former_unit(commune, "Xã Cũ")
    for number in range(120):
        testing.village(commune, f"Nậm {number:03d}", former_unit=unit if number < 3 else None, unverified=number == 5)

    assert "120 thôn" in text(admin.get("/quan-tri/thon/"))
    assert "Nậm 119" in text(admin.get("/quan-tri/thon/?trang=3"))
    assert "3 thôn" in text(admin.get("/quan-tri/thon/?xa-cu=Xã Cũ"))
    assert "1 thôn" in text(admin.get("/quan-tri/thon/?chua-xac-nhan=1"))
    assert "1 thôn" in text(admin.get("/quan-tri/thon/?q=nam 077"))
    assert "Không có thôn nào khớp." in text(admin.get("/quan-tri/thon/?q=không có"))


def test_a_new_official_gets_a_password_that_is_shown_once(admin: Client) -> None:
    form_id = admin.get("/quan-tri/can-bo/moi/").context["form"]["form_id"].value()
    typed = {**POST_FORM, "form_id": str(form_id)}

    shown = admin.post("/quan-tri/can-bo/moi/", typed)
    again = admin.post("/quan-tri/can-bo/moi/", typed, follow=True)

    account = Account.objects.get(username="moi.lt")
    password = shown.context["lines"][0][2]
    assert password in text(shown)
    assert account.check_password(password)
    assert account.must_change_password
    assert password not in text(again)
    assert "Mật khẩu chỉ hiện một lần" in text(again)
    assert Post.objects.filter(account=account).values_list("id", "title").get() == (UUID(form_id), "Công chức một cửa")
    assert password not in str([line.detail for line in history_of(f"account:{account.id}")])


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title": ""}, "Anh/chị ghi mục này."),
        ({"full_name": ""}, "Anh/chị ghi họ và tên người mới."),
        ({"holder": ""}, "Đã ghi người mới ở dưới"),
        ({"username": "Có Dấu"}, "Tên đăng nhập chỉ gồm chữ thường"),
        ({"username": "quantri"}, "đã có người dùng"),
        ({"phone": "gọi tôi"}, "Số điện thoại “gọi tôi” chưa đúng"),
        ({"email": "khong"}, "Thư điện tử “khong” chưa đúng"),
        ({"roles": ["vua"]}, "vua"),
    ],
)
def test_a_wrong_post_is_told_and_makes_neither_post_nor_account(admin: Client, typed: dict[str, Any], said: str) -> None:
    form_id = admin.get("/quan-tri/can-bo/moi/").context["form"]["form_id"].value()

    answer = admin.post("/quan-tri/can-bo/moi/", {**POST_FORM, "form_id": str(form_id), **typed})

    assert answer.status_code == 422
    assert said in text(answer)
    assert 'value="Trung tâm"' in text(answer)
    assert (Post.objects.count(), Account.objects.count()) == (1, 1)


def test_a_post_is_given_to_somebody_new_once(admin: Client, commune: Commune) -> None:
    post = Post.objects.create(commune=commune, unit="Văn phòng", title="Văn thư", roles=["clerk"], since=testing.LONG_AGO)
    typed = {"holder": "moi", "full_name": "Lù Thị Mới"}

    shown = admin.post(f"/quan-tri/can-bo/{post.id}/giao/", typed)
    again = admin.post(f"/quan-tri/can-bo/{post.id}/giao/", typed)

    assert (shown.status_code, again.status_code) == (200, 302)
    assert list(Account.objects.exclude(username="quantri").values_list("username", flat=True)) == ["moi.lt"]
    admin.post(f"/quan-tri/can-bo/{post.id}/giao/", {"holder": ""})
    post.refresh_from_db()
    assert post.account is None


def test_a_deputy_named_twice_stands_in_once_and_can_be_taken_back(admin: Client, commune: Commune) -> None:
    deputy = testing.staff(commune, Role.DESK)
    post = testing.staff(commune, Role.SIGNER).posts.get()
    typed = {"account": str(deputy.id), "from_on": "01/12/2026", "until_on": "05/12/2026", "reason": "Nghỉ phép"}

    wrong = admin.post(f"/quan-tri/can-bo/{post.id}/lam-thay/", {**typed, "until_on": "30/11/2026"})
    for _ in range(2):
        admin.post(f"/quan-tri/can-bo/{post.id}/lam-thay/", typed)

    assert wrong.status_code == 422
    assert "Nghỉ phép" in text(wrong)
    row = Deputy.objects.get()
    assert (row.account_id, row.from_on.isoformat(), row.until_on.isoformat()) == (deputy.id, "2026-12-01", "2026-12-05")
    admin.post(f"/quan-tri/can-bo/{post.id}/lam-thay/{row.id}/thoi/")
    assert not Deputy.objects.exists()


def test_the_last_administrator_can_t_be_taken_away(admin: Client) -> None:
    post = Post.objects.get()

    ended = admin.post(f"/quan-tri/can-bo/{post.id}/ket-thuc/", follow=True)
    stripped = admin.post(f"/quan-tri/can-bo/{post.id}/", {"title": post.title, "unit": post.unit, "roles": ["desk"]})

    assert "Đây là người quản trị cuối cùng." in text(ended)
    assert "Đây là người quản trị cuối cùng." in text(stripped)
    post.refresh_from_db()
    assert (post.until, post.roles) == (None, ["administrator"])


def test_a_reset_password_ends_the_old_one(admin: Client, commune: Commune) -> None:
    official = testing.staff(commune, Role.DESK)
    signed_in = Client()
    signed_in.force_login(official)

    shown = admin.post(f"/quan-tri/can-bo/{official.posts.get().id}/mat-khau/")

    official.refresh_from_db()
    assert official.check_password(shown.context["lines"][0][2])
    assert not official.check_password(testing.PASSWORD)
    assert signed_in.get("/can-bo/")["Location"].startswith("/dang-nhap/")


def test_the_bank_account_needs_two_people(admin: Client, commune: Commune) -> None:
    for _ in range(2):
        admin.post("/quan-tri/tai-khoan/", BANK_FORM)
    change = BankAccountChange.objects.get()

    own = admin.post(f"/quan-tri/tai-khoan/{change.id}/duyet/")
    assert own.status_code == 409
    assert "cần một người quản trị khác duyệt" in text(own)
    assert Commune.objects.get().bank_account_number == ""

    second = Client()
    second.force_login(testing.staff(commune, Role.ADMINISTRATOR))
    assert "0123456789" in text(second.get("/quan-tri/tai-khoan/"))
    second.post(f"/quan-tri/tai-khoan/{change.id}/duyet/")
    assert Commune.objects.get().bank_account_number == "0123456789"
    assert second.post(f"/quan-tri/tai-khoan/{change.id}/duyet/").status_code == 409


def test_a_wrong_bank_account_is_told(admin: Client) -> None:
    answer = admin.post("/quan-tri/tai-khoan/", {**BANK_FORM, "account_number": "12 34"})

    assert answer.status_code == 422
    assert "Số tài khoản gồm 4 đến 30 chữ số." in text(answer)
    assert not BankAccountChange.objects.exists()


def test_the_record_tells_who_did_what(admin: Client) -> None:
    admin.post("/quan-tri/thon/moi/", {"name": "Nậm Mới"})

    page = text(admin.get("/quan-tri/nhat-ky/"))

    assert "Thêm thôn" in page
    assert "Nậm Mới" in page
    assert "Vũ Minh Quang" in page
    assert "Nậm Mới" not in text(admin.get("/quan-tri/nhat-ky/?viec=people.post_created"))


def test_an_old_commune_is_corrected_and_removed_only_without_villages(admin: Client, commune: Commune) -> None:
    admin.post("/quan-tri/don-vi-cu/", {"name": "Xã Cũ", "code": "02878", "old_district": "Huyện Cũ", "valid_until": "30/06/2025"})
    again = admin.post("/quan-tri/don-vi-cu/", {"name": "xã cũ"})
    unit = FormerUnit.objects.get()
    village = testing.village(commune, former_unit=unit)
    admin.post(f"/quan-tri/don-vi-cu/{unit.id}/", {"name": "Xã Cũ Một", "code": "02878", "valid_until": "30/06/2025"})

    assert again.status_code == 422
    unit.refresh_from_db()
    assert (unit.name, unit.code, unit.valid_until) == ("Xã Cũ Một", "02878", date(2025, 6, 30))
    assert "đang được dùng" in text(admin.post(f"/quan-tri/don-vi-cu/{unit.id}/xoa/", follow=True))
    village.delete()
    admin.post(f"/quan-tri/don-vi-cu/{unit.id}/xoa/")
    assert not FormerUnit.objects.exists()


def test_the_holder_of_a_post_is_corrected_on_its_page(admin: Client, commune: Commune) -> None:
    account = testing.staff(commune, Role.DESK, full_name="NGUYỄN VĂN AN")
    post = Post.objects.get(account=account)

    wrong = admin.post(f"/quan-tri/can-bo/{post.id}/nguoi/", {"full_name": "", "phone": "0912345678"})
    right = admin.post(f"/quan-tri/can-bo/{post.id}/nguoi/", {"full_name": "Nguyễn Văn An", "phone": "0912345678", "email": ""})

    assert wrong.status_code == 422
    assert 'value="0912345678"' in text(wrong)
    assert right["Location"] == f"/quan-tri/can-bo/{post.id}/"
    account.refresh_from_db()
    assert account.full_name == "Nguyễn Văn An"
