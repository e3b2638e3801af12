"""What administrators and the desk do with communes, villages, posts, accounts, the bank account and citizens."""

from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from django.utils.translation import override
from openpyxl import Workbook

from xaso.apps.audit import facade as audit
from xaso.apps.audit.facade import history_of
from xaso.apps.people import facade, testing
from xaso.apps.people.actions.accounts import correct_person
from xaso.apps.people.models import Account, Commune, Post, Village
from xaso.apps.people.roles import Role
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
FACTS = facade.CommuneFacts(name="Xã Mường Hum", short_name="Mường Hum", province="Lào Cai", gso_code="02693")
FIRST = facade.FirstAdministrator("Vũ Minh Quang", "quantri", "suối-chảy-qua-bản")
ACCOUNT = facade.BankAccount("Ngân hàng Mẫu", "970400", "0123456789", "UBND XA THU")
pytestmark = pytest.mark.django_db


def administrator() -> Actor:
    return testing.actor_for(testing.staff(testing.commune(), Role.ADMINISTRATOR))


def home() -> UUID:
    return Commune.objects.get().id


def sheet(*rows: list[Any]) -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(row)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def refused(call: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        call(*args, **kwargs)
    return refusal.value.code


def test_an_empty_database_is_set_up_by_whoever_comes_first() -> None:
    commune = facade.set_up_commune(Actor.anonymous(None), FACTS, FIRST, now=NOW)

    assert (commune.slug, commune.name, commune.agency_code, commune.set_up_at) == ("xa-muong-hum", "Xã Mường Hum", None, NOW)
    assert commune.office_hours == ((time(7, 30), time(11, 30)), (time(13, 30), time(17)))
    actor = testing.actor_for(Account.objects.get(username="quantri"), on=date(2026, 11, 23))
    assert actor.roles == {"administrator"}


def test_a_commune_that_is_set_up_is_not_set_up_again() -> None:
    testing.commune()

    assert refused(facade.set_up_commune, Actor.anonymous(None), FACTS, FIRST, now=NOW) == "people.already_set_up"
    assert (Commune.objects.count(), Account.objects.count()) == (1, 0)


def test_an_edit_is_seen_at_once_and_written_down() -> None:
    actor = administrator()

    facade.edit_commune(actor, FACTS, now=NOW)

    commune = facade.the_commune()
    assert commune is not None
    assert commune.name == "Xã Mường Hum"
    line = history_of(f"commune:{commune.id}")[0]
    assert (line.verb, line.detail["name"]) == ("people.commune_edited", ["Xã Thử Nghiệm", "Xã Mường Hum"])


def test_hours_that_overlap_are_refused() -> None:
    actor = administrator()
    facts = facade.CommuneFacts("Xã A", "A", "Lào Cai", office_hours=((time(7), time(12)), (time(11), time(17))))

    assert refused(facade.edit_commune, actor, facts, now=NOW) == "people.hours_wrong"
    assert Commune.objects.get().name == "Xã Thử Nghiệm"


def test_only_an_administrator_changes_the_commune() -> None:
    actor = testing.actor_for(testing.staff(testing.commune(), Role.DESK, Role.LEADER))

    for call in (
        lambda: facade.edit_commune(actor, FACTS, now=NOW),
        lambda: facade.add_village(actor, facade.VillageFacts("Nậm Trì"), now=NOW),
        lambda: facade.create_post(actor, facade.PostFacts("Văn phòng", "Văn thư"), now=NOW),
        lambda: facade.create_account(actor, "Lù Văn A", "lu.va", now=NOW),
        lambda: facade.propose_bank_account(actor, ACCOUNT, now=NOW),
        lambda: facade.import_staff(actor, b"", now=NOW),
        lambda: facade.import_villages(actor, b"", now=NOW),
    ):
        assert refused(call) == "people.not_allowed"


def test_two_old_communes_may_each_have_a_village_of_one_name() -> None:
    actor = administrator()
    one = facade.add_former_unit(actor, "Cốc Ly", "02878", "Bắc Hà", None, now=NOW)
    other = facade.add_former_unit(actor, "Nậm Đét", "02884", "Bắc Hà", None, now=NOW)

    facade.add_village(actor, facade.VillageFacts("Nậm Trì", one), now=NOW)
    facade.add_village(actor, facade.VillageFacts("Nậm Trì", other), now=NOW)

    assert refused(facade.add_village, actor, facade.VillageFacts("nậm trì", one), now=NOW) == "people.village_exists"
    assert [(village.name, village.old_unit) for village in facade.villages(home())] == [
        ("Nậm Trì", "Cốc Ly"),
        ("Nậm Trì", "Nậm Đét"),
    ]


def test_a_village_keeps_its_citizens_when_renamed() -> None:
    actor = administrator()
    village_id = facade.add_village(actor, facade.VillageFacts("Nậm Tri"), now=NOW)
    testing.citizen(Commune.objects.get(), village=Village.objects.get())

    facade.change_village(actor, village_id, facade.VillageFacts("Nậm Trì", households=61), now=NOW)

    (village,) = facade.villages(Commune.objects.get().id)
    assert (village.name, village.households, village.code) == ("Nậm Trì", 61, "T01")


def test_villages_come_in_by_sheet_and_bad_rows_are_told() -> None:
    actor = administrator()

    outcome = facade.import_villages(
        actor, sheet(["Xã cũ", "TÊN THÔN", "Số hộ"], ["Cốc Ly", "Cốc Sâm", 61], ["Cốc Ly", "Cốc Sâm", 3], [None, None, None]), now=NOW
    )

    assert outcome.added == ["Cốc Sâm"]
    assert [(error.row, error.words) for error in outcome.errors] == [(3, "Thôn “Cốc Sâm” đã có trong danh sách.")]
    assert [(village.name, village.households) for village in facade.villages(home())] == [("Cốc Sâm", 61)]


def test_staff_come_in_by_sheet_with_passwords_for_the_first_sign_in() -> None:
    actor = administrator()
    head = ["Họ và tên", "Phòng, bộ phận", "Chức vụ", "Vai trò", "Tên đăng nhập"]
    rows = (
        ["Nguyễn Thị Hạnh", "Trung tâm", "Công chức một cửa", "Tiếp nhận và trả kết quả; Thụ lý hồ sơ", "hanh"],
        ["Lù Văn Thông", "Phòng Kinh tế", "Chuyên viên", "case_officer", ""],
        ["Giàng A Pao", "Phòng Kinh tế", "Chuyên viên", "vua", "pao"],
        ["", "Phòng Kinh tế", "Chuyên viên", "", "khong.ten"],
        ["Sùng Thị Mỷ", "Văn phòng", "Văn thư", "clerk", "Ạ"],
    )

    outcome = facade.import_staff(actor, sheet(head, *rows), now=NOW)

    assert outcome.added == ["Nguyễn Thị Hạnh", "Lù Văn Thông"]
    assert [(name, username) for name, username, _password in outcome.passwords] == [
        ("Nguyễn Thị Hạnh", "hanh"),
        ("Lù Văn Thông", "thong.lv"),
    ]
    assert [error.row for error in outcome.errors] == [4, 5, 6]
    assert outcome.errors[0].words == "Không có vai trò “vua”."
    hanh = Account.objects.get(username="hanh")
    assert (hanh.must_change_password, hanh.check_password(outcome.passwords[0][2])) == (True, True)
    assert testing.actor_for(hanh, on=date(2026, 11, 23)).roles == {"desk", "case_officer"}
    assert set(Account.objects.values_list("username", flat=True)) >= {"hanh", "thong.lv"}
    assert not Account.objects.filter(username__in=["pao", "khong.ten"]).exists()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_sheet_names_roles_in_vietnamese_or_in_the_language_of_the_page(language: str) -> None:
    actor = administrator()
    head = ["Họ và tên", "Phòng, bộ phận", "Chức vụ", "Vai trò", "Tên đăng nhập"]

    with override(language):
        here = "; ".join(str(words) for words in facade.ROLE_WORDS.values())
        rows = (
            ["Lù Văn Thông", "Phòng Kinh tế", "Chuyên viên", here, "thong"],
            ["Giàng A Pao", "Phòng Kinh tế", "Chuyên viên", "Văn thư", "pao"],
        )
        outcome = facade.import_staff(actor, sheet(head, *rows), now=NOW)

    assert outcome.errors == []
    assert testing.actor_for(Account.objects.get(username="thong"), on=date(2026, 11, 23)).roles == set(Role)
    assert testing.actor_for(Account.objects.get(username="pao"), on=date(2026, 11, 23)).roles == {"clerk"}


def test_our_own_empty_sheet_is_one_that_we_read() -> None:
    outcome = facade.import_staff(administrator(), facade.staff_sheet(), now=NOW)

    assert (outcome.added, outcome.errors) == ([], [])


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"not a sheet", "people.sheet_unreadable"), (b"", "people.sheet_unreadable"), (b"PK\x03\x04broken", "people.sheet_unreadable")],
)
def test_a_file_that_is_no_sheet_is_refused(content: bytes, code: str) -> None:
    assert refused(facade.import_staff, administrator(), content, now=NOW) == code


