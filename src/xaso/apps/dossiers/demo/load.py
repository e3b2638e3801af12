"""Tells the stories of some two hundred dossiers over six months: most done, some refused or withdrawn, the last ones still under way."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID, uuid5

from django.db import transaction

from xaso.apps.dossiers import codes
from xaso.apps.dossiers.actions import delivery, examination, extension, intake, money, results, supplement
from xaso.apps.dossiers.actions.filing import file_dossier
from xaso.apps.dossiers.actions.passing_on import pass_on
from xaso.apps.dossiers.demo.after_the_result import LINKED, POSTED, follow
from xaso.apps.dossiers.demo.answers import MAKERS, answers_for, looked_up_for
from xaso.apps.dossiers.demo.digitised import digitise_some
from xaso.apps.dossiers.demo.photos import attach_photo
from xaso.apps.dossiers.extending import soonest_day
from xaso.apps.dossiers.models import Dossier
from xaso.apps.dossiers.papers.result_fields import first_values
from xaso.apps.dossiers.shapes import Applicant, Filing
from xaso.apps.people import facade as people
from xaso.apps.procedures import facade as procedures
from xaso.kernel.worktime import VN
from xaso.platform.actor import Actor
from xaso.platform.calendar import work_calendar

DAYS = 183
BIRTH, COPY, POOR, HOUSEHOLD_BUSINESS = "1.001193", "2.000815", "1.011607", "1.001612"
WEIGHTS = {"2.000815": 34, "2.000884": 10, "1.011607": 9, "1.001193": 16, "1.000656": 6, "1.004873": 10, "2.000635": 10, "1.001612": 5}
NAMESPACE = UUID("6f0f7a52-8f0e-4d8e-9d5e-0f3a7b1c2d3e")
ASKED = [{"paper": "", "text": "Ảnh giấy tờ mờ, chụp lại đủ bốn góc."}]
REFUSAL = ("Bản chính bị tẩy xóa, không còn đọc được.", "Nghị định 23/2015/NĐ-CP")
STOP_GROUND = "Biên bản làm việc của xã (dữ liệu mẫu)"
PATHS = {
    "submitted": (),
    "asked_at_intake": ("asked_at_intake",),
    "stopped_at_intake": ("asked_at_intake", "stopped_at_intake"),
    "accepted": ("accepted",),
    "examining": ("accepted", "examining"),
    "supplement_asked": ("accepted", "examining", "supplement_asked"),
    "stopped": ("accepted", "examining", "stopped"),
    "withdrawn": ("accepted", "withdrawn"),
    "payment_asked": ("accepted", "examining", "payment_asked"),
    "refused": ("refused",),
    "in_review": ("accepted", "examining", "in_review"),
    "extended": ("accepted", "examining", "excused"),
}
"""The moves that bring a filed dossier to each state, or ask for its fee."""
PRESENT = (
    ("1.001193", "submitted"),
    ("2.000815", "submitted"),
    ("1.004873", "submitted"),
    ("1.011607", "submitted"),
    ("2.000815", "accepted"),
    ("1.001193", "accepted"),
    ("1.001612", "accepted"),
    ("1.011607", "examining"),
    ("2.000635", "examining"),
    ("1.001193", "supplement_asked"),
    ("1.001612", "supplement_asked"),
    ("1.011607", "in_review"),
    ("2.000884", "in_review"),
    ("1.004873", "in_review"),
    ("1.000656", "stopped"),
    ("2.000635", "withdrawn"),
    ("2.000884", "payment_asked"),
    ("2.000815", "asked_at_intake"),
    ("1.004873", "stopped_at_intake"),
    ("2.000815", "refused"),
)
"""Procedures and the states in which their dossiers wait when the demo begins."""
OPENS, CLOSES = time(7, 40), time(16, 50)
SLOW_SHARE = 0.08
OVERRIDE_SOURCE = "Xã dùng thử: thử cả đường đi, không theo nơi nộp thật"


@dataclass(frozen=True)
class Cast:
    """Who acts in the stories."""

    desk: Actor
    officer: Actor
    signer: Actor
    colleague: Actor


def load_demo_dossiers(now: datetime) -> str:
    """Load the demo's dossiers once. One transaction: all or none."""
    commune = people.the_commune()
    if commune is None or not commune.is_demo:
        return "không có xã dùng thử"
    if not Dossier.objects.filter(commune_id=commune.id).exists():
        with codes.one_by_one(), transaction.atomic():
            cast = _cast(commune.id)
            citizens = [one for one in people.search_citizens(cast.desk, "a", 900) if one.phone and _is_grown(one, now)]
            _hold_some(cast, citizens, now)
            _file_everything_here(commune.id, now)
            _tell_past(cast, citizens, now)
            _tell_present(cast, citizens, now)
            _tell_late(cast, citizens, now)
            _tell_what_follows(cast, citizens, now)
            digitise_some(cast.officer, now)
    return f"{Dossier.objects.filter(commune_id=commune.id).count()} hồ sơ mẫu"


