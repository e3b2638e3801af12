"""Anyone brings a PDF to `/xac-minh/tep/` and is told in words; what can't be checked is refused beside its field."""

from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from xaso.apps.signing import facade as signing
from xaso.apps.signing.tests.signed_samples import altered, with_a_page_more
from xaso.platform import clock
from xaso.platform.models import RateWindow, StoredFile

ADDRESS = "/xac-minh/tep/"


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
def signed(paper: bytes, signer: Any, commune: Any, now: datetime) -> bytes:
    return signing.sign_and_seal(paper, account_id=signer.pk, commune_id=commune.pk, name="Vàng Seo Dín", reason="Giấy", now=now).content


def sent(client: Client, content: bytes, name: str = "giay.pdf") -> Any:
    return client.post(ADDRESS, {"pdf": SimpleUploadedFile(name, content)})


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_page_of_paper_codes_leads_here_and_here_a_file_is_asked_for(client: Client, commune: Any) -> None:
    assert f'href="{ADDRESS}"' in text(client.get("/xac-minh/"))
    page = text(client.get(ADDRESS))

    assert "Tệp PDF đã ký số" in page
    assert 'enctype="multipart/form-data"' in page


def test_of_a_good_file_who_signed_and_when_is_told(client: Client, signed: bytes, now: datetime) -> None:
    answer = sent(client, signed)

    shown = text(answer)
    assert answer.status_code == 200
    assert "<h1>Chữ ký số đúng</h1>" in shown
    for said in (
        "Vàng Seo Dín",
        "Ủy ban nhân dân xã Bảo Nhai",
        "Xã Số CA BẢN THỬ",
        "Có ghi chữ ký này",
        "Có thêm chữ ký của Ủy ban nhân dân xã Bảo Nhai",
        "giay.pdf",
    ):
        assert said in shown
    assert "BẢN THỬ – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ" in shown
    assert answer["X-Robots-Tag"] == "noindex"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("change", "said"),
    [(altered, "Nội dung đã bị sửa sau khi ký"), (with_a_page_more, "Thêm 1 trang.")],
    ids=["altered", "a page more"],
)
def test_a_changed_file_is_told_as_such(client: Client, signed: bytes, change: Any, said: str) -> None:
    shown = text(sent(client, change(signed)))

    assert "<h1>Chữ ký số không đúng</h1>" in shown
    assert said in shown


def test_a_file_without_signatures_and_its_drawn_seal_are_told_apart(client: Client, paper: bytes, commune: Any) -> None:
    shown = text(sent(client, paper))

    assert "<h1>Tệp này không có chữ ký số</h1>" in shown
    assert "chỉ là hình" in shown


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "Tệp rỗng"), (b"khong phai pdf", "Không đọc được tệp này như một tệp PDF"), (b"0" * (10 * 1024 * 1024 + 1), "nặng hơn 10 MB")],
    ids=["empty", "no pdf", "too heavy"],
)
def test_what_can_not_be_checked_is_refused_beside_its_field(client: Client, commune: Any, content: bytes, said: str) -> None:
    answer = sent(client, content)

    assert answer.status_code == 422
    assert said in text(answer)


def test_a_name_is_shown_as_words_only(client: Client, paper: bytes, commune: Any) -> None:
    assert "<b>tên</b>" not in text(sent(client, paper, "<b>tên</b>.pdf"))


def test_nothing_is_kept_of_the_file(client: Client, signed: bytes) -> None:
    before = StoredFile.objects.count()

    sent(client, signed)

    assert StoredFile.objects.count() == before


def test_who_asks_too_often_waits(client: Client, commune: Any, paper: bytes, now: datetime) -> None:
    RateWindow.objects.create(key="check-pdf:127.0.0.1", started_at=now, hits=20)

    answer = sent(client, paper)

    assert answer.status_code == 429
    assert "không có chữ ký số" not in text(answer)
