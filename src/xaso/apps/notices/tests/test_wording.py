"""The texts of notices: checked when declared, short when sent."""

import pytest

from xaso.apps.notices import rules
from xaso.apps.notices.wording import Wording, declare, declared, language_for, places_in
from xaso.kernel.sms import measure

LONGEST = {
    "code": "H38.2-261123-0200015",
    "holder": "Nguyễn Thị Hoàng Phương Thảo",
    "day": "25/11/2026",
    "days": "60",
    "serial": "5401ff8a",
    "page": "https://baonhai.laocai.gov.vn/quan-tri/chung-thu/",
    "when": "08:30 26/11/2026",
    "pin": "123456",
    "booking": "https://baonhai.laocai.gov.vn/dat-lich/phieu/jZ0xkq5Yw1c2V3b4N5m6Ag/",
    "procedure": "Đăng ký khai sinh kết hợp đăng ký nhận…",
    "commune": "Ủy ban nhân dân xã Bảo Nhai",
    "due": "17:00 25/11/2026",
    "fee": "12.500.000 đ",
    "link": "https://baonhai.laocai.gov.vn/tra-cuu/?ma=H38.2-261123-0200015",
    "national_code": "H38.2-261123-0200015",
    "name": "Nguyễn Thị Hoàng Phương Thảo",
    "new_due": "25/11/2026",
    "phone": " Gọi xã: 0214 3880 1234",
    "rate": "https://baonhai.laocai.gov.vn/y-kien/jZ0xkq5Yw1c2V3b4N5m6Ag/",
    "standing": "đang giải quyết, đã quá hẹn 30/11/2026. Xã xin lỗi.",
    "system": "hệ thống của bộ, ngành",
    "number": "12345",
    "tracking": "RR123456789VN",
}
ALL = [(wording, language) for wording in declared() for language in wording.sms]


@pytest.mark.parametrize(("wording", "language"), ALL, ids=lambda value: getattr(value, "code", value))
def test_each_sms_is_one_segment_with_the_longest_values(wording: Wording, language: str) -> None:
    """Alone 70 characters with marks or 160 without; what is longer loses its marks (decision 0013) and must fit then."""
    text = rules.sms_form(wording.sms_text(language, LONGEST), "auto")
    assert measure(text).segments == 1, (measure(text), text)


SENT = [wording for wording in declared() if not wording.code.startswith("testing.")]


@pytest.mark.parametrize("wording", SENT, ids=lambda wording: wording.code)
def test_each_notice_exists_in_vietnamese_and_english_and_each_email_in_bengali(wording: Wording) -> None:
    assert not wording.sms or set(wording.sms) == {"vi", "en"}
    assert not wording.email or set(wording.email) == {"vi", "en", "bn"}


@pytest.mark.parametrize("text", ["100 %", "%(code)d", "%s", "%(code)", "%(mã hồ sơ)"])
def test_a_place_written_wrongly_is_found_when_declared(text: str) -> None:
    with pytest.raises(ValueError, match="must be written"):
        declare("wrong.place", {"sms": {"vi": text}})


def test_a_percent_sign_may_be_doubled() -> None:
    assert places_in("giảm 50%% cho %(name)s") == {"name"}


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        ({}, "no texts"),
        ({"sms": {"en": "hello"}}, "no Vietnamese"),
        ({"sms": {"vi": "%(code)s", "en": "%(cod)s"}}, "other places"),
        ({"email": {"vi": {"subject": "a", "body": "%(x)s"}, "en": {"subject": "a", "body": "b"}}}, "other places"),
    ],
)
def test_a_notice_that_could_not_be_said_is_refused(texts: dict[str, dict[str, object]], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        declare("wrong.notice", texts)


def test_a_code_is_declared_once() -> None:
    declare("once.only", {"sms": {"vi": "xin chào", "en": "hello"}})
    with pytest.raises(ValueError, match="twice"):
        declare("once.only", {"sms": {"vi": "xin chào", "en": "hello"}})


def test_a_title_is_one_line_whatever_stands_in_its_values() -> None:
    wording = Wording("x", {}, {"vi": ("Hồ sơ %(name)s", "b")})
    assert wording.email_texts("vi", {"name": "a\r\nBcc: b@example.org"})[0] == "Hồ sơ a Bcc: b@example.org"


def test_a_language_without_a_text_falls_back_to_vietnamese() -> None:
    assert [language_for({"vi": "", "en": ""}, wanted) for wanted in ("en", "hmn", "")] == ["en", "vi", "vi"]