def _is_grown(citizen: people.Citizen, now: datetime) -> bool:
    """Tell whether the person is surely of age, and young enough to come herself."""
    return 19 <= _age(citizen, now) <= 80


def _age(citizen: people.Citizen, now: datetime) -> int:
    return now.year - int(citizen.birth[:4] or 0)


def _applicant(citizens: list[people.Citizen], code: str, random: Random, now: datetime) -> people.Citizen:
    """Choose who applies: for a new-born child somebody young enough to be its parent."""
    fitting = [one for one in citizens if _age(one, now) <= 42] if code in {BIRTH, "3.000722"} else citizens
    return random.choice(fitting)


def _file_everything_here(commune_id: UUID, now: datetime) -> None:
    clerk = Actor.system(commune_id, "Dữ liệu dùng thử")
    ground = procedures.Ground(valid_from=now.astimezone(VN).date() - timedelta(days=DAYS), source=OVERRIDE_SOURCE)
    for version in procedures.versions_in_force(now.astimezone(VN).date()):
        if not version.has_form() or not (version.filing_place("counter") == "here" or version.code in MAKERS):
            continue
        for channel in version.filing:
            if channel != "post":
                procedures.set_filing_place(clerk, version.code, channel, "here", ground, now=now)
        procedures.set_issuer(clerk, version.code, "commune", ground, now=now)
    procedures.set_identity_level(clerk, HOUSEHOLD_BUSINESS, "2", ground, now=now)


def _hold_some(cast: Cast, citizens: list[people.Citizen], now: datetime) -> None:
    """File two births online while the portal is still their filing place: they wait for their official codes."""
    random = Random(2)  # noqa: S311
    for number in (9001, 9002):
        _file(cast, _applicant(citizens, BIRTH, random, now), BIRTH, "online", number, now - timedelta(hours=number - 8990), random)


def _tell_past(cast: Cast, citizens: list[people.Citizen], now: datetime) -> None:
    random = Random(2890)  # noqa: S311 - the same stories each time
    for number, (day, code) in enumerate(_days(random, now)):
        citizen = _applicant(citizens, code, random, now)
        filed_at = datetime.combine(day, OPENS, tzinfo=VN) + timedelta(minutes=random.randint(0, 500))
        if filed_at < now:
            _tell(cast, citizen, code, number, filed_at, random, now)


def _tell_present(cast: Cast, citizens: list[people.Citizen], now: datetime) -> None:
    """Leave work for today on every desk, whatever day it is."""
    random = Random(1)  # noqa: S311
    for number, (code, stop_at) in enumerate(PRESENT, start=9101):
        filed_at = now - timedelta(minutes=random.randint(40, 400))
        dossier = _file(cast, _applicant(citizens, code, random, now), code, random.choice(("online", "counter")), number, filed_at, random)
        if dossier is not None:
            _bring_to(cast, dossier, stop_at, filed_at)


def _tell_late(cast: Cast, citizens: list[people.Citizen], now: datetime) -> None:
    """Leave one case about to be late, one that was excused, one handed over by a colleague, and one person who applied twice."""
    random = Random(7)  # noqa: S311
    stories: tuple[tuple[timedelta, str], ...] = ((timedelta(days=14), "examining"), (timedelta(hours=3), "extended"))
    for number, (back, story) in enumerate(stories, start=9301):
        dossier = _file(cast, random.choice(citizens), POOR, "counter", number, now - back, random)
        if dossier is not None:
            _bring_to(cast, dossier, story, now - back)
    passed = _file(cast, random.choice(citizens), POOR, "counter", 9303, now - timedelta(hours=5), random)
    if passed is not None:
        _bring_to(replace(cast, officer=cast.colleague), passed, "examining", now - timedelta(hours=5))
        assert cast.colleague.account_id is not None
        assert cast.officer.account_id is not None
        at = now - timedelta(hours=4)
        pass_on(cast.colleague, cast.colleague.account_id, cast.officer.account_id, [passed.id], "Tôi đi tập huấn hai tuần.", now=at)
    twice = random.choice(citizens)
    for number in (9304, 9305):
        _file(cast, twice, COPY, "online", number, now - timedelta(minutes=9310 - number), random)


