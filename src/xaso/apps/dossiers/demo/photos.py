"""A drawn sheet that stands for a photographed paper."""

from datetime import datetime
from io import BytesIO

from PIL import Image, ImageDraw

from xaso.apps.dossiers.models import Attachment, Dossier
from xaso.platform import files


def attach_photo(dossier: Dossier, paper_id: str, at: datetime) -> None:
    """Attach a small picture of a sheet with grey lines to the dossier."""
    attach_picture(dossier, paper_id, jpeg_of(draw_sheet()), at)


def attach_picture(dossier: Dossier, paper_id: str, content: bytes, at: datetime) -> Attachment:
    """Attach a drawn paper to the dossier."""
    stored = files.keep(content, name="anh-giay-to.jpg", media_type="image/jpeg", commune_id=dossier.commune_id, now=at)
    return Attachment.objects.create(
        dossier=dossier, paper_id=paper_id, file=stored, name="anh-giay-to.jpg", source="demo", added_at=at, added_by=dossier.applicant_name
    )


def draw_sheet() -> Image.Image:
    """Return the sheet, marked as a sample."""
    picture = Image.new("RGB", (900, 1260), "#f4f1e8")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((40, 40, 860, 1220), outline="#8a8578", width=3)
    pen.text((300, 90), "GIAY MAU - BAN THU", fill="#444")
    for line in range(14):
        pen.line((110, 220 + line * 64, 790 - (line * 53) % 240, 220 + line * 64), fill="#77736a", width=6)
    return picture


def jpeg_of(picture: Image.Image) -> bytes:
    """Return the picture as a phone sends it."""
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=70)
    return buffer.getvalue()
