"""What applicants are told, per state and language. Short: one SMS segment where names allow it."""

from xaso.apps.notices import facade as notices

HANDED_OVER_UNASKED = "dossiers.handed_over_unasked"
"""To who wants no questions about how it was."""
LIFE_EVENTS = {
    "submit": "dossiers.received",
    "register": "dossiers.registered",
    "accept": "dossiers.accepted",
    "refuse": "dossiers.refused",
    "ask_for_more": "dossiers.more_asked",
    "add_supplement": "dossiers.supplement_received",
    "request_payment": "dossiers.payment_asked",
    "take_payment": "dossiers.paid",
    "waive": "dossiers.waived",
    "extend": "dossiers.extended",
    "stop": "dossiers.stopped",
    "resume": "dossiers.resumed",
    "withdraw": "dossiers.withdrawn",
    "make_ready": "dossiers.ready",
    "hand_over": "dossiers.handed_over",
    "send_by_post": "dossiers.posted",
    "note_delivered": "dossiers.handed_over",
    "note_returned": "dossiers.post_returned",
    "part_done": "dossiers.part_done",
    "part_refused": "dossiers.part_refused",
}
"""What the applicant is told of. Moves between officials (take, prepare_result, send_back) and what she did herself are left out."""

SYSTEMS = {
    "vi": {"national_portal": "Cổng quốc gia", "ministry_system": "hệ thống của bộ, ngành", "police": "Công an xã"},
    "en": {"national_portal": "the national portal", "ministry_system": "the ministry's system", "police": "the commune's police"},
    "bn": {"national_portal": "জাতীয় পোর্টাল", "ministry_system": "মন্ত্রণালয়ের সিস্টেম", "police": "কমিউনের পুলিশ"},
}
"""Where a dossier that is not filed here goes, as a short message says it."""

NO_DAY_YET = {"vi": "chưa rõ", "en": "not known yet", "bn": "এখনও জানা নেই"}

_SMS = {
    "dossiers.received": {
        "vi": "Xã đã nhận hồ sơ %(code)s. Xem: %(link)s",
        "en": "Commune received your application %(code)s. See: %(link)s",
    },
    "dossiers.held": {
        "vi": "Hồ sơ %(code)s đã làm xong, CHƯA gửi lên %(system)s. Xem: %(link)s",
        "en": "Application %(code)s is ready, NOT yet sent to %(system)s. See: %(link)s",
    },
    "dossiers.registered": {
        "vi": "Hồ sơ %(code)s đã gửi lên %(system)s, mã %(national_code)s",
        "en": "Application %(code)s was sent to %(system)s, code %(national_code)s",
    },
    "dossiers.accepted": {
        "vi": "Hồ sơ %(code)s đã được tiếp nhận. Hẹn trả: %(due)s",
        "en": "Application %(code)s accepted. Answer due: %(due)s",
    },
    "dossiers.refused": {
        "vi": "Hồ sơ %(code)s không được tiếp nhận. Lý do: %(link)s",
        "en": "Application %(code)s was not accepted. Why: %(link)s",
    },
    "dossiers.more_asked": {
        "vi": "Hồ sơ %(code)s còn thiếu giấy tờ. Bổ sung: %(link)s",
        "en": "Application %(code)s lacks papers. Add them: %(link)s",
    },
    "dossiers.supplement_received": {
        "vi": "Xã đã nhận bổ sung hồ sơ %(code)s và làm tiếp.",
        "en": "The commune received what was missing in %(code)s and goes on.",
    },
    "dossiers.payment_asked": {
        "vi": "Hồ sơ %(code)s cần nộp phí %(fee)s tại quầy một cửa.",
        "en": "Application %(code)s: please pay %(fee)s at the desk.",
    },
    "dossiers.paid": {
        "vi": "Xã đã thu phí %(fee)s của hồ sơ %(code)s và làm tiếp.",
        "en": "Fee %(fee)s of application %(code)s received; work goes on.",
    },
    "dossiers.waived": {
        "vi": "Hồ sơ %(code)s được miễn phí, xã làm tiếp.",
        "en": "The fee of application %(code)s is waived; work goes on.",
    },
    "dossiers.resumed": {
        "vi": "Xã đã làm tiếp hồ sơ %(code)s. Xem: %(link)s",
        "en": "The commune took up application %(code)s again. See: %(link)s",
    },
    "dossiers.extended": {
        "vi": "Xã xin lỗi, hồ sơ %(code)s hẹn lại %(new_due)s. Vì sao: %(link)s",
        "en": "Sorry, application %(code)s is late; new date %(new_due)s. Why: %(link)s",
    },
    "dossiers.stopped": {
        "vi": "Xã dừng giải quyết hồ sơ %(code)s. Lý do: %(link)s",
        "en": "The commune stopped application %(code)s. Why: %(link)s",
    },
    "dossiers.withdrawn": {
        "vi": "Hồ sơ %(code)s đã được rút.",
        "en": "Application %(code)s was withdrawn.",
    },
    "dossiers.ready": {
        "vi": "Hồ sơ %(code)s đã có kết quả. Nhận: %(link)s",
        "en": "The result of application %(code)s is ready: %(link)s",
    },
    "dossiers.handed_over": {
        "vi": "Kết quả hồ sơ %(code)s đã được trả. Xã phục vụ thế nào? %(rate)s",
        "en": "The result of application %(code)s was handed over. How did we do? %(rate)s",
    },
    HANDED_OVER_UNASKED: {
        "vi": "Kết quả hồ sơ %(code)s đã được trả. Không phải anh/chị nhận thì báo xã: %(link)s",
        "en": "The result of application %(code)s was handed over. If not to you, tell us: %(link)s",
    },
    "dossiers.part_done": {
        "vi": "Hồ sơ %(code)s: một phần đã xong ở cơ quan khác. Xem: %(link)s",
        "en": "Application %(code)s: another office finished its part. See: %(link)s",
    },
    "dossiers.part_refused": {
        "vi": "Hồ sơ %(code)s: cơ quan khác từ chối một phần, phần khác vẫn làm. Phải làm gì: %(link)s",
        "en": "Application %(code)s: another office refused its part, the others go on. What to do: %(link)s",
    },
    "dossiers.posted": {
        "vi": "Kết quả hồ sơ %(code)s đã gửi bưu chính, mã vận đơn %(tracking)s",
        "en": "The result of application %(code)s was posted, tracking number %(tracking)s",
    },
    "dossiers.post_returned": {
        "vi": "Bưu chính chưa giao được kết quả %(code)s, xã đang giữ. Mời đến quầy nhận. %(link)s",
        "en": "The post could not deliver the result of %(code)s. It is at our desk. %(link)s",
    },
}

