"""What of this room is read aloud ahead of time: the way in, the questions of every form, the fixed words of a person's pages."""

from collections.abc import Iterable, Iterator
from functools import partial
from uuid import UUID

from django.utils.translation import gettext as _

from xaso.apps.procedures import facade as procedures
from xaso.kernel.forms import Field
from xaso.kernel.worktime import VN
from xaso.platform import clock
from xaso.platform.listening import Listenable, fixed_texts

OF_APPLYING = tuple(
    f"dossiers/filing_{name}.html" for name in ("applicant", "base", "check", "paper", "photo", "questions", "start", "taken")
)
OF_FOLLOWING = tuple(f"dossiers/{name}.html" for name in ("look_up", "mine", "mine_one", "return_way", "who_looked"))


def pages(commune_id: UUID) -> Iterator[Listenable]:
    """Yield the pages, and the texts of those that need a draft or a dossier."""
    yield Listenable("/tra-cuu/")
    yield Listenable("/may-nay/bo-sung/")
    yield Listenable("chu:nop-ho-so", _("Các bước nộp hồ sơ"), partial(fixed_texts, *OF_APPLYING))
    yield Listenable("chu:ho-so-cua-toi", _("Hồ sơ của tôi"), partial(fixed_texts, *OF_FOLLOWING))
    for version in procedures.versions_in_force(clock.now().astimezone(VN).date()):
        if procedures.is_guided(commune_id, version):
            continue
        yield Listenable(f"/nop-ho-so/{version.code}/", version.plain_name["vi"])
        yield Listenable(f"/ngoai-tuyen/{version.code}/", version.plain_name["vi"])
        title = _("Tờ khai: %(name)s") % {"name": version.plain_name["vi"]}
        yield Listenable(f"khai:{version.code}", title, partial(form_texts, version), is_vietnamese=True)


def form_texts(version: procedures.ProcedureVersion) -> Iterator[str]:
    """Yield what the screens of a form say, whatever is answered, and what each paper is called."""
    for screen in version.form.screens:
        yield screen.title.get("vi", "")
        yield screen.intro.get("vi", "")
        yield from _field_texts(version.form.field(name) for name in screen.fields)
    for paper in version.papers:
        yield paper.name.get("vi", "")
        yield paper.note.get("vi", "")


def _field_texts(fields: Iterable[Field]) -> Iterator[str]:
    for field in fields:
        yield field.label.get("vi", "")
        yield field.hint.get("vi", "")
        yield from (option.label.get("vi", "") for option in field.options)
        if field.reminder:
            yield field.reminder.text.get("vi", "")
        yield from _field_texts(field.fields)
