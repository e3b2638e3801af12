"""Columns that lists of several rooms share, so that one thing has one heading and one width."""

from django.utils.translation import gettext_lazy as _

from xaso.platform.sheets.declared import Column, Kind

AT = Column(_("Lúc"), Kind.MOMENT, 17)
DONE_AT = Column(_("Xong lúc"), Kind.MOMENT, 17)
DAY = Column(_("Ngày"), Kind.DAY, 12)
FROM_DAY = Column(_("Từ ngày"), Kind.DAY, 14)
TO_DAY = Column(_("Đến hết ngày"), Kind.DAY, 12)
PROCEDURE_CODE = Column(_("Mã thủ tục"), width=12)
PROCEDURE = Column(_("Thủ tục"), width=50)
RECIPIENT = Column(_("Người nhận"), width=28)
PHONE = Column(_("Điện thoại"), width=16)
VILLAGE = Column(_("Thôn"), width=20)
STATE = Column(_("Trạng thái"), width=26)
TRIES = Column(_("Số lần thử"), Kind.NUMBER, 10)
CONTENT = Column(_("Nội dung"), width=60)
SOURCE = Column(_("Nguồn"), width=50)
NOTE = Column(_("Ghi chú"), width=44)
