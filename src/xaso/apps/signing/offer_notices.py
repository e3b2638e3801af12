"""Tells administrators that a certificate waits for them, and the official what came of hers."""

from datetime import datetime
from typing import Any

from django.conf import settings

from xaso.apps.notices import facade as notices
from xaso.apps.people import facade as people
from xaso.apps.signing.models import OfferedCertificate
from xaso.kernel.worktime import VN

OFFERED, APPROVED, DECLINED = "signing.certificate_offered", "signing.offer_approved", "signing.offer_declined"
PREFIX = "offered_certificate:"
OWN_PAGE = "/chung-thu-so-cua-toi/"

notices.declare(
    OFFERED,
    {
        "sms": {
            "vi": "%(holder)s xin dùng chứng thư số trên USB token, đang chờ anh/chị duyệt.",
            "en": "%(holder)s asks to sign with a USB token; it waits for your approval.",
        },
        "email": {
            "vi": {
                "subject": "%(holder)s xin dùng chứng thư số trên USB token",
                "body": "%(holder)s xin dùng chứng thư số %(serial)s trên USB token của mình.\n\n"
                "Anh/chị đối chiếu rồi duyệt hoặc không duyệt ở %(page)s. Chưa duyệt thì chưa ký được gì.\n",
            },
            "en": {
                "subject": "%(holder)s asks to sign with a USB token",
                "body": "%(holder)s asks to sign with the certificate %(serial)s on a USB token.\n\n"
                "Compare it, then approve or decline at %(page)s. Until then it signs nothing.\n",
            },
            "bn": {
                "subject": "%(holder)s ইউএসবি টোকেনের ডিজিটাল সনদ ব্যবহার করতে চান",
                "body": "%(holder)s নিজের ইউএসবি টোকেনের ডিজিটাল সনদ %(serial)s ব্যবহার করতে চান।\n\n"
                "মিলিয়ে দেখে %(page)s-এ অনুমোদন করুন বা না করুন। অনুমোদনের আগে এটি দিয়ে কিছু সই করা যায় না।\n",
            },
        },
    },
)
notices.declare(
    APPROVED,
    {
        "sms": {
            "vi": "Chứng thư số trên USB token của anh/chị đã được duyệt, ký được ngay.",
            "en": "The certificate on your USB token is approved; you can sign with it now.",
        },
        "email": {
            "vi": {
                "subject": "Chứng thư số của anh/chị đã được duyệt",
                "body": "Chứng thư số %(serial)s trên USB token của anh/chị đã được duyệt. "
                "Từ giờ anh/chị ký bằng token này. Xem ở %(page)s.\n",
            },
            "en": {
                "subject": "Your certificate is approved",
                "body": "The certificate %(serial)s on your USB token is approved. From now on you sign with this token. See %(page)s.\n",
            },
            "bn": {
                "subject": "আপনার ডিজিটাল সনদ অনুমোদিত হয়েছে",
                "body": "আপনার ইউএসবি টোকেনের ডিজিটাল সনদ %(serial)s অনুমোদিত হয়েছে। এখন থেকে আপনি এই টোকেন দিয়ে সই করবেন। দেখুন %(page)s।\n",
            },
        },
    },
)
notices.declare(
    DECLINED,
    {
        "sms": {
            "vi": "Chứng thư số anh/chị gửi chưa được duyệt. Lý do ở mục Tài khoản.",
            "en": "The certificate that you sent was not approved. The reason stands under Account.",
        },
        "email": {
            "vi": {
                "subject": "Chứng thư số của anh/chị chưa được duyệt",
                "body": "Chứng thư số %(serial)s anh/chị gửi chưa được duyệt: %(reason)s\n\nAnh/chị gửi lại ở %(page)s.\n",
            },
            "en": {
                "subject": "Your certificate was not approved",
                "body": "The certificate %(serial)s that you sent was not approved: %(reason)s\n\nSend it again at %(page)s.\n",
            },
            "bn": {
                "subject": "আপনার ডিজিটাল সনদ অনুমোদিত হয়নি",
                "body": "আপনার পাঠানো ডিজিটাল সনদ %(serial)s অনুমোদিত হয়নি: %(reason)s\n\n%(page)s-এ আবার পাঠান।\n",
            },
        },
    },
)


def tell_administrators(row: OfferedCertificate, holder: str, *, now: datetime) -> None:
    """Queue the news of an offer for every administrator but the one who made it."""
    posts = people.posts(row.commune_id, people.Role.ADMINISTRATOR, on=now.astimezone(VN).date())
    others = {post.account_id: post for post in posts if post.account_id not in {None, row.account_id}}
    page = f"/quan-tri/chung-thu/nguoi/{row.account_id}/"
    for post in others.values():
        _send(row, post, OFFERED, {"holder": holder, "page": page}, now=now)


def tell_official(row: OfferedCertificate, template: str, *, now: datetime) -> None:
    """Queue the answer for whoever made the offer."""
    posts = people.posts(row.commune_id, on=now.astimezone(VN).date())
    own = next((post for post in posts if post.account_id == row.account_id), None)
    if own is not None:
        facts = {"page": OWN_PAGE, **({"reason": row.reason} if template == DECLINED else {})}
        _send(row, own, template, facts, now=now)


def _send(row: OfferedCertificate, post: people.Post, template: str, facts: dict[str, Any], *, now: datetime) -> None:
    if not (post.holder_phone or post.holder_email):
        return
    notices.send(
        commune_id=row.commune_id,
        recipient=notices.Recipient(name=post.holder_name, phone=post.holder_phone, email=post.holder_email),
        template=template,
        params={"serial": row.serial.upper(), **facts, "page": f"{settings.PUBLIC_URL}{facts['page']}"},
        subject=f"{PREFIX}{row.pk}",
        idempotency_key=f"{row.pk}:{template}:{post.account_id}",
        now=now,
    )
