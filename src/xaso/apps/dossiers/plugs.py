"""What this room adds to pages and loops that collect from all rooms."""

from datetime import datetime

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from xaso.apps.dossiers import access, listening, queries, specimens, words
from xaso.apps.dossiers.actions import looking, searching
from xaso.apps.dossiers.actions.arrivals import erase_unconfirmed, warn_of_unconfirmed
from xaso.apps.dossiers.actions.numbers import void_abandoned_numbers
from xaso.apps.dossiers.actions.paces import reckon_paces_daily
from xaso.apps.dossiers.actions.reading import read_next_page
from xaso.apps.dossiers.actions.signing_rounds_work import sign_next
from xaso.apps.dossiers.demo import load_demo_arrivals, load_demo_dossiers, load_demo_texts
from xaso.apps.dossiers.flow import WORK
from xaso.apps.dossiers.look_work import open_look_questions
from xaso.apps.dossiers.orphans import left_behind, passing_on_standing
from xaso.apps.dossiers.outside import MOVES, outside_view
from xaso.apps.dossiers.pages import post_charge
from xaso.apps.dossiers.pages.offline import STATICS, addresses_to_keep
from xaso.apps.dossiers.pages.post_charge import ADDRESS as POST_CHARGE
from xaso.apps.dossiers.pages.searching import address_of, held_back_in_words
from xaso.apps.dossiers.pages.supplement_from_phones import PAGE as SUPPLEMENT_PAGE
from xaso.apps.dossiers.procedure_names import plain_name
from xaso.apps.dossiers.round_work import open_rounds
from xaso.apps.dossiers.shown_pace import why_in_words
from xaso.apps.dossiers.telling_drafts import tell_changed
from xaso.apps.dossiers.verification import find_card
from xaso.apps.people import facade as people
from xaso.apps.people.facade import Role
from xaso.kernel.worktime import VN
from xaso.platform import clock
from xaso.platform import registries as r
from xaso.platform.actor import Actor
from xaso.platform.demo import DemoLoader, loaders
from xaso.platform.listening import ListenSource, sources
from xaso.platform.worker import WorkerStep, steps

POST_CHARGE_ACTS = {"dossiers.set_post_charge": _("Đặt cước bưu chính")}
EXTENDERS = WORK.roles_for("extend", "examining")


def _waiting(actor: Actor, now: datetime) -> list[r.WorkItem]:
    waiting = queries.waiting_for(actor)
    passed_on = queries.newly_passed_on(actor, waiting)
    return [_work_item(dossier, passed_on.get(dossier.id, "")) for dossier in waiting]


def _work_item(dossier: queries.Listed, passed_on_by: str = "") -> r.WorkItem:
    label, tone = words.STATES[dossier.state]
    passed_on = gettext("Được bàn giao từ %(who)s") % {"who": passed_on_by} if passed_on_by else ""
    return r.WorkItem(
        key=dossier.code,
        title=plain_name(dossier),
        detail=" · ".join(filter(None, (passed_on, dossier.applicant_name, dossier.village_name))),
        stage=label,
        stage_tone=tone,
        url=f"/ho-so/{dossier.code}/",
        due_at=dossier.due_at,
        clock_stopped=dossier.paused_at is not None,
    )


def _soon_late(actor: Actor, now: datetime) -> list[r.SoonLate]:
    may_extend = not EXTENDERS.isdisjoint(actor.roles)
    warned = queries.soon_late_dossiers(actor, now=now)
    if not warned or actor.commune_id is None:
        return []
    calendar = people.calendar_of(actor.commune_id)
    return [
        r.SoonLate(
            item=_work_item(one.dossier),
            why=why_in_words(one, calendar, now),
            holder=one.dossier.assignee_name or "",
            act=_("Xin lỗi"),
            act_url=f"/ho-so/{one.dossier.code}/?mo=xin-loi#xin-loi" if may_extend and not one.is_extended else "",
        )
        for one in warned
    ]


def _find(actor: Actor, text: str, limit: int) -> list[r.SearchHit]:
    if actor.holds(*access.CASE_ROLES):
        looking.note_search(actor, text, now=clock.now())
    if held := searching.held_back(actor, text, now=clock.now()):
        return [r.SearchHit(held_back_in_words(len(held)), gettext("Bấm để ghi vì sao tìm"), address_of(text))]
    return [
        r.SearchHit(f"{dossier.code} · {dossier.applicant_name}", plain_name(dossier), f"/ho-so/{dossier.code}/")
        for dossier in queries.find_dossiers(actor, text, limit)
    ]


def _unconfirmed(actor: Actor, now: datetime) -> list[r.WorkItem]:
    """Return one line for all that phones sent and nobody vouched for; it grows urgent before the oldest is erased."""
    if not queries.unconfirmed_count(actor):
        return []
    waiting = queries.list_unconfirmed(actor, now=now)
    number = len(waiting)
    counted = ngettext("%(number)s hồ sơ từ điện thoại", "%(number)s hồ sơ từ điện thoại", number) % {"number": number}
    day = min(one.erased_at for one in waiting).astimezone(VN).strftime("%d/%m/%Y")
    is_urgent = any(one.is_nearly_erased for one in waiting)
    item = r.WorkItem(
        key=gettext("Điện thoại"),
        title=gettext("Chờ xác nhận người nộp"),
        detail=gettext("%(counted)s, cũ nhất sẽ bị xóa ngày %(day)s") % {"counted": counted, "day": day},
        stage=_("Sắp bị xóa") if is_urgent else _("Chờ người nộp hoặc quầy"),
        stage_tone="son" if is_urgent else "nghe",
        url="/mot-cua/cho-xac-nhan/",
        due_at=None,
    )
    return [item]


