"""What people are told of what phones sent and nobody vouched for: that one came for her, that it will be erased, that it was."""

from datetime import datetime
from uuid import UUID

from django.conf import settings

from xaso.apps.dossiers import access
from xaso.apps.dossiers.arrival_rules import ANOTHERS, whose
from xaso.apps.dossiers.models import Arrival
from xaso.apps.dossiers.shapes import Applicant
from xaso.apps.notices import facade as notices
from xaso.apps.people import facade as people
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform import ratelimit
from xaso.platform.actor import Actor

CAME_FOR_YOU, ENDS_SOON, ERASED = "dossiers.came_for_you", "dossiers.unconfirmed_ends", "dossiers.unconfirmed_erased"
TEXTS_A_DAY, DAY_SECONDS = 3, 86_400
"""To one number: nobody has vouched for it, and who typed it may be anybody."""

_TEXTS = {
    CAME_FOR_YOU: {
        "vi": "Có người nộp hồ sơ thay anh/chị, số %(number)s. Chưa tính là đã nộp: xác nhận trước %(day)s ở %(link)s",
        "en": "Somebody filed for you, no. %(number)s. It does not count until you confirm it, before %(day)s: %(link)s",
        "bn": "কেউ আপনার হয়ে আবেদন পাঠিয়েছেন, নম্বর %(number)s। আপনি %(day)s-এর আগে নিশ্চিত না করলে এটি জমা বলে গণ্য হবে না: %(link)s",
    },
    ENDS_SOON: {
        "vi": "Hồ sơ số %(number)s chưa ai xác nhận, đến %(day)s sẽ bị xóa. Đăng nhập hoặc đến quầy: %(link)s",
        "en": "Application no. %(number)s is unconfirmed and goes on %(day)s. Sign in or come to the desk: %(link)s",
        "bn": "আবেদন নম্বর %(number)s কেউ নিশ্চিত করেননি, %(day)s তারিখে মুছে যাবে। সাইন ইন করুন বা ডেস্কে আসুন: %(link)s",
    },
    ERASED: {
        "vi": "Hồ sơ số %(number)s đã xóa vì không ai xác nhận. Cần thì nộp lại: %(link)s",
        "en": "Application no. %(number)s was erased: nobody confirmed it. Please file again: %(link)s",
        "bn": "আবেদন নম্বর %(number)s মুছে ফেলা হয়েছে: কেউ নিশ্চিত করেননি। প্রয়োজনে আবার জমা দিন: %(link)s",
    },
}
_SUBJECT = {"vi": "Hồ sơ chờ anh/chị xác nhận", "en": "An application waits for you", "bn": "একটি আবেদন আপনার অপেক্ষায়"}
_NO_PASSWORD = {
    "vi": "\n\n%(commune)s không bao giờ hỏi mật khẩu của anh/chị.",
    "en": "\n\n%(commune)s never asks for your password.",
    "bn": "\n\n%(commune)s কখনও আপনার পাসওয়ার্ড জানতে চায় না।",
}

for _code, _texts in _TEXTS.items():
    notices.declare(
        _code,
        {
            "sms": {language: _texts[language] for language in ("vi", "en")},
            "email": {
                language: {"subject": _SUBJECT[language], "body": text + _NO_PASSWORD[language]} for language, text in _texts.items()
            },
        },
    )


def tell_that_one_came(arrival: Arrival, applicant: Applicant, sender: people.Citizen, *, ends_at: datetime, now: datetime) -> None:
    """Tell the person in whose name somebody filed without a mandate: by what the commune knows of her, else by what was typed.

    The sender's own number, typed for hers, is none of hers.
    """
    named = people.find_citizens_by_number(Actor.system(arrival.commune_id, "Xã Số"), applicant.personal_number)
    known = next((one for one in named if whose(applicant, one) != ANOTHERS), None)
    phone = known.phone if known is not None and known.phone else applicant.phone
    email = known.email if known is not None and known.email else applicant.email
    if notices.sendable_phone(phone) == notices.sendable_phone(sender.phone):
        phone = ""
    _tell(arrival, notices.Recipient(name=applicant.name, phone=phone, email=email, language=arrival.language), CAME_FOR_YOU, ends_at, now)


def tell_that_it_ends(arrival: Arrival, applicant: Applicant, *, ends_at: datetime, now: datetime) -> None:
    """Tell who is named that nobody has vouched for it, and until when somebody may."""
    _tell(arrival, _named(arrival, applicant), ENDS_SOON, ends_at, now)


def tell_that_it_is_erased(arrival: Arrival, applicant: Applicant, *, now: datetime) -> None:
    """Tell who is named that it was erased because nobody vouched for it in time."""
    _tell(arrival, _named(arrival, applicant), ERASED, now, now)


def _named(arrival: Arrival, applicant: Applicant) -> notices.Recipient:
    return notices.Recipient(name=applicant.name, phone=applicant.phone, email=applicant.email, language=arrival.language)


def _tell(arrival: Arrival, recipient: notices.Recipient, template: str, on: datetime, now: datetime) -> None:
    try:
        ratelimit.count(f"unconfirmed:{recipient.phone or recipient.email}", limit=TEXTS_A_DAY, window_seconds=DAY_SECONDS, now=now)
    except Refusal:
        return
    confirm = f"{settings.PUBLIC_URL}/ho-so-cua-toi/"
    params = {
        "number": str(arrival.number),
        "day": on.astimezone(VN).strftime("%d/%m/%Y"),
        "link": f"{settings.PUBLIC_URL}/thu-tuc/" if template == ERASED else confirm,
        "commune": people.commune_of(arrival.commune_id).name,
    }
    notices.send(
        commune_id=arrival.commune_id,
        recipient=recipient,
        template=template,
        params=params,
        subject=_subject(arrival.pk),
        idempotency_key=f"{template}:{arrival.pk}:{arrival.arrived_at.isoformat()}",
        now=now,
    )


def _subject(arrival_id: UUID) -> str:
    return f"{access.ARRIVAL}{arrival_id}"
