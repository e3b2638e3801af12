"""What tests of SMPP share: texts, settings for the stand-in, a call, and waiting for receipts."""

import dataclasses
import time
from typing import Any

from xaso.apps.notices.adapters.smpp import SmppSettings
from xaso.apps.notices.adapters.smpp_session import SmppAccount
from xaso.apps.notices.ports import Receipt, ReceiptPort, SmsPort
from xaso.apps.notices.testing import StandInCentre
from xaso.kernel.identifiers import uuid7

PHONE = "0912345678"
SHORT = "Hồ sơ XS-261123-0007 đã có kết quả."
LONG = "Hồ sơ XS-261123-0007 đã có kết quả. Anh/chị mang giấy hẹn đến quầy một cửa để nhận. " * 3
PLAIN = "Ho so XS-261123-0007 {da} co ket qua, le phi 5 EUR = [5 €]. "


def settings_for(centre: StandInCentre, *, timeout_seconds: float = 1, enquire_seconds: float = 30, **facts: Any) -> SmppSettings:
    account = SmppAccount("127.0.0.1", centre.port, "xaso", "thu-smpp", timeout_seconds=timeout_seconds, enquire_seconds=enquire_seconds)
    return dataclasses.replace(SmppSettings(account, "XABAONHAI", (5, 0), per_second=1000), **facts)


def send(port: SmsPort, text: str = SHORT) -> str:
    return port.send(phone=PHONE, text=text, reference=str(uuid7()))


def told(port: ReceiptPort, how_many: int = 1, seconds: float = 5) -> list[Receipt]:
    """Return the receipts as soon as there are so many."""
    end = time.monotonic() + seconds
    while len(found := port.reports()) < how_many:
        assert time.monotonic() < end, found
        time.sleep(0.02)
    return found