def _none_finished(_actor: Actor, _now: datetime) -> int:
    """Tell that nothing is counted: what was confirmed is a dossier from then on."""
    return 0


def _desk_count(actor: Actor, now: datetime) -> int:
    return queries.intake_count(actor)


r.tiles.add(r.Tile("follow", _("Hồ sơ của tôi đến đâu?"), "clock", "/ho-so-cua-toi/", order=20))
r.rail.add(r.RailEntry("desk", _("Một cửa"), "people", "/mot-cua/", frozenset({Role.DESK.value}), order=20, count=_desk_count))
r.rail.add(r.RailEntry("register", _("Hồ sơ"), "file", "/so-theo-doi/", access.CASE_ROLES, order=30))
r.rail.add(r.RailEntry("passing_on", _("Bàn giao"), "people", "/ban-giao/", frozenset(access.MAY_PASS_ON), order=33))
r.rail.add(r.RailEntry("statistics", _("Thống kê"), "list", "/thong-ke/", access.STATISTICS_ROLES, order=33))
r.rail.add(r.RailEntry("gaps", _("Số bỏ"), "list", "/so-theo-doi/so-bo/", frozenset({Role.CLERK.value, Role.CENTRE_HEAD.value}), order=35))
r.rail.add(r.RailEntry("sign_many", _("Ký nhiều"), "seal", "/ky-nhieu/", frozenset({Role.SIGNER.value}), order=31))
r.work.add(r.WorkSource("signing_rounds", open_rounds, _none_finished))
r.left_behind.add(r.LeftBehind("dossiers", left_behind, "/ban-giao/?tu=%s"))
r.set_up.add(r.SetUpPart("passing_on", _("Bàn giao hồ sơ"), "people", "/ban-giao/", passing_on_standing, order=32))
r.set_up.add(r.SetUpPart("post_charge", _("Cước bưu chính"), "mail", POST_CHARGE, post_charge.standing, order=41, acts=POST_CHARGE_ACTS))
r.soon_late.add(r.SoonLateSource("dossiers", _soon_late))
r.rail.add(r.RailEntry("post", _("Bưu chính"), "mail", "/mot-cua/buu-chinh/", frozenset({Role.CLERK.value}), order=32))
r.work.add(r.WorkSource("dossiers", _waiting, queries.finished_since))
r.work.add(r.WorkSource("arrivals", _unconfirmed, _none_finished))
r.rail.add(r.RailEntry("looks", _("Ai đã xem"), "search", "/ai-da-xem/cau-hoi/", access.LOOK_ROLES, order=36))
r.work.add(r.WorkSource("look_questions", open_look_questions, _none_finished))
r.searches.add(r.SearchSource("dossiers", _("Hồ sơ"), _find))
r.verifiable.add(r.VerifiableSource("dossiers", find_card))
r.specimens.add(r.Specimen("filing", "citizens", "dossiers/specimen_citizens.html", specimens.citizens))
r.specimens.add(r.Specimen("desk", "officials", "dossiers/specimen_officials.html", specimens.officials, ("dossiers/desk.css",)))
r.api_scopes.add(r.ApiScope("dossiers:create", _("Nộp hồ sơ"), order=10))
r.api_scopes.add(r.ApiScope("dossiers:read", _("Đọc hồ sơ"), order=20))
r.api_scopes.add(r.ApiScope("dossiers:move", _("Chuyển bước hồ sơ"), order=30))
for number, verb in enumerate(MOVES):
    r.outside_events.add(r.OutsideEvent(f"dossiers.{verb}", words.VERBS[verb], outside_view, order=number))
steps.add(WorkerStep("warnings of unconfirmed arrivals", warn_of_unconfirmed, order=90))
steps.add(WorkerStep("unconfirmed arrivals", erase_unconfirmed, order=91))
steps.add(WorkerStep("signing rounds", sign_next, order=44))
steps.add(WorkerStep("drafts of changed procedures", tell_changed, order=91))
steps.add(WorkerStep("paces", reckon_paces_daily, order=92))
steps.add(WorkerStep("reading of papers", read_next_page, order=85))
steps.add(WorkerStep("abandoned numbers", void_abandoned_numbers, order=90))
loaders.add(DemoLoader("dossiers", load_demo_dossiers, order=70))
loaders.add(DemoLoader("arrivals", load_demo_arrivals, order=71))
r.on_phone.add(r.OnPhone("forms", addresses_to_keep, statics=STATICS, order=20))
r.on_phone.add(r.OnPhone("supplement", lambda _request: [SUPPLEMENT_PAGE], order=15))
sources.add(ListenSource("dossiers", listening.pages, order=40))
loaders.add(DemoLoader("texts", load_demo_texts, order=72))
