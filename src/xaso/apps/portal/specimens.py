"""Sample data for the page of specimens."""

from typing import Any

from django.utils.translation import gettext as _

from xaso.apps.portal.articles import Link, Step, Text


def article() -> dict[str, Any]:
    """Return the steps of an article: one with a note and a link, one with a warning."""
    search = Link("/kieu-mau/", _("Tìm thủ tục"))
    steps = (
        Step(_("Tìm thủ tục"), _("Anh/chị cần làm thủ tục gì?"), _("Không cần giấy tờ gì thêm."), "", (search,)),
        Step(_("Nộp hồ sơ"), _("Anh/chị xem lại trước khi nộp"), "", _("Bỏ rồi thì những gì đã ghi và ảnh đã gửi không lấy lại được."), ()),
    )
    return {"article_text": Text("", "", "", steps, (), is_reviewed=True)}
