"""Second factors of the demo's officials: the sign-in page shows their codes, so that everything can be tried without a phone."""

from datetime import datetime

from django.db import transaction

from xaso.apps.people import totp
from xaso.apps.people.models import Post, TotpKey
from xaso.apps.people.rules import needs_second_factor
from xaso.apps.people.second_factor_queries import PURPOSE
from xaso.platform.sealing import seal


@transaction.atomic
def load_demo_keys(now: datetime) -> str:
    """Give a key to each official of the demo whose post needs one and who has none."""
    posts = Post.objects.filter(commune__is_demo=True, account__isnull=False, account__totp_key=None).order_by("order")
    owners = dict.fromkeys(post.account_id for post in posts if post.account_id and needs_second_factor(post.roles))
    facts = {"confirmed_at": now, "is_shown": True}
    TotpKey.objects.bulk_create(TotpKey(account_id=owner, sealed_secret=seal(totp.new_secret(), PURPOSE), **facts) for owner in owners)
    return f"{TotpKey.objects.filter(is_shown=True).count()} cán bộ đăng nhập hai bước, mã hiện sẵn"