def test_a_sheet_without_the_columns_says_which() -> None:
    actor = administrator()
    with pytest.raises(Refusal) as refusal:
        facade.import_staff(actor, sheet(["Tên"], ["Lù"]), now=NOW)

    assert (refusal.value.code, refusal.value.params["missing"]) == ("people.sheet_columns", "Họ và tên, Phòng, bộ phận, Chức vụ")


def test_a_post_passes_from_one_holder_to_another() -> None:
    actor = administrator()
    commune = Commune.objects.get()
    old, new = testing.account("cu", "Lù Văn Cũ"), testing.account("moi", "Lù Văn Mới")
    post_id = facade.create_post(actor, facade.PostFacts("Trung tâm", "Một cửa", ("desk",)), now=NOW, account_id=old.id)

    facade.assign_holder(actor, post_id, new.id, now=NOW)

    (post,) = facade.posts(commune.id, "desk")
    assert post.holder_name == "Lù Văn Mới"
    assert testing.actor_for(old, commune).roles == frozenset()
    assert testing.actor_for(new, commune, on=date(2026, 11, 23)).roles == {"desk"}


def test_the_last_administrator_can_not_be_removed() -> None:
    actor = administrator()
    assert actor.post_id is not None

    for call in (
        lambda: facade.end_post(actor, actor.post_id, now=NOW),
        lambda: facade.assign_holder(actor, actor.post_id, None, now=NOW),
        lambda: facade.change_post(actor, actor.post_id, facade.PostFacts("Văn phòng", "Văn thư", ("clerk",)), now=NOW),
    ):
        assert refused(call) == "people.last_administrator"
    post = Post.objects.get()
    assert (post.until, post.account_id, post.roles) == (None, actor.account_id, ["administrator"])


