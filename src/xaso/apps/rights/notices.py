"""What people are told of their requests: short, without what the request is about."""

from xaso.apps.notices import facade as notices

TOLD = {"confirm": "rights.confirmed", "extend": "rights.extended", "answer": "rights.answered", "refuse": "rights.refused"}

BREACH = "rights.breach"
_SMS = {
    "rights.confirmed": {
        "vi": "Yêu cầu %(code)s đang được làm, trả lời trước hết ngày %(due)s. %(link)s",
        "en": "Data request %(code)s is being worked on, answer by %(due)s. %(link)s",
    },
    "rights.extended": {
        "vi": "Yêu cầu %(code)s cần thêm thời gian, đến hết ngày %(due)s. Lý do: %(link)s",
        "en": "Data request %(code)s needs more time, until %(due)s. Why: %(link)s",
    },
    "rights.answered": {
        "vi": "Xã đã trả lời yêu cầu %(code)s. Xem: %(link)s",
        "en": "Data request %(code)s was answered. See: %(link)s",
    },
    "rights.refused": {
        "vi": "Yêu cầu %(code)s không làm được. Lý do: %(link)s",
        "en": "Data request %(code)s can't be met. Why: %(link)s",
    },
    BREACH: {
        "vi": "Sự cố %(code)s: dữ liệu của anh/chị ở xã có thể đã lộ. Xem việc cần làm: %(link)s",
        "en": "Incident %(code)s: your data held by the commune may have leaked. What to do: %(link)s",
    },
}
_BENGALI = {
    "rights.confirmed": "তথ্য বিষয়ে আপনার অনুরোধ %(code)s নিয়ে কাজ চলছে, উত্তর %(due)s-এর মধ্যে। %(link)s",
    "rights.extended": "তথ্য বিষয়ে আপনার অনুরোধ %(code)s-এর জন্য আরও সময় লাগবে, %(due)s পর্যন্ত। কারণ: %(link)s",
    "rights.answered": "তথ্য বিষয়ে আপনার অনুরোধ %(code)s-এর উত্তর দেওয়া হয়েছে। দেখুন: %(link)s",
    "rights.refused": "তথ্য বিষয়ে আপনার অনুরোধ %(code)s পূরণ করা যায়নি। কারণ: %(link)s",
    BREACH: "ঘটনা %(code)s: কমিউনে থাকা আপনার তথ্য ফাঁস হয়ে থাকতে পারে। কী করবেন দেখুন: %(link)s",
}
"""E-mails alone: SMS stay in Vietnamese (decision 0060)."""
_EMAIL = {
    "vi": {"subject": "%(code)s: về dữ liệu của anh/chị", "body": "Kính gửi anh/chị,\n\n%(said)s\n\n%(commune)s"},
    "en": {"subject": "%(code)s: about your data", "body": "Dear applicant,\n\n%(said)s\n\n%(commune)s"},
    "bn": {"subject": "%(code)s: আপনার তথ্য বিষয়ে", "body": "প্রিয় আবেদনকারী,\n\n%(said)s\n\n%(commune)s"},
}


def _email(texts: dict[str, str]) -> dict[str, dict[str, str]]:
    return {
        language: {part: text.replace("%(said)s", texts[language]) for part, text in parts.items()} for language, parts in _EMAIL.items()
    }


for code, texts in _SMS.items():
    notices.declare(code, {"sms": texts, "email": _email({**texts, "bn": _BENGALI[code]})})