LOOK_ANSWERED = "dossiers.look_answered"
_SMS[LOOK_ANSWERED] = {
    "vi": "Xã đã trả lời anh/chị: ai đã xem hồ sơ %(code)s. Xem: %(link)s",
    "en": "The commune answered: who looked at application %(code)s. See: %(link)s",
}

_EMAIL_SUBJECT = {
    "vi": "Hồ sơ %(code)s: %(procedure)s",
    "en": "Application %(code)s: %(procedure)s",
    "bn": "আবেদন %(code)s: %(procedure)s",
}
_EMAIL_END = {
    "vi": "\n\nThủ tục: %(procedure)s\n%(commune)s không bao giờ hỏi mật khẩu của anh/chị.",
    "en": "\n\nProcedure: %(procedure)s\n%(commune)s never asks for your password.",
    "bn": "\n\nসেবা: %(procedure)s\n%(commune)s কখনও আপনার পাসওয়ার্ড জানতে চায় না।",
}
_BENGALI_EMAIL = {
    "dossiers.received": "কমিউন আপনার আবেদন %(code)s পেয়েছে। দেখুন: %(link)s",
    "dossiers.held": "আবেদন %(code)s তৈরি হয়েছে, এখনও %(system)s-এ পাঠানো হয়নি। দেখুন: %(link)s",
    "dossiers.registered": "আবেদন %(code)s %(system)s-এ পাঠানো হয়েছে, কোড %(national_code)s",
    "dossiers.accepted": "আবেদন %(code)s গ্রহণ করা হয়েছে। উত্তরের শেষ সময়: %(due)s",
    "dossiers.refused": "আবেদন %(code)s গ্রহণ করা হয়নি। কারণ: %(link)s",
    "dossiers.more_asked": "আবেদন %(code)s-এ কাগজ বাকি আছে। যোগ করুন: %(link)s",
    "dossiers.supplement_received": "আবেদন %(code)s-এর বাকি কাগজ কমিউন পেয়েছে, কাজ চলছে।",
    "dossiers.payment_asked": "আবেদন %(code)s: ওয়ান-স্টপ ডেস্কে ফি %(fee)s দিন।",
    "dossiers.paid": "আবেদন %(code)s-এর ফি %(fee)s পাওয়া গেছে, কাজ চলছে।",
    "dossiers.waived": "আবেদন %(code)s-এর ফি মওকুফ করা হয়েছে, কাজ চলছে।",
    "dossiers.resumed": "কমিউন আবেদন %(code)s-এর কাজ আবার শুরু করেছে। দেখুন: %(link)s",
    "dossiers.extended": "দুঃখিত, আবেদন %(code)s-এ দেরি হচ্ছে; নতুন তারিখ %(new_due)s। কারণ: %(link)s",
    "dossiers.stopped": "কমিউন আবেদন %(code)s-এর কাজ থামিয়েছে। কারণ: %(link)s",
    "dossiers.withdrawn": "আবেদন %(code)s তুলে নেওয়া হয়েছে।",
    "dossiers.ready": "আবেদন %(code)s-এর ফলাফল তৈরি: %(link)s",
    "dossiers.handed_over": "আবেদন %(code)s-এর ফলাফল দেওয়া হয়েছে। আমাদের সেবা কেমন ছিল? %(rate)s",
    HANDED_OVER_UNASKED: "আবেদন %(code)s-এর ফলাফল দেওয়া হয়েছে। আপনি না নিয়ে থাকলে জানান: %(link)s",
    "dossiers.part_done": "আবেদন %(code)s: অন্য দপ্তর তাদের অংশ শেষ করেছে। দেখুন: %(link)s",
    "dossiers.part_refused": "আবেদন %(code)s: অন্য দপ্তর তাদের অংশ প্রত্যাখ্যান করেছে, বাকি কাজ চলছে। কী করবেন: %(link)s",
    "dossiers.posted": "আবেদন %(code)s-এর ফলাফল ডাকে পাঠানো হয়েছে, ট্র্যাকিং নম্বর %(tracking)s",
    "dossiers.post_returned": "ডাক আবেদন %(code)s-এর ফলাফল পৌঁছাতে পারেনি। সেটি আমাদের ডেস্কে আছে। %(link)s",
    LOOK_ANSWERED: "কমিউন উত্তর দিয়েছে: আবেদন %(code)s কে দেখেছেন। দেখুন: %(link)s",
}
"""E-mails alone: of Bengali an SMS bears 70 signs, and old phones show boxes for them, so that SMS stay in Vietnamese (decision 0060)."""