def _excuse(cast: Cast, dossier: Dossier, at: datetime) -> None:
    due_at = Dossier.objects.get(pk=dossier.pk).due_at
    if due_at is not None:
        day = soonest_day(due_at, at, work_calendar())
        extension.extend(cast.officer, dossier.id, "Trưởng thôn đi vắng, chưa xác minh được tại thôn.", day, now=at)


def _tell_what_follows(cast: Cast, citizens: list[people.Citizen], now: datetime) -> None:
    """Leave results on their way by post, and interlinked dossiers whose parts lie with other offices."""
    random = Random(3)  # noqa: S311
    for number, story in enumerate((*POSTED, *LINKED), start=9201):
        code = story[0]
        filed_at = now - timedelta(days=6, minutes=number - 9200)
        dossier = _file(cast, _applicant(citizens, code, random, now), code, "counter", number, filed_at, random)
        if dossier is None:
            continue
        _bring_to(cast, dossier, "in_review", filed_at)
        _settle_fee(cast, dossier, number, filed_at)
        signed_at = filed_at + timedelta(hours=2)
        results.sign_result(cast.signer, dossier.id, clock=lambda at=signed_at: at)  # type: ignore[misc]
        follow(cast.desk, dossier, story, signed_at, now)


def _settle_fee(cast: Cast, dossier: Dossier, number: int, at: datetime) -> None:
    dossier.refresh_from_db()
    if dossier.money_state == "due":
        money.take_payment(cast.desk, dossier.id, dossier.fee_vnd or 0, f"{2600 + number:07d}", method="cash", now=at)
    elif dossier.money_state == "unknown":
        money.waive(cast.desk, dossier.id, "Dữ liệu mẫu: xã dùng thử chưa nhập mức phí của tỉnh.", now=at)


def _bring_to(cast: Cast, dossier: Dossier, stop_at: str, at: datetime) -> None:
    acts: dict[str, Callable[[datetime], object]] = {
        "accepted": lambda when: intake.accept(cast.desk, dossier.id, now=when),
        "refused": lambda when: intake.refuse(cast.desk, dossier.id, *REFUSAL, now=when),
        "asked_at_intake": lambda when: examination.ask_for_more(cast.desk, dossier.id, ASKED, now=when),
        "stopped_at_intake": lambda when: examination.stop(cast.desk, dossier.id, "Quá hạn mà chưa bổ sung.", STOP_GROUND, now=when),
        "payment_asked": lambda when: money.request_payment(cast.officer, dossier.id, now=when),
        "examining": lambda when: examination.take(cast.officer, dossier.id, now=when),
        "supplement_asked": lambda when: examination.ask_for_more(cast.officer, dossier.id, ASKED, now=when),
        "stopped": lambda when: examination.stop(cast.officer, dossier.id, "Gia đình đi vắng, chưa xác minh được.", STOP_GROUND, now=when),
        "withdrawn": lambda when: examination.withdraw(cast.desk, dossier.id, "Gia đình đã làm ở nơi khác.", now=when),
        "excused": lambda when: _excuse(cast, dossier, when),
        "in_review": lambda when: _prepare(cast, dossier, when),
    }
    for state in PATHS[stop_at]:
        at += timedelta(minutes=6)
        acts[state](at)


def _days(random: Random, now: datetime) -> Iterator[tuple[date, str]]:
    calendar = work_calendar()
    today = now.astimezone(VN).date()
    for back in range(DAYS, -1, -1):
        day = today - timedelta(days=back)
        if calendar.is_working_day(day):
            for _ in range(random.choice((0, 1, 1, 1, 2)) if back > 7 else 3):
                yield day, random.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]


def _tell(cast: Cast, citizen: people.Citizen, code: str, number: int, filed_at: datetime, random: Random, now: datetime) -> None:
    dossier = _file(cast, citizen, code, random.choice(("counter", "counter", "online")), number, filed_at, random)
    moments = _moments(filed_at, random, now)
    if dossier is None or (at := next(moments, None)) is None:
        return
    if random.random() < 0.03:
        intake.refuse(cast.desk, dossier.id, *REFUSAL, now=at)
        return
    dossier = intake.accept(cast.desk, dossier.id, now=at)
    _settle_fee(cast, dossier, number, at)
    if (at := next(moments, None)) is not None:
        examination.take(cast.officer, dossier.id, now=at)
        _examine(cast, dossier, moments, random)


