"""The trial's certificates: one for each official who signs, one for the seal of the People's Committee."""

from datetime import datetime

from xaso.apps.people import facade as people
from xaso.apps.signing import queries
from xaso.apps.signing.actions.certificates import issue_test_certificate, issue_test_seal


def load_test_certificates(now: datetime) -> str:
    """Issue what is missing; idempotent. Returns one line that says what there is."""
    commune = people.the_commune()
    if commune is None:
        return "no commune, no test certificates"
    signers = {post.account_id: post.holder_name for post in people.posts(commune.id, role=people.Role.SIGNER) if post.account_id}
    for account_id, name in signers.items():
        if queries.find_certificate_of(account_id, now=now) is None:
            issue_test_certificate(account_id, commune.id, name=name, now=now)
    if queries.find_seal_of(commune.id, now=now) is None:
        issue_test_seal(commune.id, now=now)
    return f"{len(signers)} test certificates of people, 1 of the seal"
