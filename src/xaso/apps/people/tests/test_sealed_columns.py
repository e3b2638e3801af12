"""Sealed columns through the table of citizens: what the database shows, what can be found, and every fault of the ring of keys."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import FieldError
from django.db import connection, transaction
from django.db.models import F, Q

from xaso.apps.people import facade, testing
from xaso.apps.people.facade import Role
from xaso.apps.people.models import Account, Citizen
from xaso.kernel.errors import Refusal
from xaso.kernel.identifiers import uuid7
from xaso.platform import keyring
from xaso.platform.sealed import emptied, turning
from xaso.platform.sealed.migrating import seal_rows
from xaso.platform.sealed.rewriting import PIECE, Piece, rewrite_piece
from xaso.platform.sealed.turning import count_by_key, rewrite_some, rows_under, try_all

NOW = datetime(2026, 11, 30, 3, tzinfo=UTC)
NUMBER, PHONE = "000090123456", "0500777888"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a ring of this test's own; the worker's walk begins anew."""
    monkeypatch.setenv("XASO_KEYRING", str(tmp_path / "ring"))
    monkeypatch.setattr(turning, "_walk", turning.Walk())
    keyring.make()
    return tmp_path / "ring"


def kept(row: Citizen | Account, column: str) -> str:
    """Return what the database holds."""
    with connection.cursor() as cursor:
        key = row._meta.pk.get_db_prep_value(row.pk, connection)
        cursor.execute(f"SELECT {column} FROM {row._meta.db_table} WHERE id = %s", [key])
        return str(cursor.fetchone()[0])


def put(row: Citizen, column: str, value: str | None) -> None:
    """Write into the database past the program."""
    with connection.cursor() as cursor:
        key = row._meta.pk.get_db_prep_value(row.pk, connection)
        cursor.execute(f"UPDATE {row._meta.db_table} SET {column} = %s WHERE id = %s", [value, key])


def pao(**facts: Any) -> Citizen:
    """Return a citizen as the database gives her back."""
    row = testing.citizen(testing.commune(), **{"personal_number": NUMBER, "phone": PHONE, "ethnicity": "Mông"} | facts)
    return Citizen.objects.get(pk=row.pk)


