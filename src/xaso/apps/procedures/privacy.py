"""Personal data of this room: who sent editions, who decided on them and on the commune's own rules."""

from django.utils.translation import gettext_lazy as _

from xaso.platform.personal_data import (
    ADMINISTRATORS_ONLY,
    ARCHIVES,
    BY_ARCHIVES,
    DUTY,
    OFFICIALS,
    Holding,
    NoPerson,
    PersonalField,
    holdings,
    no_person,
)

for model, title, label, column, others in (
    (
        "procedures.NationalEdition",
        _("Duyệt danh mục thủ tục quốc gia"),
        _("Người duyệt"),
        "decided_by",
        "id digest file_name as_of state counts imported_at decided_at",
    ),
    (
        "procedures.SentEdition",
        _("Gửi bản công bố thủ tục quốc gia"),
        _("Người gửi"),
        "sent_by",
        "id file_name sha256 size_bytes as_of state step done total tries leased_until refusal counts edition sent_at ended_at",
    ),
    (
        "procedures.CommuneOverride",
        _("Điều xã tự quy định về thủ tục"),
        _("Người đặt"),
        "set_by",
        "id commune procedure kind channel fee_id value amount_vnd valid_from decision source checked_on set_at",
    ),
):
    holdings.add(
        Holding(
            name=model,
            title=title,
            whose=OFFICIALS,
            purpose=_("Biết ai đã quyết định"),
            basis=DUTY,
            kept=ARCHIVES,
            seen_by=ADMINISTRATORS_ONLY,
            erased=BY_ARCHIVES,
            fields=(PersonalField(column, label),),
            beside=others,
            order=94,
        )
    )
no_person.add(NoPerson("procedures.Procedure", "id code created_at"))
no_person.add(NoPerson("procedures.ProcedureVersion", "id procedure digest document valid_from valid_until loaded_at origin retired_at"))
no_person.add(NoPerson("procedures.NationalRecord", "id edition line code name change digest document doubts differences"))
no_person.add(NoPerson("procedures.CatalogueStamp", "id value"))