def test_a_post_of_another_commune_is_not_there() -> None:
    actor = administrator()
    foreign = testing.staff(testing.commune(), Role.DESK).posts.get()

    assert refused(facade.end_post, actor, foreign.id, now=NOW) == "people.not_found"
    foreign.refresh_from_db()
    assert foreign.until is None


def test_a_deputy_is_another_person_for_days_in_order() -> None:
    actor = administrator()
    post_id = Post.objects.get().id
    deputy = testing.account("pho", "Lù Văn Phó")
    first, last = date(2026, 11, 24), date(2026, 11, 26)

    assert refused(facade.name_deputy, actor, post_id, deputy.id, (last, first), "họp", now=NOW) == "people.deputy_days_wrong"
    assert refused(facade.name_deputy, actor, post_id, actor.account_id, (first, last), "họp", now=NOW) == "people.deputy_is_holder"
    deputy_id = facade.name_deputy(actor, post_id, deputy.id, (first, last), "đi họp", now=NOW)
    assert [line.deputy_name for line in facade.list_deputies(home(), on=first)] == ["Lù Văn Phó"]
    facade.end_deputy(actor, deputy_id, now=NOW)
    assert facade.list_deputies(home(), on=first) == []


def test_a_bank_account_changes_only_when_a_second_person_approves() -> None:
    one = administrator()
    two = testing.actor_for(testing.staff(Commune.objects.get(), Role.ADMINISTRATOR))
    change_id = facade.propose_bank_account(one, ACCOUNT, now=NOW)

    assert refused(facade.approve_bank_account, one, change_id, now=NOW) == "people.same_person"
    assert Commune.objects.get().bank_account_number == ""
    facade.approve_bank_account(two, change_id, now=NOW)

    commune = facade.the_commune()
    assert commune is not None
    assert (commune.bank_account_number, commune.bank_bin) == ("0123456789", "970400")
    assert refused(facade.approve_bank_account, two, change_id, now=NOW) == "people.already_decided"
    verbs = [line.verb for line in history_of(f"bank_account_change:{change_id}")]
    assert verbs == ["people.bank_account_proposed", "people.bank_account_approved"]


