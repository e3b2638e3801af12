"""What this room adds to pages and loops that collect from all rooms."""

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xaso.apps.speech import access, queries, specimens, words
from xaso.apps.speech.actions.collecting import Reader
from xaso.apps.speech.actions.making import speak_ahead
from xaso.apps.speech.adapters.espeak import PACKAGE
from xaso.apps.speech.demo import load_demo_voices
from xaso.apps.speech.texts import can_speak
from xaso.platform.demo import DemoLoader, loaders
from xaso.platform.errors import fixed_words
from xaso.platform.forms.words import fixed_form_words
from xaso.platform.listening import Listenable, ListenSource, Speaker, fixed_texts, sources, speakers
from xaso.platform.registries import RailEntry, SetUpPart, Specimen, Standing, rail, set_up
from xaso.platform.registries import specimens as shown
from xaso.platform.worker import WorkerStep, steps

PLACE = "/quan-tri/giong-noi/"
SHELL = ("xaso/form/error_summary.html", "xaso/form/said.html", "xaso/form/screen.html", "xaso/form/summary.html", "xaso/form/table.html")


def _found(_commune_id: UUID) -> Iterator[Listenable]:
    yield Listenable("loi:to-khai", _("Lời báo lỗi của tờ khai"), fixed_form_words)
    yield Listenable("loi:chung", _("Lời báo chung"), fixed_words)
    yield Listenable("chu:to-khai", _("Chữ chung của tờ khai"), lambda: fixed_texts(*SHELL))


def _standing(commune_id: UUID) -> Standing:
    if not can_speak():
        return Standing("nghe", gettext("Máy chủ chưa có giọng đọc: apt install %(package)s") % {"package": PACKAGE})
    spoken = sum(one.heard for one in queries.coverage(commune_id))
    return Standing("la", gettext("Máy đọc tiếng Việt, %(count)s câu có người đọc") % {"count": spoken})


sources.add(ListenSource("errors", _found, order=90))
speakers.add(Speaker("machine", can_speak))
rail.add(RailEntry("voices", _("Giọng đọc"), "ear", PLACE, access.RECORDERS | access.APPROVERS, order=64))
set_up.add(SetUpPart("voices", _("Giọng đọc"), "ear", PLACE, _standing, order=66, acts=words.ACTS))
shown.add(Specimen("voices", "officials", "speech/specimen.html", specimens.voices, ("speech/voices.css",)))
steps.add(WorkerStep("pages to read aloud", Reader().read_next, order=82))
steps.add(WorkerStep("speech", speak_ahead, order=83))
loaders.add(DemoLoader("speech", load_demo_voices, order=90))
