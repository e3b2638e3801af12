"""Where a dossier stands, in one short message and in a few spoken sentences, in the applicant's language.

Both name neither the person nor the procedure: a phone may lie on a table, and anybody may take a call.
"""

from datetime import datetime

from xaso.apps.dossiers import rules
from xaso.apps.dossiers.models import Dossier, Posting
from xaso.apps.people import facade as people
from xaso.kernel.money import format_vnd
from xaso.kernel.worktime import VN

SMS = {
    "held": {"vi": "xã giữ sẵn, CHƯA gửi lên cấp trên.", "en": "kept by the commune, NOT sent on yet."},
    "asked": {"vi": "còn thiếu giấy tờ. Mời đến quầy hoặc gọi xã.", "en": "papers are missing. Please come or call."},
    "submitted": {"vi": "xã đã nhận, chờ tiếp nhận.", "en": "received, not taken in yet."},
    "working": {"vi": "đang giải quyết. Hẹn trả %(due)s.", "en": "being worked on. Answer due %(due)s."},
    "undated": {"vi": "đang giải quyết.", "en": "being worked on."},
    "late": {"vi": "đang giải quyết, đã quá hẹn %(due)s. Xã xin lỗi.", "en": "being worked on, late since %(due)s. We are sorry."},
    "to_pay": {"vi": "chờ nộp phí %(fee)s tại quầy một cửa.", "en": "waits for the fee of %(fee)s, at the desk."},
    "ready": {"vi": "đã có kết quả. Mời đến quầy một cửa nhận.", "en": "the result is ready at the desk."},
    "ready_to_pay": {"vi": "đã có kết quả. Mời mang %(fee)s đến quầy nhận.", "en": "the result is ready; bring %(fee)s to the desk."},
    "given": {"vi": "đã trả kết quả.", "en": "the result was given."},
    "posted": {"vi": "kết quả gửi bưu chính, mã %(tracking)s.", "en": "the result was posted, number %(tracking)s."},
    "returned": {"vi": "bưu chính trả lại kết quả. Mời đến quầy nhận.", "en": "the post returned the result; it is at the desk."},
    "refused": {"vi": "xã không tiếp nhận. Mời gọi xã để hỏi vì sao.", "en": "not accepted. Please call to hear why."},
    "withdrawn": {"vi": "đã rút.", "en": "withdrawn."},
    "stopped": {"vi": "xã dừng giải quyết. Mời gọi xã để hỏi vì sao.", "en": "stopped. Please call to hear why."},
}
"""What follows the code in an SMS: with a code and a telephone number it fits 160 characters without marks."""

SPOKEN = {
    "held": {
        "vi": "đã làm xong và xã đang giữ, nhưng chưa gửi lên cấp trên. Xã gửi xong sẽ báo anh chị.",
        "en": "is complete and kept by the commune, but has not been sent on yet. We will tell you when it is.",
    },
    "asked": {
        "vi": "còn thiếu giấy tờ nên xã chưa làm tiếp được. Mời anh chị đến quầy một cửa, hoặc gọi cho xã để biết cần bổ sung gì.",
        "en": "lacks papers, so we can't go on. Please come to the one-stop desk, or call us to hear what is missing.",
    },
    "submitted": {
        "vi": "xã đã nhận được. Cán bộ sẽ xem trong giờ làm việc.",
        "en": "has arrived. An official will look at it in office hours.",
    },
    "working": {
        "vi": "đang được giải quyết. Xã hẹn trả kết quả lúc %(due)s.",
        "en": "is being worked on. The answer is due at %(due)s.",
    },
    "undated": {
        "vi": "đang được giải quyết. Hiện chưa có ngày hẹn trả.",
        "en": "is being worked on. There is no date for the answer yet.",
    },
    "late": {
        "vi": "đang được giải quyết và đã quá hẹn. Ngày hẹn là %(due)s. Xã xin lỗi anh chị.",
        "en": "is being worked on and is late. It was due at %(due)s. We are sorry.",
    },
    "to_pay": {
        "vi": "đang chờ nộp phí %(fee)s. Mời anh chị đến quầy một cửa để nộp.",
        "en": "waits for the fee of %(fee)s. Please pay it at the one-stop desk.",
    },
    "ready": {
        "vi": "đã có kết quả. Mời anh chị mang giấy hẹn đến quầy một cửa để nhận.",
        "en": "has its result. Please bring the slip to the one-stop desk to receive it.",
    },
    "ready_to_pay": {
        "vi": "đã có kết quả. Mời anh chị mang giấy hẹn và %(fee)s tiền phí đến quầy một cửa để nhận.",
        "en": "has its result. Please bring the slip and the fee of %(fee)s to the one-stop desk to receive it.",
    },
    "given": {"vi": "đã trả kết quả xong.", "en": "is finished, and its result was given."},
    "posted": {
        "vi": "đã có kết quả, đang gửi qua bưu chính đến nhà anh chị.",
        "en": "has its result, which is on its way to your home by post.",
    },
    "returned": {
        "vi": "đã có kết quả, nhưng bưu chính không giao được. Mời anh chị đến quầy một cửa để nhận.",
        "en": "has its result, but the post could not deliver it. Please come to the one-stop desk to receive it.",
    },
    "refused": {
        "vi": "không được tiếp nhận. Mời anh chị gọi cho xã hoặc đến quầy một cửa để nghe lý do.",
        "en": "was not accepted. Please call us or come to the one-stop desk to hear why.",
    },
    "withdrawn": {"vi": "đã được rút theo yêu cầu của anh chị.", "en": "was withdrawn as you asked."},
    "stopped": {
        "vi": "đã dừng giải quyết. Mời anh chị gọi cho xã hoặc đến quầy một cửa để nghe lý do.",
        "en": "was stopped. Please call us or come to the one-stop desk to hear why.",
    },
}
SPOKEN_FRAME = {
    "vi": "Kính chào anh chị. %(commune)s xin báo tin. Hồ sơ mang mã %(code)s, nộp ngày %(day)s, %(standing)s %(ask)s",
    "en": "Good day. This is %(commune)s. The application %(code)s, handed in on %(day)s, %(standing)s %(ask)s",
}
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
ASK = {"vi": "Cần hỏi thêm, mời anh chị gọi số %(phone)s.", "en": "For questions, please call %(phone)s."}


