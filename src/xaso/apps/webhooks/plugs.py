"""What this room adds to pages and loops that collect from all rooms."""

from uuid import UUID

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from xaso.apps.webhooks import queries, token_queries, words
from xaso.apps.webhooks.jobs import clean_up, deliver_due
from xaso.platform.registries import SetUpPart, Standing, set_up
from xaso.platform.worker import WorkerStep, steps


def _standing(commune_id: UUID) -> Standing:
    connected, troubled = queries.trouble(commune_id)
    if not connected:
        return Standing("cham", gettext("Chưa nối phần mềm nào"))
    if troubled:
        return Standing(
            "nghe", ngettext("%(count)s phần mềm chưa nhận đủ tin", "%(count)s phần mềm chưa nhận đủ tin", troubled) % {"count": troubled}
        )
    return Standing(
        "la", ngettext("%(count)s phần mềm đang nhận tin", "%(count)s phần mềm đang nhận tin", connected) % {"count": connected}
    )


def _tokens_standing(commune_id: UUID) -> Standing:
    given = token_queries.count_given(commune_id)
    if not given:
        return Standing("cham", gettext("Chưa cấp mã nào"))
    return Standing("la", ngettext("%(count)s mã đã cấp", "%(count)s mã đã cấp", given) % {"count": given})


set_up.add(SetUpPart("webhooks", _("Báo tin cho phần mềm khác"), "right", "/quan-tri/noi-phan-mem/", _standing, order=70, acts=words.ACTS))
set_up.add(
    SetUpPart("tokens", _("Mã truy cập của phần mềm"), "key", "/quan-tri/ma-truy-cap/", _tokens_standing, order=71, acts=words.TOKEN_ACTS)
)
steps.add(WorkerStep("webhooks", deliver_due, order=45))
steps.add(WorkerStep("old webhook deliveries", clean_up, order=91))
