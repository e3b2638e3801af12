"""How the commune reaches an applicant: read from a form, checked in words."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from xaso.apps.dossiers.shapes import Applicant
from xaso.kernel.errors import Refusal
from xaso.kernel.identifiers import PersonalNumber
from xaso.kernel.text import tidy_name
from xaso.platform.errors import words_for

PHONE = re.compile(r"0\d{9}")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
LONGEST_NUMBER = 40
BY_POST = "post"
BY_VOICE = "voice"
WORDS: dict[str, Any] = {
    "name": _("Anh/chị ghi họ tên người nộp hồ sơ."),
    "phone": _("Số điện thoại cần 10 chữ số, bắt đầu bằng số 0."),
    "email": _("Địa chỉ thư điện tử chưa đúng, ví dụ ten@vidu.vn. Không có thì để trống."),
    "return_address": _("Anh/chị ghi số nhà, thôn để bưu tá tìm được."),
    "return_area": _("Anh/chị ghi xã, tỉnh nơi nhận."),
    "phone_for_post": _("Nhận qua bưu chính thì cần số điện thoại để bưu tá gọi."),
}
"""What is said of a fault, by field. `phone_for_post` is said of the phone where the post must be able to call."""


def read_contact(post: Mapping[str, str], known: Applicant) -> tuple[Applicant, dict[str, str]]:
    """Return the applicant with what was typed, right or wrong, and the words of what is wrong by field name."""
    phone = re.sub(r"[\s.\-]", "", post.get("phone", known.phone))[:15]
    if phone.startswith("+84"):
        phone = "0" + phone[3:]
    applicant = replace(
        known,
        name=tidy_name(post.get("name", known.name))[:200],
        personal_number=_number(post["personal_number"]) if "personal_number" in post else known.personal_number,
        phone=phone,
        email=post.get("email", known.email).strip()[:120],
        address=post.get("address", known.address).strip()[:300],
        tell_by=BY_VOICE if post.get("tell_by", known.tell_by) == BY_VOICE else "",
        submitter=tidy_name(post.get("submitter", known.submitter))[:200],
    )
    applicant = replace(applicant, **_return_way(post, known))
    faults = _faults(applicant)
    if "personal_number" in post:
        faults |= _faults_of_number(applicant.personal_number)
    return applicant, faults


def _return_way(post: Mapping[str, str], known: Applicant) -> dict[str, Any]:
    """Return how the result is to come; an address that was typed is kept even while the desk is chosen, so that nothing is lost."""
    return {
        "return_by": BY_POST if post.get("return_by", known.return_by) == BY_POST else "",
        "return_address": post.get("return_address", known.return_address).strip()[:300],
        "return_area": post.get("return_area", known.return_area).strip()[:200],
    }


def _number(typed: str) -> str:
    """Return the twelve digits however they are set apart; anything else stays as typed, so that it can be mended."""
    try:
        return PersonalNumber.parse(typed).digits
    except Refusal:
        return typed.strip()[:LONGEST_NUMBER]


def _faults_of_number(number: str) -> dict[str, str]:
    if not number:
        return {}
    try:
        PersonalNumber.parse(number)
    except Refusal as refusal:
        return {"personal_number": words_for(refusal)}
    return {}


def _faults(applicant: Applicant) -> dict[str, str]:
    faults = {}
    if not applicant.name:
        faults["name"] = str(WORDS["name"])
    if applicant.phone and not PHONE.fullmatch(applicant.phone):
        faults["phone"] = str(WORDS["phone"])
    if applicant.email and not EMAIL.fullmatch(applicant.email):
        faults["email"] = str(WORDS["email"])
    return faults | (_faults_of_post(applicant) if applicant.return_by == BY_POST else {})


def _faults_of_post(applicant: Applicant) -> dict[str, str]:
    faults = {}
    if not applicant.return_address:
        faults["return_address"] = str(WORDS["return_address"])
    if not applicant.return_area:
        faults["return_area"] = str(WORDS["return_area"])
    if not applicant.phone:
        faults["phone"] = words_for(Refusal("dossiers.return_phone_missing"))
    return faults
