"""A few papers of the demo that were digitised: three may be used again, one waits to be compared."""

from datetime import datetime, timedelta
from io import BytesIO

from PIL import Image, ImageDraw

from xaso.apps.dossiers.actions import reading
from xaso.apps.dossiers.demo.photos import attach_picture, draw_sheet, jpeg_of
from xaso.apps.dossiers.models import Dossier, Finding, Reading
from xaso.kernel.worktime import VN
from xaso.platform.actor import Actor

PROCEDURE, PAPER = "1.001193", "residence_proof"
COUNT = 4
PLACE = (110, 150, 620, 200)
VALID_FOR = timedelta(days=365)


def digitise_some(officer: Actor, now: datetime) -> None:
    """Give the newest births of the counter a proof of residence, read by the machine and, but for the last one, compared."""
    assert officer.commune_id is not None
    solved = Dossier.objects.filter(commune_id=officer.commune_id, procedure_code=PROCEDURE, state="solved", channel="counter")
    for place, dossier in enumerate(solved.order_by("-submitted_at", "id")[:COUNT]):
        finding = _read(dossier, dossier.submitted_at + timedelta(minutes=2))
        if place < COUNT - 1:
            valid_until = now.astimezone(VN).date() + VALID_FOR if place else None
            said = reading.Confirmed({finding.id: finding.read}, (dossier.applicant_name,), reusable=True, valid_until=valid_until)
            reading.confirm(officer, finding.reading.attachment_id, said, now=dossier.submitted_at + timedelta(minutes=9))


def _read(dossier: Dossier, at: datetime) -> Finding:
    picture, number = draw_sheet(), dossier.applicant_personal_number
    ImageDraw.Draw(picture).text(PLACE[:2], f"So dinh danh: {number}", fill="#222", font_size=34)
    attachment = attach_picture(dossier, PAPER, jpeg_of(picture), at)
    made = {"state": "read", "pages_count": 1, "pages": [["GIAY MAU - BAN THU", f"So dinh danh: {number}"]]}
    read = Reading.objects.create(attachment=attachment, asked_at=at, asked_by="Dữ liệu dùng thử", **made)
    cut = {"commune_id": dossier.commune_id, "dossier": dossier, "page": 1, "number": 1}
    return Finding.objects.create(reading=read, read=number, picture=_png(picture.crop(PLACE)), **cut)


def _png(picture: Image.Image) -> bytes:
    buffer = BytesIO()
    picture.convert("L").save(buffer, "PNG")
    return buffer.getvalue()
