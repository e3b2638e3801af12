"""The screens of an application in their order: who applies, the questions, one screen a paper, the check."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from xaso.apps.dossiers.actions.renewing import later_version
from xaso.apps.dossiers.models import Draft
from xaso.apps.procedures import facade as procedures
from xaso.kernel.forms import in_language
from xaso.kernel.worktime import VN
from xaso.platform import clock

APPLICANT, CHECK, PAPER = "nguoi-nop", "kiem-tra", "giay-"
MOST_AHEAD = 3


@dataclass(frozen=True)
class Stop:
    """One screen: `kind` is applicant, questions, paper or check; `key` is the form's screen or the paper it is about."""

    slug: str
    kind: str
    title: str
    key: str = ""


class Journey:
    """Where a draft stands on its way. Screens appear and go with the answers."""

    def __init__(self, draft: Draft, version: procedures.ProcedureVersion, language: str) -> None:
        questions = [
            Stop(screen.id, "questions", in_language(dict(screen.title), language), screen.id)
            for screen in version.form.screens_for(draft.answers)
        ]
        papers = [
            Stop(f"{PAPER}{paper.id}", "paper", in_language(paper.name, language), paper.id)
            for paper in version.papers_asked(draft.answers, draft.channel)
        ]
        self._version = version
        self.stops = [
            Stop(APPLICANT, "applicant", _("Xã liên lạc với anh/chị bằng cách nào?")),
            *questions,
            *papers,
            Stop(CHECK, "check", _("Anh/chị xem lại trước khi nộp")),
        ]

    def stop(self, slug: str) -> Stop | None:
        """Return the screen at an address; None when these answers have none there."""
        return next((stop for stop in self.stops if stop.slug == slug), None)

    def after(self, stop: Stop) -> Stop:
        """Return the next screen; the check comes last and stays."""
        place = self.stops.index(stop)
        return self.stops[min(place + 1, len(self.stops) - 1)]

    def ahead(self, stop: Stop) -> list[Stop]:
        """Return the next screens, as far as nothing that is answered from this one on can make them others. The check is never one."""
        place = self.stops.index(stop)
        sure: list[Stop] = []
        for here, following in pairwise(self.stops[place : place + MOST_AHEAD + 1]):
            if following.kind == "check" or self._decides(here):
                break
            sure.append(following)
        return sure

    def _decides(self, stop: Stop) -> bool:
        if stop.kind != "questions":
            return False
        form, screen = self._version.form, self._version.form.screen(stop.key)
        return screen is None or form.decides(screen, (one for paper in self._version.papers for one in paper.conditions))

    def before(self, stop: Stop) -> Stop | None:
        """Return the screen before, None at the first."""
        place = self.stops.index(stop)
        return self.stops[place - 1] if place else None

    def progress(self, stop: Stop) -> dict[str, Any]:
        """Return place and number of screens, and per screen whether it is done, now or to come."""
        place = self.stops.index(stop)
        marks = ["xong" if number < place else "nay" if number == place else "" for number in range(len(self.stops))]
        return {"place": place + 1, "count": len(self.stops), "marks": marks}


def begun_shown(draft: Draft, language: str) -> dict[str, Any]:
    """Return a draft as a line to go on with: what it applies for, where it stopped, when it was kept."""
    version = procedures.get_version(draft.version_id)
    journey = Journey(draft, version, language)
    stop = journey.stop(draft.screen) or journey.stops[0]
    return {
        "id": draft.id,
        "code": version.code,
        "name": version.name(language),
        "about": stop.title,
        "updated_at": draft.updated_at,
        "withdrawn": procedures.is_withdrawn(version),
        "changed": later_version(draft, on=clock.now().astimezone(VN).date()) is not None,
    }
