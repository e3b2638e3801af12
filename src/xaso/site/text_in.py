"""`xaso text-in`: a citizen's phone for the demo. Puts an SMS where the demo commune takes them in, and waits for the answer."""

import json
import sys
import time
from pathlib import Path

from django.conf import settings

WAIT_SECONDS = 10.0


def text_in(phone: str, text: str) -> int:
    """Send the text and print the answers; returns 1 when there is no demo to send it to, 0 also when it stays unanswered."""
    from xaso.apps.notices.adapters.file import FileSms
    from xaso.apps.notices.options import SMS_WAY
    from xaso.apps.notices.rules import sendable_phone

    if SMS_WAY.value() != "file":
        sys.stderr.write("XASO_SMS không phải là file: chỉ bản dùng thử nhận tin theo cách này (only the demo takes SMS this way)\n")
        return 1
    files = FileSms(Path(settings.DATA_DIR) / "outbox-demo")
    before = _answers(files.path, sendable_phone(phone) or phone)
    files.text_in(phone, text)
    end = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < end:
        answers = _answers(files.path, sendable_phone(phone) or phone)
        if len(answers) > len(before):
            sys.stdout.write("\n".join(answers[len(before) :]) + "\n")
            return 0
        time.sleep(0.2)
    sys.stdout.write("(không có tin trả lời: xem /tin-nhan/den/)\n")
    return 0


def _answers(path: Path, phone: str) -> list[str]:
    if not path.exists():
        return []
    lines = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [line["text"] for line in lines if line["phone"] == phone]
