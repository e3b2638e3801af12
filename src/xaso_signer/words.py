"""What the program says to the official, in Vietnamese, English and Bengali; `XASO_SIGNER_LANGUAGE` chooses (vi, en, bn)."""

import os

LANGUAGES = ("vi", "en", "bn")
WORDS = {
    "title": ("Ký bằng USB token", "Sign with the USB token", "USB টোকেন দিয়ে স্বাক্ষর"),
    "asks": ("Trang {origin} xin chữ ký của:", "{origin} asks for a signature of:", "{origin} স্বাক্ষর চাইছে, স্বাক্ষরকারী:"),
    "papers": ("Giấy tờ sẽ ký:", "Papers to be signed:", "যে কাগজে স্বাক্ষর হবে:"),
    "pin": ("Mã PIN của USB token", "PIN of the USB token", "USB টোকেনের পিন"),
    "on_reader": ("Anh/chị gõ mã PIN trên bàn phím của đầu đọc", "Type the PIN on the reader's keypad", "রিডারের কিপ্যাডে পিন দিন"),
    "for_all": (
        "Một lần gõ PIN, ký cả {count} giấy ở trên",
        "One PIN entry signs all {count} papers above",
        "একবার পিন দিলে উপরের {count}টি কাগজে স্বাক্ষর হবে",
    ),
    "for_all_asked": (
        "Ký cả {count} giấy bằng một lần gõ PIN? [c/K] ",
        "Sign all {count} papers with one PIN entry? [y/N] ",
        "একবার পিন দিয়ে {count}টি কাগজে স্বাক্ষর? [y/N] ",
    ),
    "first_alone": ("Chỉ ký giấy thứ nhất.", "Only the first paper will be signed.", "কেবল প্রথম কাগজে স্বাক্ষর হবে।"),
    "was_wrong": ("Mã PIN vừa gõ chưa đúng.", "That PIN was wrong.", "পিনটি ভুল ছিল।"),
    "some_wrong": (
        "Token cho biết đã có lần gõ sai PIN. Sai thêm vài lần nữa token sẽ tự khóa.",
        "The token says that a wrong PIN was typed before. A few more and it locks itself.",
        "টোকেন জানাচ্ছে আগে ভুল পিন দেওয়া হয়েছে। আরও কয়েকবার ভুল হলে টোকেন লক হবে।",
    ),
    "last": (
        "Token chỉ còn một lần gõ PIN. Gõ sai nữa là token tự khóa.",
        "The token leaves one try. Another wrong PIN locks it.",
        "টোকেনে আর একবার চেষ্টা বাকি। আবার ভুল হলে টোকেন লক হবে।",
    ),
    "sign": ("Ký", "Sign", "স্বাক্ষর করুন"),
    "decline": ("Không ký", "Do not sign", "স্বাক্ষর নয়"),
    "decline_by_empty": (
        "Để trống và nhấn Enter là không ký.",
        "Leave it empty and press Enter not to sign.",
        "খালি রেখে Enter চাপলে স্বাক্ষর হবে না।",
    ),
    "running": ("Chương trình ký đang chạy trên máy này.", "The signing program runs on this computer.", "স্বাক্ষর প্রোগ্রাম চলছে।"),
    "allowed": ("Trang được phép xin chữ ký:", "Pages that may ask:", "যে পাতা স্বাক্ষর চাইতে পারে:"),
    "none_allowed": (
        "Chưa có trang nào được phép. Chạy: xaso-signer allow https://…",
        "No page is allowed yet. Run: xaso-signer allow https://…",
        "এখনও কোনো পাতা অনুমোদিত নয়। চালান: xaso-signer allow https://…",
    ),
    "no_module": (
        "Chưa khai thư viện PKCS#11 của token. Chạy: xaso-signer module ĐƯỜNG-DẪN",
        "No PKCS#11 module is set. Run: xaso-signer module PATH",
        "PKCS#11 মডিউল দেওয়া হয়নি। চালান: xaso-signer module PATH",
    ),
    "bad_origin": (
        "Địa chỉ phải đầy đủ và bắt đầu bằng https://, không có dấu sao: {text}",
        "The address must be whole and begin with https://, without wildcards: {text}",
        "ঠিকানা সম্পূর্ণ ও https:// দিয়ে শুরু হতে হবে, তারকা ছাড়া: {text}",
    ),
    "bad_module": (
        "Không mở được thư viện này như một thư viện PKCS#11: {text}",
        "This file can't be opened as a PKCS#11 module: {text}",
        "এই ফাইল PKCS#11 মডিউল হিসেবে খোলা যায়নি: {text}",
    ),
    "port_taken": (
        "Cổng {port} đang bận: có lẽ chương trình ký đã chạy rồi.",
        "Port {port} is taken: the program may run already.",
        "পোর্ট {port} ব্যস্ত: প্রোগ্রাম হয়তো আগেই চলছে।",
    ),
    "saved": ("Đã ghi.", "Saved.", "সংরক্ষিত।"),
    "no_token": ("Không thấy token nào.", "No token is there.", "কোনো টোকেন নেই।"),
    "token_trouble": (
        "Không đọc được token. Cắm lại token rồi thử lại.",
        "The token can't be read. Plug it in anew.",
        "টোকেন পড়া যায়নি। আবার লাগান।",
    ),
}


def say(key: str, **facts: object) -> str:
    """Return the words in the chosen language."""
    chosen = os.environ.get("XASO_SIGNER_LANGUAGE", "vi")
    words = WORDS[key][LANGUAGES.index(chosen) if chosen in LANGUAGES else 0]
    return words.format(**facts)
