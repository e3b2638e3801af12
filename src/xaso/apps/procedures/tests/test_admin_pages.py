"""An administrator enters the province's fees and says where the commune files; each with its ground, nothing twice."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from xaso.apps.audit.facade import history_of
from xaso.apps.people import testing as people
from xaso.apps.people.facade import CommuneFacts, FirstAdministrator, Role, set_up_commune
from xaso.apps.procedures import facade as procedures
from xaso.apps.procedures import memory, testing
from xaso.apps.procedures.models import CommuneOverride
from xaso.platform import clock
from xaso.platform.actor import Actor

pytestmark = pytest.mark.django_db
CODE, FEE = "1.004873", "/quan-tri/phi/1.004873/"
FEE_FORM = {
    "amount": "8.000 đ",
    "valid_from": "01/08/2026",
    "decision": "12/2026/NQ-HĐND",
    "decided_on": "10/07/2026",
    "source": "Công báo tỉnh",
}
PLACE_FORM = {"what": "online", "value": "here", "valid_from": "01/08/2026", "decision": "Thử nghiệm theo công văn 12/UBND"}
PAGES = ("/quan-tri/phi/", "/quan-tri/noi-nop/", f"/quan-tri/noi-nop/{CODE}/")


@pytest.fixture(autouse=True)
def catalogue() -> Iterator[None]:
    """The procedures that ship, and a memory without what other tests set."""
    testing.procedure(CODE)
    yield
    memory.forget()


@pytest.fixture
def commune() -> Any:
    return people.commune()


@pytest.fixture
def admin(commune: Any, client: Client) -> Client:
    client.force_login(people.staff(commune, Role.ADMINISTRATOR, full_name="Vũ Minh Quang"))
    return client


def fee_page() -> str:
    rule = next(rule for rule in testing.procedure(CODE).fees if rule.kind == "provincial")
    return f"{FEE}{rule.id}/"


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_only_administrators_see_and_change_them(commune: Any, client: Client) -> None:
    assert client.get(PAGES[0])["Location"] == "/dang-nhap/?next=/quan-tri/phi/"
    client.force_login(people.staff(commune, Role.DESK, Role.LEADER))

    assert {client.get(page).status_code for page in (*PAGES, fee_page())} == {404}
    assert client.post(fee_page(), FEE_FORM).status_code == 404
    assert client.post(PAGES[2], PLACE_FORM).status_code == 404
    assert not CommuneOverride.objects.exists()


def test_what_is_not_in_the_catalogue_is_not_there(admin: Client) -> None:
    for page in ("/quan-tri/phi/9.999999/x/", f"{FEE}khong-co/", "/quan-tri/noi-nop/9.999999/"):
        assert admin.get(page).status_code == 404
    assert admin.post(PAGES[2], {**PLACE_FORM, "what": "pigeon"}).status_code == 404


def test_the_province_s_fee_is_entered_with_its_decision(admin: Client, commune: Any) -> None:
    assert "Chưa có mức" in text(admin.get("/quan-tri/phi/"))

    assert admin.post(fee_page(), FEE_FORM).status_code == 302

    fee = procedures.provincial_fees(commune.id, CODE)[0]
    assert (fee.amount_vnd, fee.valid_from.isoformat(), fee.decision) == (8000, "2026-08-01", "12/2026/NQ-HĐND ngày 10/07/2026")
    page = text(admin.get(fee_page()))
    assert "8.000 đ" in page
    assert "Vũ Minh Quang" in page
    assert history_of(f"procedure:{CODE}")[0].verb == "procedures.provincial_fee_set"


def test_a_fee_sent_twice_is_entered_once_and_a_new_one_keeps_the_old(admin: Client) -> None:
    for amount in ("8000", "8.000", "9.000"):
        admin.post(fee_page(), {**FEE_FORM, "amount": amount})

    assert set(CommuneOverride.objects.values_list("amount_vnd", flat=True)) == {8000, 9000}
    assert CommuneOverride.objects.count() == 2
    page = text(admin.get(fee_page()))
    assert "Đang dùng: 9.000 đ" in page
    assert "8.000 đ" in page


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("amount", "tám nghìn", "không phải một số tiền"),
        ("amount", "-5", "không phải một số tiền"),
        ("amount", "999.999.999.999", "Số tiền"),
        ("decision", "", "Anh/chị ghi mục này."),
        ("decided_on", "31/02/2026", "Ngày chưa đúng."),
        ("valid_from", "01/07/2026", "Ngày áp dụng không thể trước ngày ban hành."),
    ],
)
def test_a_wrong_fee_is_told_and_what_was_typed_stays(admin: Client, field: str, value: str, said: str) -> None:
    answer = admin.post(fee_page(), {**FEE_FORM, field: value})

    assert answer.status_code == 422
    assert said in text(answer) or "không phải một số tiền" in text(answer)
    assert 'value="Công báo tỉnh"' in text(answer)
    assert not CommuneOverride.objects.exists()


def test_a_filing_place_of_the_commune_s_own_is_marked_beside_the_catalogue_s(admin: Client, commune: Any) -> None:
    version = testing.procedure(CODE)
    assert procedures.filing_place(commune.id, version, "online") == "national_portal"

    for _ in range(2):
        admin.post(PAGES[2], PLACE_FORM)

    assert CommuneOverride.objects.count() == 1
    assert procedures.filing_place(commune.id, version, "online") == "here"
    page = text(admin.get(PAGES[2]))
    assert "Xã đặt riêng" in page
    assert "Thử nghiệm theo công văn 12/UBND" in page
    assert "Cổng Dịch vụ công quốc gia" in page
    assert CODE in text(admin.get("/quan-tri/noi-nop/?rieng=1"))
    admin.post(PAGES[2], {**PLACE_FORM, "value": ""})
    assert procedures.filing_place(commune.id, version, "online") == "national_portal"
    assert "Xã không đặt khác danh mục" in text(admin.get("/quan-tri/noi-nop/?rieng=1"))


def test_the_level_of_identity_is_set_beside_them_and_told_to_citizens(admin: Client, client: Client, commune: Any) -> None:
    admin.post(PAGES[2], PLACE_FORM)
    assert "chưa nguồn nào nói mức" in text(admin.get(PAGES[2]))

    admin.post(PAGES[2], {**PLACE_FORM, "what": "identity_level", "value": "2"})

    assert procedures.identity_level(commune.id, testing.procedure(CODE)) == 2
    page = text(admin.get(PAGES[2]))
    assert page.count("Mức 2") >= 3
    assert "Cần định danh điện tử mức 2" in text(client.get(f"/thu-tuc/{CODE}/"))


def test_an_issuer_needs_a_ground(admin: Client, commune: Any) -> None:
    wrong = admin.post(PAGES[2], {"what": "issuer", "value": "commune", "valid_from": "01/08/2026", "decision": ""})

    assert wrong.status_code == 422
    assert "Anh/chị ghi mục này." in text(wrong)
    assert not CommuneOverride.objects.exists()
    admin.post(PAGES[2], {"what": "issuer", "value": "commune", "valid_from": "01/08/2026", "decision": "Xã tự cấp"})
    assert procedures.issuer(commune.id, testing.procedure(CODE)) == "commune"


def test_one_commune_s_values_are_not_another_s(admin: Client, commune: Any) -> None:
    other = people.commune(name="Xã Khác", hostname="khac.example")
    admin.post(PAGES[2], PLACE_FORM)

    assert procedures.filing_place(other.id, testing.procedure(CODE), "online") == "national_portal"


SET_UP = (
    (
        "/quan-tri/xa/",
        {
            "name": "Xã Mường Mới",
            "province": "Điện Biên",
            "province_code": "11",
            "gso_code": "03127",
            "agency_code": "H18.21",
            "address": "Thôn Một, xã Mường Mới, tỉnh Điện Biên",
            "phone": "02153812345",
            "morning_from": "07:30",
            "morning_until": "11:30",
            "afternoon_from": "13:30",
            "afternoon_until": "17:00",
        },
    ),
    ("/quan-tri/don-vi-cu/", {"name": "Xã Cũ"}),
    ("/quan-tri/thon/moi/", {"name": "Nậm Một"}),
    (
        "/quan-tri/can-bo/moi/",
        {"title": "Một cửa", "unit": "Trung tâm", "roles": ["desk", "case_officer"], "holder": "moi", "full_name": "Lò Thị Nhận"},
    ),
    (
        "/quan-tri/can-bo/moi/",
        {"title": "Phó Chủ tịch", "unit": "UBND", "roles": ["signer", "clerk", "administrator"], "holder": "moi", "full_name": "Lò Văn Ký"},
    ),
)


def test_an_empty_database_becomes_a_commune_that_people_see(client: Client) -> None:
    first = FirstAdministrator("Lò Văn Quản", "quantri", "suối-chảy-qua-bản")
    set_up_commune(Actor.system(None, "create-admin"), CommuneFacts("Xã Mường Mới", "Mường Mới", "Điện Biên"), first, now=clock.now())
    assert client.post("/dang-nhap/", {"username": "quantri", "password": "suối-chảy-qua-bản"}).status_code == 302
    people.set_app(client)

    passwords: dict[str, str] = {}
    for page, typed in SET_UP:
        form = client.get(page).context["form"]
        token = {"form_id": form["form_id"].value()} if "form_id" in form.fields else {}
        answer = client.post(page, {**typed, **token})
        assert answer.status_code in {200, 302}, page
        passwords |= {username: password for _name, username, password in (answer.context or {}).get("lines", [])}
    for line in _fee_pages(client):
        assert client.post(line, FEE_FORM).status_code == 302
    bank = {"bank_name": "Kho bạc", "bank_bin": "970400", "account_number": "12345678", "account_holder": "UBND XA"}
    client.post("/quan-tri/tai-khoan/", bank)
    second = Client()
    take_over(second, passwords["ky.lv"])
    waiting = second.get("/quan-tri/tai-khoan/").context["waiting"]
    second.post(f"/quan-tri/tai-khoan/{waiting.id}/duyet/")
    assert "Chưa ai ký được và chưa có con dấu" in text(client.get("/quan-tri/"))
    for line in client.get("/quan-tri/chung-thu/").context["lines"]:
        assert client.post(f"{line.url}ban-thu/", {"understood": "on"}).status_code == 302

    guide = text(client.get("/quan-tri/"))
    assert "Còn thiếu" not in guide
    assert "Xã sẵn sàng nhận hồ sơ." in guide
    seen = [text(Client().get(page)) for page in ("/", "/thu-tuc/", f"/thu-tuc/{CODE}/", "/dang-nhap/")]
    seen += [text(client.get(page)) for page in ("/quan-tri/", "/quan-tri/nhat-ky/", *(page for page, _typed in SET_UP), *PAGES)]
    assert all("Xã Mường Mới" in page for page in seen)
    assert [word for word in ("Bảo Nhai", "Lào Cai", "Bắc Hà") if any(word in page for page in seen)] == []


def _fee_pages(client: Client) -> list[str]:
    rows = client.get("/quan-tri/phi/").context["rows"]
    return [f"/quan-tri/phi/{line.version.code}/{line.rule.id}/" for line, _name in rows]


def take_over(client: Client, first_password: str) -> None:
    """Sign the second administrator in with the password that was shown, and give him one of his own, as that asks."""
    client.post("/dang-nhap/", {"username": "ky.lv", "password": first_password})
    own = {"current": first_password, "new": "nắng-trên-nương-ngô", "again": "nắng-trên-nương-ngô"}
    assert client.post("/doi-mat-khau/", own).status_code == 302
    people.set_app(client)


def test_the_record_of_administration_tells_places_in_words(admin: Client) -> None:
    admin.post(f"/quan-tri/noi-nop/{CODE}/", PLACE_FORM)
    page = admin.get("/quan-tri/nhat-ky/").content.decode()

    assert "Qua mạng · Nộp tại xã" in page
    assert "here" not in page.split("<table", 1)[1]
    assert "online" not in page.split("<table", 1)[1]
