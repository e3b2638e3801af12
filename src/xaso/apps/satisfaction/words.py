"""What the faces are called, and the tone they are shown in."""

from django.utils.translation import gettext_lazy as _

FACES = {
    5: (_("Rất hài lòng"), "la"),
    4: (_("Hài lòng"), "la"),
    3: (_("Bình thường"), "cham"),
    2: (_("Chưa hài lòng"), "nghe"),
    1: (_("Rất không hài lòng"), "son"),
}

MOUTHS = {5: "M13 27q11 14 22 0z", 4: "M14 29q10 9 20 0", 3: "M14 31h20", 2: "M14 34q10-9 20 0", 1: "M13 36q11-14 22 0z"}
"""How the mouth of each face is drawn, in a field of 48."""

CLOSED = {
    "closed": _("Câu hỏi này đã được trả lời và đã khép. Cảm ơn anh/chị."),
    "expired": _("Đường dẫn này đã quá 30 ngày nên không trả lời được nữa. Anh/chị vẫn góp ý được ở quầy một cửa."),
    "staff": _("Câu hỏi này dành cho người dân. Cán bộ không trả lời thay."),
}
