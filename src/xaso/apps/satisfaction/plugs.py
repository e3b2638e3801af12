"""What this room adds to pages and loops that collect from all rooms."""

from django.utils.translation import gettext_lazy as _

from xaso.apps.satisfaction import access
from xaso.apps.satisfaction.actions.answering import count_closed
from xaso.apps.satisfaction.actions.asking import ASKED
from xaso.apps.satisfaction.demo import load_demo_answers
from xaso.apps.satisfaction.shown import faces_shown
from xaso.platform.demo import DemoLoader, loaders
from xaso.platform.personal_data import ConsentPurpose, consent_purposes
from xaso.platform.registries import RailEntry, Specimen, rail, specimens
from xaso.platform.worker import WorkerStep, steps

consent_purposes.add(
    ConsentPurpose(
        ASKED,
        _("Hỏi tôi có hài lòng không sau mỗi kết quả"),
        _(
            "Sau mỗi kết quả, xã hỏi tôi một câu có hài lòng không, trong tin nhắn báo đã trả kết quả. Trả lời hay không là tùy tôi. "
            "Xã vẫn hỏi đến khi tôi bảo thôi."
        ),
        version=1,
        until_refused=True,
        order=30,
    )
)
rail.add(RailEntry("satisfaction", _("Mức hài lòng"), "chart", "/hai-long/", frozenset(access.LEADERS), order=60))
rail.add(RailEntry("asking-screen", _("Màn hình hỏi ý kiến"), "people", "/hai-long/man-hinh/", frozenset({access.DESK}), order=62))
specimens.add(Specimen("faces", "citizens", "satisfaction/specimen.html", lambda: {"faces": faces_shown()}, ("satisfaction/faces.css",)))
steps.add(WorkerStep("satisfaction", count_closed, order=60))
loaders.add(DemoLoader("satisfaction", load_demo_answers, order=80))