def _examine(cast: Cast, dossier: Dossier, moments: Iterator[datetime], random: Random) -> None:
    at = next(moments, None)
    if at is None:
        return
    chance = random.random()
    if chance < 0.02:
        examination.withdraw(cast.desk, dossier.id, "Gia đình đã làm ở nơi khác.", now=at)
        return
    if chance < 0.12:
        examination.ask_for_more(cast.officer, dossier.id, ASKED, now=at)
        if (at := next(moments, None)) is None:
            return
        supplement.add_supplement(cast.desk, dossier.id, "Đã mang bản rõ đến quầy.", now=at)
        if (at := next(moments, None)) is None:
            return
    _finish(cast, dossier, at, moments, random)


def _finish(cast: Cast, dossier: Dossier, at: datetime, moments: Iterator[datetime], random: Random) -> None:
    _prepare(cast, dossier, at)
    signed_at = next(moments, None)
    if signed_at is None:
        return
    results.sign_result(cast.signer, dossier.id, clock=lambda: signed_at)
    given_at = next(moments, None)
    if given_at is not None and random.random() < 0.9:
        delivery.hand_over(cast.desk, dossier.id, dossier.applicant_name, "căn cước", signed_for=True, now=given_at)


def _prepare(cast: Cast, dossier: Dossier, at: datetime) -> None:
    version = procedures.get_version(dossier.version_id)
    fields = first_values(version, dossier) | looked_up_for(version.code, dossier.answers, at.astimezone(VN).date())
    results.prepare_result(cast.officer, dossier.id, fields, now=at)


def _moments(filed_at: datetime, random: Random, now: datetime) -> Iterator[datetime]:
    """Yield instants in office hours, one after another until now: minutes apart for most dossiers, hours and days for a few."""
    at = filed_at
    slowness = 30 if random.random() < SLOW_SHARE else 1
    for least, most in ((5, 20), (5, 30), (10, 45), (10, 45), (20, 300), (20, 300), (20, 300)):
        at = _in_office_hours(at + timedelta(minutes=slowness * random.randint(least, most)), random)
        if at >= now:
            return
        yield at


def _in_office_hours(at: datetime, random: Random) -> datetime:
    calendar = work_calendar()
    local = at.astimezone(VN)
    if calendar.is_working_day(local.date()) and OPENS <= local.time() <= CLOSES:
        return at
    opened_today = local.time() <= CLOSES and calendar.is_working_day(local.date())
    day = local.date() if opened_today else calendar.next_working_day(local.date())
    return datetime.combine(day, OPENS, tzinfo=VN) + timedelta(minutes=random.randint(0, 200))


def _file(cast: Cast, citizen: people.Citizen, code: str, channel: str, number: int, filed_at: datetime, random: Random) -> Dossier | None:
    assert cast.desk.commune_id is not None
    version = procedures.current(cast.desk.commune_id, code, filed_at.astimezone(VN).date())
    if version is None:
        return None
    applicant = Applicant(
        name=citizen.full_name,
        personal_number=citizen.personal_number,
        phone=citizen.phone,
        address=citizen.address,
        village_id=citizen.village_id,
        citizen_id=citizen.id,
    )
    answers = answers_for(version, citizen, random, filed_at.astimezone(VN).date())
    papers = {paper.id: {"kind": paper.kind, "count": 1} for paper in version.papers_needed(answers, channel)}
    filing = Filing(
        dossier_id=uuid5(NAMESPACE, str(number)),
        version_id=version.id,
        channel=channel,
        applicant=applicant,
        answers=answers,
        papers=papers,
    )
    dossier = file_dossier(cast.desk, filing, now=filed_at)
    if number % 12 == 0 and papers:
        attach_photo(dossier, next(iter(papers)), filed_at)
    return dossier


def _cast(commune_id: UUID) -> Cast:
    def play(role: people.Role, title: str, *, but: Actor | None = None) -> Actor:
        held = [one for one in people.posts(commune_id, role=role) if one.account_id and (but is None or one.account_id != but.account_id)]
        post = next((one for one in held if one.title.startswith(title)), held[0])
        return Actor(
            kind="staff",
            commune_id=commune_id,
            name=post.holder_name,
            account_id=post.account_id,
            post_id=post.id,
            post_title=post.title,
            roles=post.roles,
            channel="job",
        )

    officer = play(people.Role.CASE_OFFICER, "Công chức tư pháp")
    return Cast(
        desk=play(people.Role.DESK, "Công chức"),
        officer=officer,
        signer=play(people.Role.SIGNER, "Phó Chủ tịch"),
        colleague=play(people.Role.CASE_OFFICER, "Công chức", but=officer),
    )
