"""Model fields that are sealed in the database and open by themselves when they are asked for.

A value is opened by its row, since it opens for that row only: `Closed` stands in the row until somebody asks. Nothing but whether it is
null can be asked of a sealed column; what must be found has a `BlindIndex` beside it: `filter(phone_blind__of="0912345678")`.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.core import checks
from django.core.exceptions import EmptyResultSet, FieldError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import IsNull, Lookup
from django.db.models.query_utils import DeferredAttribute

from xaso.platform import keyring
from xaso.platform.sealed import boxes

KINDS = ("full", "folded", "last4", "phone")
_as_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
INDEX_LENGTH = boxes.DIGEST_LENGTH + keyring.ID_LENGTH


class Closed:
    """A value in its box, as it came from the database; the row opens it. Raises TypeError when it is taken for a text.

    Equal is the same box: that of one row that nobody saved in between.
    """

    __slots__ = ("kept",)

    def __init__(self, kept: str) -> None:
        self.kept = kept

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Closed) and other.kept == self.kept

    def __hash__(self) -> int:
        return hash(self.kept)

    def __repr__(self) -> str:
        return f"Closed({self.kept!r})"

    def __str__(self) -> str:
        raise TypeError("a sealed value opens in its row alone: ask for rows, not for values()")

    def __format__(self, _form: str) -> str:
        return str(self)


class Ready(str):
    """A value as the database is to keep it."""

    __slots__ = ()


class Opening(DeferredAttribute):
    """What a row answers when a sealed column is asked for."""

    field: "Sealed"

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        value = super().__get__(instance, cls)
        if type(value) is Closed:
            value = instance.__dict__[self.field.attname] = self.field.opened(value, instance)
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class Sealed(models.Field[Any, Any]):
    """What text and documents have in common."""

    descriptor_class = Opening

    def opened(self, kept: Closed, row: models.Model) -> Any:
        """Return the value in clear. Raises Refusal: those of `boxes.unseal`."""
        return self.read(boxes.unseal(kept.kept, self.place(row)))

    def place(self, row: models.Model) -> boxes.Place:
        """Return where this column of the row stands."""
        return boxes.Place(self.model._meta.db_table, self.column or "", row.pk)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Return the value in a box. What nobody opened stays in the box it is in: to save a row its keys need not all be there.

        Raises TypeError for a new row with a box in it: it is another row's.
        """
        held = model_instance.__dict__.get(self.attname, self)
        if held is self:
            held = getattr(model_instance, self.attname)
        if type(held) is Closed and add:
            raise TypeError(f"{self}: a box of another row; make the copy of opened values")
        if type(held) is Closed:
            return self.ready(held.kept)
        text = self.text_of(held)
        return self.ready(boxes.seal(text, self.place(model_instance)) if text else self.empty(held))

    def get_prep_value(self, value: Any) -> Any:
        """Let through what a row made ready. Raises TypeError for values that come without their row, as `update()` brings them."""
        if value is None or isinstance(value, Ready):
            return value
        raise TypeError(f"{self} is sealed for its row: save the row, or clear it with sealed.emptied()")

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        """Return it as a plain text."""
        made_ready = super().get_db_prep_value(value, connection, prepared)
        return None if made_ready is None else str(made_ready)

    def get_lookup(self, lookup_name: str) -> type[Lookup[Any]] | None:
        """Refuse every question but whether it is null. Raises FieldError when the query is built."""
        if lookup_name != "isnull":
            raise FieldError(f"{self} is sealed and can't be compared ({lookup_name}): ask its blind index")
        return IsNull

    def get_transform(self, lookup_name: str) -> None:
        """Refuse to look into it. Raises FieldError when the query is built."""
        raise FieldError(f"{self} is sealed and can't be looked into ({lookup_name})")

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        """A row's key must be known before it is saved, since values are sealed for it."""
        key = self.model._meta.pk
        found = super().check(**kwargs)
        if key is None or not key.has_default():
            found.append(checks.Error("a sealed column needs a table whose key is made before the row is saved", obj=self, id="xaso.E900"))
        return found

    def read(self, text: str) -> Any:
        """Return the value of an opened text."""
        raise NotImplementedError

    def text_of(self, value: Any) -> str:
        """Return the text to seal; empty for what is kept as it is."""
        raise NotImplementedError

    def empty(self, value: Any) -> str:
        """Return how the database keeps this empty value."""
        raise NotImplementedError

    def ready(self, kept: str) -> Ready:
        """Return what the database is to keep."""
        raise NotImplementedError


