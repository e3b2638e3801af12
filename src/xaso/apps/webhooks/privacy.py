"""Personal data of this room: none but which dossier a fact is about."""

from django.utils.translation import gettext_lazy as _

from xaso.apps.webhooks.rules import KEPT
from xaso.platform.personal_data import ADMINISTRATORS_ONLY, CITIZENS, DUTY, Holding, Kept, NoPerson, PersonalField, holdings, no_person

holdings.add(
    Holding(
        name="webhooks.WebhookDelivery",
        title=_("Tin báo cho phần mềm khác"),
        whose=CITIZENS,
        purpose=_("Báo cho phần mềm của tỉnh biết hồ sơ đã sang bước mới; không kèm tên ai"),
        basis=DUTY,
        kept=Kept(_("kể từ khi gửi xong"), lambda: KEPT.days),
        seen_by=ADMINISTRATORS_ONLY,
        erased=_("Phần mềm tự xóa"),
        fields=(PersonalField("subject", _("Về hồ sơ nào")), PersonalField("body", _("Mã hồ sơ và bước mới"))),
        beside="id webhook event_id topic occurred_at state attempts next_attempt_at last_status last_problem done_at",
        order=97,
    )
)
no_person.add(
    NoPerson(
        "webhooks.Webhook", "id commune_id name url topics sealed_secret sealed_old_secret old_secret_until stopped created_at removed_at"
    )
)
no_person.add(NoPerson("webhooks.WebhookAttempt", "id delivery number at outcome status problem milliseconds"))
