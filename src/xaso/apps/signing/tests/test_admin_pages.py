"""An administrator registers, replaces and withdraws certificates in the browser; nobody else gets in."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from xaso.apps.people import testing as people
from xaso.apps.people.facade import Role
from xaso.apps.signing.models import Certificate
from xaso.apps.signing.tests.authority import PASSPHRASE, Authority
from xaso.platform import clock

SIGNER = "Vàng Seo Dín"
LIST, SEAL = "/quan-tri/chung-thu/", "/quan-tri/chung-thu/dau/"


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
def authority(now: datetime) -> Authority:
    return Authority.founded(now)


@pytest.fixture
def admin(commune: Any, client: Client, settings: Any) -> Client:
    settings.XASO_MODE = "production"
    client.force_login(people.staff(commune, Role.ADMINISTRATOR, username="quantri", full_name="Vũ Minh Quang"))
    return client


def page_of(signer: Any) -> str:
    return f"{LIST}nguoi/{signer.pk}/"


def sent(content: bytes, passphrase: str = PASSPHRASE, **more: str) -> dict[str, Any]:
    return {"key_file": SimpleUploadedFile("khoa.p12", content), "passphrase": passphrase, **more}


def text(answer: Any) -> str:
    return str(answer.content.decode())


def guide_line(admin: Client) -> str:
    page = text(admin.get("/quan-tri/"))
    return page.partition('href="/quan-tri/chung-thu/"')[2].partition("</li>")[0]


def test_the_guide_says_what_is_missing_until_a_signer_and_the_seal_can_be_used(
    admin: Client, signer: Any, authority: Authority, now: datetime
) -> None:
    assert "Chưa ai ký được và chưa có con dấu" in guide_line(admin)
    assert "Còn thiếu" in guide_line(admin)
    admin.post(SEAL, sent(authority.key_file("UBND xã Bảo Nhai")))
    assert "Chưa ai ký được" in guide_line(admin)
    admin.post(page_of(signer), sent(authority.key_file(SIGNER)))
    assert "Con dấu, 1 người ký" in guide_line(admin)
    assert "Xong" in guide_line(admin)

    admin.post(f"{SEAL}rut/{Certificate.objects.get(kind='seal').pk}/")
    assert "Chưa có chứng thư số của con dấu" in guide_line(admin)
    assert "Còn thiếu" in guide_line(admin)


def test_the_list_names_holder_issuer_serial_and_validity(admin: Client, signer: Any, authority: Authority) -> None:
    answer = admin.post(page_of(signer), sent(authority.key_file(SIGNER)), follow=True)

    assert "Đã đăng ký chứng thư số." in text(answer)
    row, shown = Certificate.objects.get(), text(admin.get(LIST))
    for said in (SIGNER, "Ủy ban nhân dân xã Bảo Nhai", "CA cấp mẫu", row.serial.upper(), "Dùng được", "Chưa có"):
        assert said in shown
    assert PASSPHRASE not in text(answer) + shown


def test_what_ends_within_thirty_days_is_said(admin: Client, signer: Any, authority: Authority, now: datetime) -> None:
    admin.post(SEAL, sent(authority.key_file("UBND", days=(-10, 31))))
    admin.post(page_of(signer), sent(authority.key_file(SIGNER, days=(-10, 29))))

    assert "sắp hết hạn" in guide_line(admin)
    assert "Sắp hết hạn" in text(admin.get(page_of(signer)))
    assert "Sắp hết hạn" not in text(admin.get(SEAL))


@pytest.mark.parametrize(
    ("content", "passphrase", "said"),
    [
        (b"", PASSPHRASE, "Tệp rỗng"),
        (b"khong phai", PASSPHRASE, "Không đọc được tệp này như một tệp PKCS#12"),
        (b"0" * 300_000, PASSPHRASE, "Tệp lớn quá 128 KB"),
        (None, "sai", "Mật khẩu của tệp chưa đúng"),
    ],
    ids=["empty", "no key file", "too large", "wrong passphrase"],
)
def test_a_bad_file_is_refused_beside_its_field_and_nothing_is_kept(
    admin: Client, signer: Any, authority: Authority, content: bytes | None, passphrase: str, said: str
) -> None:
    answer = admin.post(page_of(signer), sent(authority.key_file(SIGNER) if content is None else content, passphrase))

    assert answer.status_code == 422
    assert said in text(answer)
    assert f'value="{passphrase}"' not in text(answer)
    assert not Certificate.objects.exists()


def test_another_name_needs_somebody_who_compared(admin: Client, signer: Any, authority: Authority) -> None:
    refused = admin.post(page_of(signer), sent(authority.key_file("Nguyễn Văn Khác")))
    assert "Chứng thư số ghi tên “Nguyễn Văn Khác”" in text(refused)

    admin.post(page_of(signer), sent(authority.key_file("Nguyễn Văn Khác"), name_was_checked="on"))
    assert Certificate.objects.filter(account_id=signer.pk).count() == 1


def test_a_test_certificate_is_given_only_to_who_says_that_it_is_understood(admin: Client, signer: Any) -> None:
    refused = admin.post(f"{page_of(signer)}ban-thu/")
    assert refused.status_code == 422
    assert not Certificate.objects.exists()

    admin.post(f"{page_of(signer)}ban-thu/", {"understood": "on"})
    admin.post(f"{page_of(signer)}ban-thu/", {"understood": "on"})
    admin.post(f"{SEAL}ban-thu/", {"understood": "on"})

    assert Certificate.objects.filter(is_test=True).count() == 2
    assert "BẢN THỬ – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ" in text(admin.get(page_of(signer)))
    assert "có bản thử, không có giá trị pháp lý" in guide_line(admin)


def test_a_withdrawn_certificate_is_listed_as_such_and_its_act_in_the_record(admin: Client, signer: Any, authority: Authority) -> None:
    admin.post(page_of(signer), sent(authority.key_file(SIGNER)))
    row = Certificate.objects.get()

    answer = admin.post(f"{page_of(signer)}rut/{row.pk}/", follow=True)

    assert "Đã rút chứng thư số và xóa khóa ký trên máy chủ." in text(answer)
    assert "Đã rút" in text(admin.get(LIST))
    record = text(admin.get("/quan-tri/nhat-ky/"))
    assert "Đăng ký chứng thư số" in record
    assert "Rút chứng thư số" in record


def test_who_may_sign_no_more_can_still_be_withdrawn(admin: Client, commune: Any, signer: Any, authority: Authority) -> None:
    admin.post(page_of(signer), sent(authority.key_file(SIGNER)))
    signer.posts.update(roles=["desk"])
    assert "không còn quyền ký" in text(admin.get(LIST))

    admin.post(f"{page_of(signer)}rut/{Certificate.objects.get().pk}/")

    assert Certificate.objects.get().revoked_at is not None
    assert SIGNER not in text(admin.get(LIST))


def test_a_deputy_of_a_signer_is_listed_with_whom_she_stands_in_for(admin: Client, commune: Any, signer: Any) -> None:
    mai = people.staff(commune, Role.CASE_OFFICER, title="Chuyên viên lao động", full_name="Giàng Thị Mai")
    today = clock.now().date()
    post = signer.posts.get()
    form = {
        "account": str(mai.pk),
        "from_on": f"{today:%d/%m/%Y}",
        "until_on": f"{today + timedelta(days=3):%d/%m/%Y}",
        "reason": "Nghỉ phép",
    }
    admin.post(f"/quan-tri/can-bo/{post.pk}/lam-thay/", form)

    assert "Giàng Thị Mai" in text(admin.get(LIST))
    assert "làm thay" in text(admin.get(page_of(mai)))


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_for_every_other_role_there_is_nothing_here(
    commune: Any, signer: Any, client: Client, authority: Authority, role: Role, now: datetime
) -> None:
    client.force_login(people.staff(commune, role))
    addresses = (LIST, SEAL, page_of(signer))
    acts = (SEAL, page_of(signer), f"{SEAL}ban-thu/", f"{page_of(signer)}ban-thu/", f"{SEAL}rut/{commune.pk}/")

    assert {client.get(address).status_code for address in addresses} == {404}
    assert {client.post(address, sent(authority.key_file(SIGNER), understood="on")).status_code for address in acts} == {404}
    assert not Certificate.objects.exists()


def test_a_visitor_is_sent_to_sign_in_and_another_communes_signer_is_not_there(admin: Client, commune: Any) -> None:
    assert Client().get(SEAL)["Location"] == f"/dang-nhap/?next={SEAL}"
    other = people.staff(people.commune(name="Xã Khác", hostname="khac.example"), Role.SIGNER)

    assert admin.get(page_of(other)).status_code == 404
    assert admin.post(f"{page_of(other)}ban-thu/", {"understood": "on"}).status_code == 404