class SealedText(Sealed):
    """A text, sealed. `max_length` bounds what is in the box."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Leave out the default, which every one of them has."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("default", None)
        return name, path, args, kwargs

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """Return the database's text without a limit: a box is longer than what is in it."""
        return "text"

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> Closed | str | None:
        """Return the box for the row to open; what is in clear as it is."""
        return Closed(value) if value and boxes.is_sealed(value) else value

    def read(self, text: str) -> str:
        """Return the text."""
        return text

    def text_of(self, value: Any) -> str:
        """Return the text. Raises ValueError when it is longer than the column says."""
        text = str(value or "")
        if self.max_length is not None and len(text) > self.max_length:
            raise ValueError(f"{self}: {len(text)} characters, at most {self.max_length}")
        return text

    def empty(self, value: Any) -> str:
        """Return the empty text: it stays in clear, so that rows without a value need no key."""
        return ""

    def ready(self, kept: str) -> Ready:
        """Return the box as it is."""
        return Ready(kept)


class SealedJSON(Sealed):
    """A document, sealed: kept in a JSON column as a text, so that a document in clear may stand in the next row."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        """Return the database's own type for documents."""
        return models.JSONField().db_type(connection)

    def db_check(self, connection: BaseDatabaseWrapper) -> str | None:
        """Return the database's own check of documents."""
        condition = connection.data_type_check_constraints.get("JSONField")
        return str(condition) % self.db_type_parameters(connection) if condition else None

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> Any:
        """Return the box for the row to open; what is in clear as a document."""
        if value is None:
            return None
        document = json.loads(value) if isinstance(value, str) else value
        return Closed(document) if boxes.is_sealed(document) else document

    def read(self, text: str) -> Any:
        """Return the document."""
        return json.loads(text)

    def text_of(self, value: Any) -> str:
        """Return the document as a text; empty when nothing is in it."""
        return _as_text(value) if value else ""

    def empty(self, value: Any) -> str:
        """Return the empty document: it stays in clear."""
        return json.dumps(value)

    def ready(self, kept: str) -> Ready:
        """Return the box as a JSON text."""
        return Ready(json.dumps(kept) if boxes.is_sealed(kept) else kept)