def refusal(work: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        work()
    return caught.value


def another_key(kind: str = keyring.SEALING) -> str:
    """Turn the ring to a new key; returns the one that wrote before."""
    before = keyring.found()
    keyring.use_key(keyring.add_key(kind))
    keyring.ring(fresh=True)
    return before.sealing if kind == keyring.SEALING else before.indexing


def walk() -> int:
    """Let the worker walk to the end; returns how many rows it wrote."""
    written = 0
    while done := rewrite_some(NOW):
        written += done
    return written


def test_who_reads_the_database_reads_neither_number_nor_phone_nor_ethnicity() -> None:
    row = pao()

    assert (row.personal_number, row.phone, row.ethnicity) == (NUMBER, PHONE, "Mông")
    for column, value in (("personal_number", NUMBER), ("phone", PHONE), ("ethnicity", "Mông")):
        assert kept(row, column).startswith(f"x1:{keyring.found().sealing}:")
        assert value not in kept(row, column)
    for column in ("personal_number_blind", "personal_number_last4", "phone_blind"):
        assert not {NUMBER, PHONE, NUMBER[-4:]} & {kept(row, column)}


def test_the_same_value_looks_another_way_in_each_row_and_its_index_the_same() -> None:
    one, other = pao(), pao()

    assert kept(one, "phone") != kept(other, "phone")
    assert kept(one, "phone_blind") == kept(other, "phone_blind")
    assert kept(one, "personal_number_blind") != kept(one, "personal_number_last4")


def test_an_empty_value_stays_empty_and_has_no_index() -> None:
    row = pao(personal_number="", phone="")

    assert (kept(row, "personal_number"), kept(row, "phone")) == ("", "")
    assert (row.personal_number_blind, row.personal_number_last4, row.phone_blind) == (None, None, None)


@pytest.mark.parametrize("typed", [NUMBER, NUMBER[-4:], PHONE, "0500 777 888"])
def test_people_are_found_by_whole_number_its_last_four_and_whole_phone(typed: str) -> None:
    row = pao()
    other = testing.citizen(row.commune, "Lù Văn Đạt")
    actor = testing.actor_for(testing.staff(row.commune, Role.DESK))

    assert [one.id for one in facade.search_citizens(actor, typed)] == [row.id]
    assert [one.personal_number for one in facade.search_citizens(actor, "đạt")] == [other.personal_number]


@pytest.mark.parametrize("typed", [NUMBER[3:9], NUMBER[:4], PHONE[-4:], PHONE[:8], "7777"])
def test_digits_in_the_middle_find_nobody(typed: str) -> None:
    row = pao()

    assert facade.search_citizens(testing.actor_for(testing.staff(row.commune, Role.DESK)), typed) == []


@pytest.mark.parametrize(
    "question",
    [
        Q(phone=PHONE),
        Q(phone__contains="777"),
        Q(phone__in=[PHONE]),
        Q(phone__gt=""),
        Q(ethnicity="Mông"),
        Q(phone_blind=PHONE),
        Q(phone_blind__startswith="a"),
        Q(phone=F("personal_number")),
        ~Q(phone=""),
    ],
)
def test_a_question_that_compares_a_sealed_column_fails_when_it_is_built(question: Q) -> None:
    with pytest.raises(FieldError, match="blind index"):
        Citizen.objects.filter(question)


def test_a_sealed_value_is_not_written_without_its_row() -> None:
    row = pao()

    with pytest.raises(TypeError, match="sealed"), transaction.atomic():
        Citizen.objects.filter(pk=row.pk).update(phone="0500000000")
    with pytest.raises(TypeError, match="sealed"), transaction.atomic():
        Citizen.objects.bulk_update([row], ["ethnicity"])
    assert Citizen.objects.get(pk=row.pk).phone == PHONE


def test_a_copy_of_a_row_does_not_take_its_boxes_along() -> None:
    row = pao()
    row.pk = uuid7()
    row._state.adding = True

    with pytest.raises(TypeError, match="another row"), transaction.atomic():
        row.save()
    assert Citizen.objects.count() == 1


def test_many_rows_are_cleared_with_their_indexes() -> None:
    row = pao()

    Citizen.objects.update(**emptied(Citizen, "phone"))

    assert (kept(row, "phone"), kept(row, "phone_blind")) == ("", "None")
    assert Citizen.objects.get(pk=row.pk).personal_number == NUMBER


def test_a_box_is_never_taken_for_a_text() -> None:
    pao()
    (box,) = Citizen.objects.values_list("phone", flat=True)

    for use in (str, "{}".format, lambda one: f"{one}"):
        with pytest.raises(TypeError, match="rows"):
            use(box)


def test_what_is_longer_than_the_column_is_refused() -> None:
    with pytest.raises(ValueError, match="at most 12"):
        pao(personal_number="0" * 13)


def test_saving_one_column_saves_its_index_with_it() -> None:
    row = pao()
    row.phone = "0500111222"
    row.save(update_fields=["phone"])
    part = Citizen.objects.only("personal_number").get(pk=row.pk)
    part.personal_number = "000090999999"
    part.save()

    assert Citizen.objects.filter(phone_blind__of="0500111222", personal_number_last4__of="9999").get() == row
    assert not Citizen.objects.filter(Q(phone_blind__of=PHONE) | Q(personal_number_blind__of=NUMBER)).exists()


def test_nothing_is_found_by_nothing() -> None:
    pao(phone="", personal_number="")

    assert not Citizen.objects.filter(Q(phone_blind__of="") | Q(personal_number_last4__of="12")).exists()
    assert Citizen.objects.filter(phone_blind__isnull=True).count() == 1


def test_a_value_moved_to_another_row_or_column_does_not_open() -> None:
    one, other = pao(), pao(personal_number="000090777777", phone="0500999888")
    put(other, "phone", kept(one, "phone"))
    put(one, "ethnicity", kept(one, "phone"))

    assert refusal(lambda: Citizen.objects.get(pk=other.pk).phone).code == "keyring.not_opened"
    assert refusal(lambda: Citizen.objects.get(pk=one.pk).ethnicity).params == {"column": "people_citizen.ethnicity"}
    assert Citizen.objects.get(pk=other.pk).personal_number == "000090777777"
    assert sorted(try_all().broken) == sorted([f"people_citizen.phone {other.pk}", f"people_citizen.ethnicity {one.pk}"])


@pytest.mark.parametrize("at", [20, -1])
def test_an_altered_value_does_not_open(at: int) -> None:
    row = pao()
    box = kept(row, "phone")
    changed = list(box)
    changed[at] = "A" if box[at] != "A" else "Q"
    put(row, "phone", "".join(changed))

    assert refusal(lambda: Citizen.objects.get(pk=row.pk).phone).code == "keyring.not_opened"


def test_a_missing_key_is_told_by_its_name_and_nothing_is_overwritten(ring: Path) -> None:
    lost_row = pao()
    lost = another_key()
    readable = pao(phone="0500999888")
    before = kept(lost_row, "phone")
    (ring / lost).rename(ring.parent / lost)
    keyring.ring(fresh=True)

    row = Citizen.objects.get(pk=lost_row.pk)
    said = refusal(lambda: row.phone)
    row.full_name = "Giàng A Lềnh"
    row.save()

    assert (said.code, said.params["key"]) == ("keyring.key_missing", lost)
    assert Citizen.objects.get(pk=readable.pk).phone == "0500999888"
    assert kept(lost_row, "phone") == before
    assert walk() == 0
    assert try_all().missing == {lost: rows_under(lost)}
    (ring.parent / lost).rename(ring / lost)
    assert Citizen.objects.get(pk=lost_row.pk).full_name == "Giàng A Lềnh"
    assert Citizen.objects.get(pk=lost_row.pk).phone == PHONE


def test_a_rotation_rewrites_every_row_while_all_stay_readable_and_found() -> None:
    rows = [pao(phone=f"05000000{number:02d}") for number in range(12)]
    old = another_key()
    fresh = pao(phone="0500999888")

    assert [Citizen.objects.get(phone_blind__of=row.phone).phone for row in rows] == [row.phone for row in rows]
    assert walk() == len(rows)
    assert walk() == 0
    assert rows_under(old) == 0
    assert {one.key for one in count_by_key() if one.column == "people_citizen.phone"} == {keyring.found().sealing}
    assert {Citizen.objects.get(pk=row.pk).phone for row in [*rows, fresh]} == {row.phone for row in [*rows, fresh]}


def killed_after(piece: Piece) -> None:
    """Write the next piece and die before it is committed."""
    with transaction.atomic():
        rewrite_piece(Citizen, piece.last)
        raise KeyboardInterrupt


def test_a_rotation_that_is_killed_goes_on_where_it_was() -> None:
    commune = testing.commune()
    made = [testing.citizen(commune, personal_number=f"0000901{number:05d}") for number in range(PIECE + 50)]
    old = another_key()
    first = rewrite_piece(Citizen, None)
    under_old = rows_under(old)
    with pytest.raises(KeyboardInterrupt):
        killed_after(first)

    assert first.written == PIECE
    assert 0 < rows_under(old) == under_old
    assert {one.personal_number for one in Citizen.objects.all()} == {one.personal_number for one in made}
    assert walk() == 50
    assert rows_under(old) == 0


def test_the_walk_is_done_again_after_an_hour_and_at_the_next_key() -> None:
    pao()
    another_key()
    assert walk() == 1
    put(Citizen.objects.get(), "phone", PHONE)

    assert rewrite_some(NOW) == 0
    assert rewrite_some(NOW + timedelta(hours=2)) == 1
    assert Citizen.objects.get().phone == PHONE
    another_key()
    assert walk() == 1


def test_a_machine_that_learns_of_the_new_key_later(ring: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ring, tmp_path / "late")
    old = another_key()
    new = keyring.found().sealing
    row = pao()

    monkeypatch.setenv("XASO_KEYRING", str(tmp_path / "late"))
    late = testing.citizen(row.commune, phone="0500999888")
    assert Citizen.objects.get(phone_blind__of=PHONE).pk == row.pk
    assert refusal(lambda: Citizen.objects.get(pk=row.pk).phone).params["key"] == new
    assert kept(late, "phone").startswith(f"x1:{old}:")
    shutil.copy(ring / new, tmp_path / "late" / new)
    assert Citizen.objects.get(pk=row.pk).phone == PHONE
    keyring.ring(fresh=True)
    assert walk() == 0
    assert kept(row, "phone").startswith(f"x1:{new}:")

    monkeypatch.setenv("XASO_KEYRING", str(ring))
    monkeypatch.setattr(turning, "_walk", turning.Walk())
    assert Citizen.objects.get(pk=late.pk).phone == "0500999888"
    assert walk() == 1
    assert kept(late, "phone").startswith(f"x1:{new}:")


def test_an_index_key_turns_while_people_are_found() -> None:
    row = pao()
    before = kept(row, "phone_blind")
    old = another_key(keyring.INDEXING)
    fresh = pao(phone="0500999888")

    assert Citizen.objects.get(phone_blind__of=PHONE) == row
    assert Citizen.objects.get(phone_blind__of="0500999888") == fresh
    assert walk() == 1
    assert kept(row, "phone_blind") != before
    assert rows_under(old) == 0
    assert Citizen.objects.get(phone_blind__of=PHONE) == row


def test_an_index_that_is_newer_than_its_rows_is_filled() -> None:
    row, without = pao(), pao(phone="", personal_number="")
    put(row, "phone_blind", None)

    seal_rows("people", "Citizen")(apps, None)

    assert Citizen.objects.get(phone_blind__of=PHONE) == row
    assert rewrite_piece(Citizen, None).written == 0
    assert Citizen.objects.get(phone_blind__isnull=True) == without


def test_what_was_in_clear_is_read_then_sealed_in_pieces_and_found() -> None:
    rows = [pao(personal_number=f"0000901{number:05d}") for number in range(3)]
    account = testing.account("can-bo", phone=PHONE)
    for row in rows:
        for column, value in (("personal_number", row.personal_number), ("phone", PHONE), ("ethnicity", "Mông")):
            put(row, column, value)
        for column in ("personal_number_blind", "personal_number_last4", "phone_blind"):
            put(row, column, None)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_account SET phone = %s", [PHONE])
    assert {one.phone for one in Citizen.objects.all()} == {PHONE}

    seal_rows("people", "Citizen", "Account")(apps, None)
    seal_rows("people", "Citizen", "Account")(apps, None)

    assert [one.rows for one in count_by_key() if not one.key] == []
    assert Citizen.objects.filter(phone_blind__of=PHONE).count() == 3
    assert Citizen.objects.get(personal_number_blind__of="000090100001").ethnicity == "Mông"
    assert Account.objects.get(pk=account.pk).phone == PHONE