def standing_of(dossier: Dossier, now: datetime) -> str:
    """Return the word of the tables above for where the dossier stands."""
    if dossier.state == "solved":
        return _after_the_result(dossier)
    if dossier.state in rules.ASKED:
        return "asked"
    if dossier.state in {"accepted", "examining", "in_review"}:
        return _under_way(dossier, now)
    return "stopped" if dossier.state == "stopped_at_intake" else dossier.state


def in_one_sms(dossier: Dossier, now: datetime) -> str:
    """Return what follows the code in the answer to `TC <code>`."""
    language = _language(dossier)
    return SMS[standing_of(dossier, now)][language] % _facts(dossier, f"{dossier.due_at.astimezone(VN):%d/%m/%Y}" if dossier.due_at else "")


def spoken(dossier: Dossier, now: datetime) -> str:
    """Return the sentences that are read to the applicant over the telephone."""
    language, commune = _language(dossier), people.commune_of(dossier.commune_id)
    facts = {
        "commune": commune.name,
        "code": dossier.national_code or dossier.code,
        "day": _day_aloud(dossier.submitted_at, language),
        "standing": SPOKEN[standing_of(dossier, now)][language] % _facts(dossier, _moment_aloud(dossier.due_at, language)),
        "ask": ASK[language] % {"phone": commune.phone} if commune.phone else "",
    }
    return (SPOKEN_FRAME[language] % facts).strip()


def _day_aloud(at: datetime, language: str) -> str:
    """Return a day as a voice of the language says it: an English one reads a month by its name, a Vietnamese one knows our figures."""
    day = at.astimezone(VN)
    return f"{day:%d/%m/%Y}" if language == "vi" else f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _moment_aloud(at: datetime | None, language: str) -> str:
    if at is None:
        return ""
    joined = "%s, ngày %s" if language == "vi" else "%s on %s"
    return joined % (f"{at.astimezone(VN):%H:%M}", _day_aloud(at, language))


def _under_way(dossier: Dossier, now: datetime) -> str:
    if dossier.money_state == "requested":
        return "to_pay"
    if dossier.due_at is None or dossier.paused_at is not None:
        return "undated"
    return "late" if dossier.due_at < now else "working"


def _after_the_result(dossier: Dossier) -> str:
    if dossier.delivery_state in rules.GIVEN:
        return "given"
    if dossier.delivery_state in rules.BY_POST:
        return dossier.delivery_state
    return "ready_to_pay" if dossier.money_state in rules.FEE_OPEN and dossier.fee_vnd else "ready"


def _facts(dossier: Dossier, due: str) -> dict[str, str]:
    posting = Posting.objects.filter(dossier=dossier).last() if dossier.delivery_state == "posted" else None
    return {
        "due": due,
        "fee": format_vnd(dossier.fee_vnd or 0),
        "tracking": posting.tracking_number if posting else "",
    }


def _language(dossier: Dossier) -> str:
    return "en" if dossier.language == "en" else "vi"
