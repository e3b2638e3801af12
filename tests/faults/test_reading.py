"""kill -9 of the worker in the middle of a reading: what was read stays, nothing is read twice, and another worker takes over."""

import subprocess
import sys
import time

import pytest

from tests.faults.conftest import Official, Programs
from xaso.platform import ocr
from xaso.platform.tests.ocr_samples import NUMBER

PAGES = 4
PATIENCE_SECONDS, LOOKS_SECONDS = 90, 3
GIVE_A_PAPER = """
from io import BytesIO
import django
django.setup()
from PIL import Image
from xaso.apps.dossiers.models import Attachment, Dossier
from xaso.platform import clock, files
from xaso.platform.tests.ocr_samples import photo
pages = [Image.open(BytesIO(photo(180 if number == 2 else 0))) for number in range(1, {pages} + 1)]
target = BytesIO()
pages[0].save(target, "PDF", save_all=True, append_images=pages[1:], resolution=200)
dossier, now = Dossier.objects.filter(state="examining").order_by("code").first(), clock.now()
stored = files.keep(target.getvalue(), name="giay.pdf", media_type="application/pdf", commune_id=dossier.commune_id, now=now)
given = dict(dossier=dossier, paper_id="other", file=stored, name="giay.pdf", source="scanner", added_at=now, added_by="máy quét")
print(dossier.code, Attachment.objects.create(**given).id)
"""
"""A scan of some pages, the second upside down, given to an open dossier."""
RUN_OUT = """
import django
django.setup()
from xaso.apps.dossiers.models import Reading
from xaso.platform import clock
from datetime import timedelta
Reading.objects.filter(state="reading").update(leased_until=clock.now() - timedelta(seconds=1))
"""
"""As if the dead worker's five minutes were over."""

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(bool(ocr.missing_packages()), reason="tesseract, its Vietnamese or poppler-utils is not installed"),
]


def test_a_worker_killed_while_it_reads_loses_and_doubles_nothing(web: Programs) -> None:
    code, attachment_id = _run(web, GIVE_A_PAPER.format(pages=PAGES)).split()
    official, address = Official(web.live.port, "tiepnhan"), f"/ho-so/{code}/so-hoa/{attachment_id}/"
    why = f"csrfmiddlewaretoken={official.form_token(f'/ho-so/{code}/')}&purpose=helping"
    assert official.call("POST", f"/ho-so/{code}/xem/", why)[0] == 302
    official.call("POST", address, f"csrfmiddlewaretoken={official.form_token(address)}&do=read")
    web.start("work")
    mine = f"attachment_id = '{web.row_id(attachment_id)}'"
    _wait_for(web, f"{mine} AND state = 'reading' AND leased_until IS NOT NULL AND pages_count = {PAGES}")
    web.kill("work")
    kept = web.ask(f"SELECT pages FROM dossiers_reading WHERE {mine}")

    web.start("work")
    time.sleep(LOOKS_SECONDS)
    assert web.ask(f"SELECT pages FROM dossiers_reading WHERE {mine}") == kept, "a lease that still runs was taken over"
    _run(web, RUN_OUT)
    _wait_for(web, f"{mine} AND state = 'read' AND leased_until IS NULL")

    found = web.ask(
        "SELECT page, count(*) FROM dossiers_finding JOIN dossiers_reading ON dossiers_reading.id = reading_id "
        f"WHERE {mine} AND read = '{NUMBER}' GROUP BY page ORDER BY page"
    )
    assert found == [(page, 1) for page in range(1, PAGES + 1)]
    doubled = web.ask(
        "SELECT page, number FROM dossiers_finding JOIN dossiers_reading ON dossiers_reading.id = reading_id "
        f"WHERE {mine} GROUP BY page, number HAVING count(*) > 1"
    )
    assert doubled == []


def _run(web: Programs, script: str) -> str:
    environment = web.live.all_variables | {"DJANGO_SETTINGS_MODULE": "xaso.site.settings.demo"}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _wait_for(web: Programs, condition: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not web.count("dossiers_reading", condition):
        assert time.monotonic() < deadline, web.log("work")[-3000:]
        time.sleep(0.05)