def test_a_new_proposal_replaces_the_one_that_waits() -> None:
    one = administrator()
    first = facade.propose_bank_account(one, ACCOUNT, now=NOW)
    facade.propose_bank_account(one, ACCOUNT, now=NOW)

    states = {line.id: line.state for line in facade.list_bank_account_changes(home())}
    assert (states[first], sorted(states.values())) == ("replaced", ["proposed", "replaced"])


def test_villages_of_one_name_are_told_apart_and_named_in_a_sheet_by_code_or_old_unit() -> None:
    actor = administrator()
    one = facade.add_former_unit(actor, "Cốc Ly", "02878", "Bắc Hà", None, now=NOW)
    other = facade.add_former_unit(actor, "Nậm Đét", "02884", "Bắc Hà", None, now=NOW)
    facade.add_village(actor, facade.VillageFacts("Nậm Trì", one, "CL01"), now=NOW)
    facade.add_village(actor, facade.VillageFacts("Nậm Trì", other, "ND01"), now=NOW)
    head = ["Họ và tên", "Phòng, bộ phận", "Chức vụ", "Thôn"]

    outcome = facade.import_staff(
        actor,
        sheet(
            head,
            ["Lù A Một", "Tổ thôn", "Tổ trưởng", "Nậm Trì"],
            ["Lù A Hai", "Tổ thôn", "Tổ trưởng", "nd01"],
            ["Lù A Ba", "Tổ thôn", "Tổ trưởng", "Nậm Trì (Cốc Ly)"],
        ),
        now=NOW,
    )

    assert [village.label for village in facade.villages(home())] == ["Nậm Trì (Cốc Ly)", "Nậm Trì (Nậm Đét)"]
    assert [error.row for error in outcome.errors] == [2]
    assert outcome.added == ["Lù A Hai", "Lù A Ba"]


def test_one_name_twice_in_a_sheet_needs_user_names_and_the_same_one_is_one_person() -> None:
    actor = administrator()
    head = ["Họ và tên", "Phòng, bộ phận", "Chức vụ", "Tên đăng nhập"]

    unclear = facade.import_staff(actor, sheet(head, ["Lò Thị Hoa", "A", "Một", ""], ["LÒ THỊ HOA", "B", "Hai", ""]), now=NOW)
    assert [error.words[:15] for error in unclear.errors] == ["“LÒ THỊ HOA” đã"]

    clear = facade.import_staff(actor, sheet(head, ["Vũ Thị Ánh", "A", "Một", "anh.vt"], ["VŨ THỊ ÁNH", "B", "Hai", "anh.vt"]), now=NOW)
    assert clear.errors == []
    assert Account.objects.filter(username__startswith="anh").count() == 1


def test_an_officials_name_and_phone_are_corrected_and_the_act_is_recorded() -> None:
    actor = administrator()
    outcome = facade.import_staff(actor, sheet(["Họ và tên", "Phòng, bộ phận", "Chức vụ"], ["NGUYỄN VĂN AN", "A", "Một"]), now=NOW)
    account = Account.objects.get(username=outcome.passwords[0][1])

    correct_person(actor, account.id, "Nguyễn Văn An", phone="0912 345 678", email="", now=NOW)
    assert refused(correct_person, actor, account.id, " ", phone="", email="", now=NOW) == "people.name_needed"

    account.refresh_from_db()
    assert (account.full_name, account.phone) == ("Nguyễn Văn An", "0912345678")
    assert audit.history_of(f"account:{account.id}")[-1].verb == "people.person_corrected"


@pytest.mark.parametrize(
    ("name", "short"), [("Xã Tân Tiến", "Tân Tiến"), ("phường Minh Xuân", "Minh Xuân"), ("Đặc khu Cô Tô", "Cô Tô"), ("Xãn", "Xãn")]
)
def test_the_short_name_leaves_the_kind_of_unit_out(name: str, short: str) -> None:
    assert facade.short_name_of(name) == short
