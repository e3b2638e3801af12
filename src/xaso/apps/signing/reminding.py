"""Reminds the holder and the administrators 60, 30 and 7 days before a certificate ends: the worker calls this in its rounds."""

from datetime import datetime, timedelta

from django.conf import settings

from xaso.apps.notices import facade as notices
from xaso.apps.people import facade as people
from xaso.apps.signing.models import Certificate
from xaso.apps.signing.rules import REMIND_DAYS, agency_name, reminder_due
from xaso.kernel.worktime import VN
from xaso.platform.worker import NowAndThen

PREFIX = "certificate:"
ENDS = "signing.certificate_ends"
LOOKING = NowAndThen(timedelta(hours=1))

notices.declare(
    ENDS,
    {
        "sms": {
            "vi": "Chứng thư số của %(holder)s hết hạn ngày %(day)s, còn %(days)s ngày. Xin cấp và đăng ký chứng thư mới trước ngày đó.",
            "en": "The certificate of %(holder)s ends on %(day)s, in %(days)s days. Get a new one and register it before.",
        },
        "email": {
            "vi": {
                "subject": "Chứng thư số của %(holder)s còn %(days)s ngày",
                "body": "Chứng thư số của %(holder)s (số hiệu %(serial)s) hết hạn ngày %(day)s, còn %(days)s ngày.\n\n"
                "Anh/chị xin nơi cấp chứng thư số mới và nhờ quản trị viên đăng ký ở %(page)s trước ngày đó; "
                "sau ngày đó không ký được bằng chứng thư này.\n",
            },
            "en": {
                "subject": "The certificate of %(holder)s ends in %(days)s days",
                "body": "The certificate of %(holder)s (serial number %(serial)s) ends on %(day)s, in %(days)s days.\n\n"
                "Get a new one from the issuer and have an administrator register it at %(page)s before that day; "
                "after it nothing can be signed with this one.\n",
            },
            "bn": {
                "subject": "%(holder)s-এর ডিজিটাল সনদের আর %(days)s দিন বাকি",
                "body": "%(holder)s-এর ডিজিটাল সনদ (ক্রমিক %(serial)s) %(day)s তারিখে শেষ হবে, আর %(days)s দিন বাকি।\n\n"
                "প্রদানকারীর কাছ থেকে নতুন সনদ নিন এবং তার আগে প্রশাসককে %(page)s-এ নিবন্ধন করতে বলুন; "
                "এরপর এই সনদ দিয়ে কিছু সই করা যাবে না।\n",
            },
        },
    },
)


def remind(now: datetime) -> int:
    """Remind whoever is due, looking once an hour; returns how many people were told."""
    return remind_now(now) if LOOKING.is_time(now) else 0


def remind_now(now: datetime) -> int:
    """Queue the reminders that are due and not queued yet; test certificates, withdrawn and ended ones are left out."""
    until = now + timedelta(days=max(REMIND_DAYS))
    ending = Certificate.objects.filter(is_test=False, revoked_at=None, valid_to__gte=now, valid_to__lte=until)
    rows = list(ending.exclude(authority_state="revoked"))
    return sum(_remind(row, now) for row in rows)


def _remind(row: Certificate, now: datetime) -> int:
    days = reminder_due(row.valid_to, now=now)
    if days is None or row.commune_id is None:
        return 0
    told = {f"{PREFIX}{row.pk}:{days}:{post.account_id}": post for post in _whom(row, now)}
    fresh = told.keys() - notices.known_keys(told)
    for key in sorted(fresh):
        _send(row, told[key], key, now)
    return len(fresh)


def _whom(row: Certificate, now: datetime) -> list[people.Post]:
    """Return the holder's post and those of the administrators, each account once; whoever has no address can't be told."""
    assert row.commune_id is not None
    posts = people.posts(row.commune_id, on=now.astimezone(VN).date())
    concerned = [post for post in posts if post.account_id == row.account_id or people.Role.ADMINISTRATOR.value in post.roles]
    return list({post.account_id: post for post in concerned if post.account_id and (post.holder_phone or post.holder_email)}.values())


def _send(row: Certificate, post: people.Post, key: str, now: datetime) -> None:
    assert row.commune_id is not None
    commune = people.commune_of(row.commune_id)
    notices.send(
        commune_id=row.commune_id,
        recipient=notices.Recipient(name=post.holder_name, phone=post.holder_phone, email=post.holder_email),
        template=ENDS,
        params={
            "holder": people.account_name(row.account_id) if row.account_id else agency_name(commune.name),
            "serial": row.serial.upper(),
            "day": f"{row.valid_to.astimezone(VN):%d/%m/%Y}",
            "days": (row.valid_to - now).days,
            "page": f"{settings.PUBLIC_URL}/quan-tri/chung-thu/",
        },
        subject=f"{PREFIX}{row.pk}",
        idempotency_key=key,
        now=now,
    )