class Of(Lookup[Any]):
    """`<blind index>__of`: the rows whose value is this one, under whichever key of the ring they were written."""

    lookup_name = "of"

    def get_prep_lookup(self) -> tuple[str, ...]:
        """Return the index of the value under each key."""
        field: BlindIndex = self.lhs.output_field
        wanted = boxes.sought(str(self.rhs), field.kind)
        return tuple(boxes.blind(wanted, field.purpose, field.kind, name) for name in keyring.ring().index_keys) if wanted else ()

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Compare with each of them. Nothing is sought: nothing is found."""
        if not self.rhs:
            raise EmptyResultSet
        left, values = self.process_lhs(compiler, connection)
        places = ", ".join(["%s"] * len(self.rhs))
        return f"{left} IN ({places})" if len(self.rhs) > 1 else f"{left} = %s", (*values, *self.rhs)


class BlindIndex(models.Field[str | None, str | None]):
    """A keyed index of a sealed column of the same row: `of` names it, `kind` what of it is found by. Filled when the row is saved.

    Of a document it is an index of one of its values: `part` names that.
    """

    def __init__(self, *args: Any, of: str, kind: str = "full", part: str = "", **kwargs: Any) -> None:
        if kind not in KINDS:
            raise ValueError(f"kind of blind index: {kind}")
        self.of, self.kind, self.part = of, kind, part
        super().__init__(*args, **kwargs | {"null": True, "editable": False})

    def deconstruct(self) -> Any:
        """Say what it is made of, and leave out what all of them are."""
        name, path, args, kwargs = super().deconstruct()
        own = {one: value for one, value in kwargs.items() if one not in {"null", "editable"}}
        return name, path, args, own | {"of": self.of, "kind": self.kind} | ({"part": self.part} if self.part else {})

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """Return the type of a short text."""
        return f"varchar({INDEX_LENGTH})"

    @property
    def source(self) -> Sealed:
        """The column that it is an index of."""
        found = self.model._meta.get_field(self.of)
        assert isinstance(found, Sealed)
        return found

    @property
    def purpose(self) -> str:
        """What its keys are made for: another column's say nothing about this one."""
        return ".".join(filter(None, (self.model._meta.db_table, self.source.column, self.part)))

    def index_of(self, value: str) -> str | None:
        """Return the index of a value under the key that writes; None for nothing."""
        wanted = boxes.sought(value, self.kind)
        return boxes.blind(wanted, self.purpose, self.kind, keyring.ring().indexing) if wanted else None

    def pre_save(self, model_instance: models.Model, add: bool) -> str | None:
        """Return the index of what the row holds. Of a value that nobody opened it is as it was."""
        if type(model_instance.__dict__.get(self.of)) is Closed:
            kept: str | None = getattr(model_instance, self.attname)
            return kept
        return self.index_of_row(model_instance)

    def index_of_row(self, row: models.Model) -> str | None:
        """Return the index of what the row holds, under the key that writes. Raises Refusal when it does not open."""
        value = getattr(row, self.of)
        return self.index_of(str((value or {}).get(self.part) or "") if self.part else value or "")

    def get_prep_value(self, value: Any) -> Any:
        """Return the index as it is kept."""
        return value

    def get_lookup(self, lookup_name: str) -> type[Lookup[Any]] | None:
        """Answer to `of` and `isnull` alone. Raises FieldError when the query is built."""
        known: dict[str, type[Lookup[Any]]] = {"of": Of, "isnull": IsNull}
        if lookup_name not in known:
            raise FieldError(f"{self} is a blind index: ask {self.name}__of or {self.name}__isnull")
        return known[lookup_name]

    def get_transform(self, lookup_name: str) -> None:
        """Refuse to look into it. Raises FieldError when the query is built."""
        raise FieldError(f"{self} is a blind index and can't be looked into ({lookup_name})")


class SealedRow(models.Model):
    """A table with sealed columns: whichever of them is saved, its blind indexes are saved with it."""

    class Meta:
        abstract = True

    def save_base(
        self,
        raw: bool = False,
        force_insert: Any = False,
        force_update: bool = False,
        using: str | None = None,
        update_fields: Iterable[str] | None = None,
    ) -> None:
        """Save the row, as Django does."""
        if update_fields is not None:
            wanted = set(update_fields)
            update_fields = frozenset({*wanted, *(one.name for one in blind_indexes(type(self)) if one.of in wanted)})
        super().save_base(raw, force_insert, force_update, using, update_fields)


def sealed_columns(model: type[models.Model]) -> list[Sealed]:
    """Return the sealed columns of a table, in order."""
    return [one for one in model._meta.concrete_fields if isinstance(one, Sealed)]


def blind_indexes(model: type[models.Model]) -> list[BlindIndex]:
    """Return the blind indexes of a table, in order."""
    return [one for one in model._meta.concrete_fields if isinstance(one, BlindIndex)]


def emptied(model: type[models.Model], *columns: str) -> dict[str, Any]:
    """Return what `update()` needs to clear sealed columns of many rows at once, with their indexes."""
    cleared: dict[str, Any] = {one.name: None for one in blind_indexes(model) if one.of in columns}
    fields = {one.name: one for one in sealed_columns(model)}
    return cleared | {name: Ready(fields[name].empty(fields[name].get_default())) for name in columns}