for _code, _texts in _SMS.items():
    notices.declare(
        _code,
        {
            "sms": _texts,
            "email": {
                language: {"subject": _EMAIL_SUBJECT[language], "body": text + _EMAIL_END[language]}
                for language, text in {**_texts, "bn": _BENGALI_EMAIL[_code]}.items()
            },
        },
    )

DRAFT_WITHDRAWN = "dossiers.draft_withdrawn"
LONGEST_NAME = 40

_WITHDRAWN = {
    "vi": "Thủ tục “%(procedure)s” đã thôi áp dụng, bản làm dở không nộp được: %(link)s",
    "en": "Procedure “%(procedure)s” has ended; your draft can't be sent: %(link)s",
}
_WITHDRAWN_BENGALI = {"bn": "সেবা “%(procedure)s” আর চালু নেই; অসমাপ্ত আবেদনটি জমা দেওয়া যাবে না: %(link)s"}
_WITHDRAWN_SUBJECT = {"vi": "Thủ tục đã thôi áp dụng", "en": "A procedure has ended", "bn": "একটি সেবা আর চালু নেই"}
_NO_PASSWORD = {
    "vi": "\n\n%(commune)s không bao giờ hỏi mật khẩu của anh/chị.",
    "en": "\n\n%(commune)s never asks for your password.",
    "bn": "\n\n%(commune)s কখনও আপনার পাসওয়ার্ড জানতে চায় না।",
}

notices.declare(
    DRAFT_WITHDRAWN,
    {
        "sms": _WITHDRAWN,
        "email": {
            language: {"subject": _WITHDRAWN_SUBJECT[language], "body": text + _NO_PASSWORD[language]}
            for language, text in {**_WITHDRAWN, **_WITHDRAWN_BENGALI}.items()
        },
    },
)

DRAFT_CHANGED = "dossiers.draft_changed"
_CHANGED = {
    "vi": "Thủ tục “%(procedure)s” có bản mới. Xem lại bản đang làm rồi nộp: %(link)s",
    "en": "Procedure “%(procedure)s” changed. Look at your draft, then send: %(link)s",
}
_CHANGED_BENGALI = {"bn": "সেবা “%(procedure)s”-এর নতুন সংস্করণ এসেছে। অসমাপ্ত আবেদনটি দেখে তারপর জমা দিন: %(link)s"}
_CHANGED_SUBJECT = {"vi": "Thủ tục có bản mới", "en": "A procedure has a new edition", "bn": "একটি সেবার নতুন সংস্করণ"}
notices.declare(
    DRAFT_CHANGED,
    {
        "sms": _CHANGED,
        "email": {
            language: {"subject": _CHANGED_SUBJECT[language], "body": text + _NO_PASSWORD[language]}
            for language, text in {**_CHANGED, **_CHANGED_BENGALI}.items()
        },
    },
)

DATA_LOOK_ANSWERED = "dossiers.data_look_answered"
_DATA_LOOK = {
    "vi": "Xã đã trả lời anh/chị: ai đã xem thông tin. Xem: %(link)s",
    "en": "The commune answered: who looked at your data. See: %(link)s",
}
_DATA_LOOK_BENGALI = {"bn": "কমিউন উত্তর দিয়েছে: আপনার তথ্য কে দেখেছেন। দেখুন: %(link)s"}
_DATA_LOOK_SUBJECT = {"vi": "Ai đã xem thông tin của anh/chị", "en": "Who looked at your data", "bn": "আপনার তথ্য কে দেখেছেন"}
notices.declare(
    DATA_LOOK_ANSWERED,
    {
        "sms": _DATA_LOOK,
        "email": {
            language: {"subject": _DATA_LOOK_SUBJECT[language], "body": text + _NO_PASSWORD[language]}
            for language, text in {**_DATA_LOOK, **_DATA_LOOK_BENGALI}.items()
        },
    },
)


def shortened(name: str) -> str:
    """Return a procedure's name cut to what a short message bears."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"
