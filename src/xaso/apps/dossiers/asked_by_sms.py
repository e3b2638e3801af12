"""Answers `TC <code>`: finds the code in what people write, and says where the dossier stands to the phone that is known on it."""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from itertools import pairwise
from uuid import UUID

from xaso.apps.dossiers import access
from xaso.apps.dossiers.models import Dossier
from xaso.apps.dossiers.standing import in_one_sms
from xaso.apps.notices import facade as notices
from xaso.apps.people import facade as people
from xaso.kernel.identifiers import is_national_dossier_code, own_dossier_code
from xaso.kernel.text import fold

FIRST_YEAR = 2025
_LETTERS_FOR_FIGURES = str.maketrans({"o": "0", "l": "1", "i": "1"})
_OWN = re.compile(r"xs([0-9oli]{6})([0-9oli]{4,5})(?![0-9])")
_NATIONAL = re.compile(r"((?:000\.\d\d\.\d\d\.)?[gh]\d\d(?:\.\d{1,4}){0,3})[\s_-]*(\d{8}|\d{6})[\s_-]*(\d{4,7})", re.ASCII)
_FIGURES = re.compile(r"\d+", re.ASCII)
_SHORT = re.compile(r"(?<![0-9])([0-9]{6})[^a-z0-9]{1,3}(?!0+(?![0-9]))([0-9]{1,3})(?![0-9])")
_ASKS = re.compile(r"\b(?:tc|tra cuu|ho so|hs|xs|ma)\b")

notices.declare(
    "dossiers.asked",
    {"sms": {"vi": "Hồ sơ %(code)s: %(standing)s%(phone)s", "en": "Application %(code)s: %(standing)s%(phone)s"}},
)
notices.declare(
    "dossiers.asked_in_vain",
    {
        "sms": {
            "vi": "Không có hồ sơ %(code)s nộp bằng số máy này. Anh/chị xem lại mã, hoặc mang giấy hẹn đến xã.%(phone)s",
            "en": "No application %(code)s was filed with this number. Please check the code, or bring the slip.%(phone)s",
        }
    },
)
notices.declare(
    "dossiers.asked_unclear",
    {
        "sms": {
            "vi": "Xã chưa hiểu tin này. Hỏi hồ sơ: soạn TC và mã, ví dụ TC XS-261123-0007.%(phone)s",
            "en": "We did not understand. To ask: write TC and the code, such as TC XS-261123-0007.%(phone)s",
        }
    },
)
_CALL = {"vi": " Gọi xã: %s", "en": " Call: %s"}


def code_asked(text: str) -> str | None:
    """Return the first code that a text may mean, as codes are stored; None for none.

    Taken as they are written: small letters, no dashes, blanks anywhere, O for 0, the number before the day, the code alone.
    """
    return next(_codes_in(fold(unicodedata.normalize("NFKC", text))), None)


def answer_incoming(incoming_id: UUID) -> None:
    """Answer an SMS to the commune. Absent and another person's get the same words."""
    incoming = notices.incoming_text(incoming_id)
    code = code_asked(incoming.body)
    dossier = _find(incoming, code) if code else None
    if dossier is not None:
        said = notices.Answer(
            "told",
            "dossiers.asked",
            {
                "code": dossier.code,
                "standing": in_one_sms(dossier, incoming.received_at),
                "phone": _whom_to_call(incoming, dossier.language),
            },
            name=dossier.applicant_name,
            language=dossier.language,
            subject=access.subject_of(dossier.id),
        )
    elif code:
        said = notices.Answer("refused", "dossiers.asked_in_vain", {"code": code, "phone": _whom_to_call(incoming)})
    else:
        said = notices.Answer("unclear", "dossiers.asked_unclear", {"phone": _whom_to_call(incoming)})
    notices.answer(incoming_id, said, now=incoming.received_at)


def _find(incoming: notices.IncomingText, code: str) -> Dossier | None:
    here = Dossier.objects.filter(commune_id=incoming.commune_id)
    dossier = here.filter(code=code).first() or here.filter(national_code=code).first()
    if dossier is None or notices.sendable_phone(dossier.applicant_phone) != incoming.phone:
        return None
    return dossier


def _whom_to_call(incoming: notices.IncomingText, language: str = "vi") -> str:
    phone = people.commune_of(incoming.commune_id).phone
    return _CALL["en" if language == "en" else "vi"] % phone if phone else ""


def _codes_in(folded: str) -> Iterator[str]:
    for agency, day, number in _NATIONAL.findall(folded):
        national = f"{agency}-{day}-{number}".upper()
        if is_national_dossier_code(national):
            yield national
    compact = re.sub(r"[^a-z0-9]", "", folded)
    for day, number in _OWN.findall(compact):
        yield from _own(day.translate(_LETTERS_FOR_FIGURES), number.translate(_LETTERS_FOR_FIGURES))
    if _ASKS.search(folded) or not re.search(r"[a-z]", folded):
        yield from _without_letters(folded)


def _without_letters(folded: str) -> Iterator[str]:
    """Yield the codes that figures alone may mean: a day and a number in one, or apart; a short number only behind its day."""
    groups = _FIGURES.findall(folded)
    for group in groups:
        if len(group) in {10, 11}:
            yield from _own(group[:6], group[6:])
    for one, other in pairwise(groups):
        for day, number in ((one, other), (other, one)):
            if len(day) == 6 and len(number) in {4, 5}:
                yield from _own(day, number)
    for day, number in _SHORT.findall(folded):
        yield from _own(day, number)


def _own(day: str, number: str) -> Iterator[str]:
    with suppress(ValueError):
        on = date(2000 + int(day[:2]), int(day[2:4]), int(day[4:]))
        if on.year >= FIRST_YEAR:
            yield own_dossier_code(on, int(number))
