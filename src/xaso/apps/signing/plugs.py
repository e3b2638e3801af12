"""What the signing room hangs into the platform's registries."""

from django.utils.translation import gettext_lazy as _

from xaso.apps.audit import facade as audit
from xaso.apps.people.facade import Role
from xaso.apps.signing import administration, offered, proving, reminding, revocation
from xaso.apps.signing.acts import ON_PAPERS
from xaso.apps.signing.anchor_keys import anchor_key
from xaso.apps.signing.demo import load_test_certificates
from xaso.apps.signing.keys import keys_directory
from xaso.apps.signing.offer_notices import OWN_PAGE
from xaso.platform.demo import DemoLoader, loaders
from xaso.platform.registries import AccountPart, SavedFolder, SetUpPart, WorkSource, account_parts, saved_folders, set_up, work
from xaso.platform.worker import WorkerStep, steps

ACTS = {
    "signing.certificate_registered": _("Đăng ký chứng thư số"),
    "signing.certificate_offered": _("Xin dùng chứng thư số trên USB token"),
    "signing.offer_taken_back": _("Rút đề nghị dùng chứng thư số"),
    "signing.offer_declined": _("Không duyệt chứng thư số"),
    "signing.certificate_issued": _("Cấp chứng thư số bản thử"),
    "signing.certificate_replaced": _("Thay chứng thư số"),
    "signing.certificate_revoked": _("Rút chứng thư số"),
    "signing.certificate_revoked_by_issuer": _("Nơi cấp thu hồi chứng thư số"),
    **ON_PAPERS,
}
steps.add(WorkerStep("revocations", revocation.refresh, order=41))
steps.add(WorkerStep("proofs of time", proving.prove, order=43))
steps.add(WorkerStep("certificate reminders", reminding.remind, order=42))
audit.anchor_keys.add(anchor_key())
saved_folders.add(SavedFolder("keys", keys_directory))
account_parts.add(
    AccountPart(
        "signing", _("Chứng thư số để ký"), _("Chứng thư số của tôi, dùng USB token"), OWN_PAGE, frozenset({Role.SIGNER.value}), order=40
    )
)
work.add(WorkSource("offered certificates", offered.offers_to_answer, lambda _actor, _now: 0))
loaders.add(DemoLoader("signing", load_test_certificates, order=30))
set_up.add(
    SetUpPart(
        "certificates",
        _("Chứng thư số và con dấu"),
        "seal",
        "/quan-tri/chung-thu/",
        administration.certificates_standing,
        order=35,
        acts=ACTS,
    )
)
