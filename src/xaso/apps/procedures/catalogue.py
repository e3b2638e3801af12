"""Reads the files of the catalogue: YAML, checked against the schema and against itself, with shared rates filled in. No database."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from xaso.apps.procedures.reading import read_form
from xaso.apps.procedures.shapes import CHANNELS
from xaso.kernel.forms import FormDefinitionError, FormSpec
from xaso.platform.written_files import UNREADABLE, read_yaml

Document = dict[str, Any]


class CatalogueError(Exception):
    """Files of the catalogue that can't be used; `faults` says for each what is wrong and where."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


@dataclass(frozen=True)
class CatalogueFile:
    """A file's document, complete and checked, and the digest by which a change of it is noticed."""

    path: Path
    document: Document
    digest: str


@dataclass(frozen=True)
class Shared:
    """What all files are read with: the schema, the shared rates, the exempt groups; equal when their files are."""

    digest: str
    schema: Document = field(compare=False)
    tariffs: Document = field(compare=False)
    exemptions: Document = field(compare=False)

    @classmethod
    def read(cls, home: Path) -> "Shared":
        """Read them from the catalogue's `schema` and `fees` folders."""
        schema = (home / "schema" / "procedure.json").read_bytes()
        tariffs = (home / "fees" / "tariffs.yaml").read_bytes()
        exemptions = (home / "fees" / "exemptions.yaml").read_bytes()
        return cls(
            digest=hashlib.sha256(b"\0".join((schema, tariffs, exemptions))).hexdigest(),
            schema=json.loads(schema),
            tariffs=read_yaml(tariffs),
            exemptions=read_yaml(exemptions),
        )


def read_catalogue(directory: Path, home: Path) -> list[CatalogueFile]:
    """Return every procedure below the directory, by path. Schema, rates and exempt groups come from it or, where absent, from `home`.

    Raises CatalogueError naming all faults of all files; then none of them is to be used.
    """
    shared = Shared.read(directory if (directory / "schema").is_dir() else home)
    root = directory / "procedures" if (directory / "procedures").is_dir() else directory
    files: list[CatalogueFile] = []
    faults: list[str] = []
    for path in sorted(root.rglob("*.yaml")):
        try:
            document = read_file(path.read_bytes(), shared)
        except CatalogueError as error:
            faults += [f"{path.name}: {fault}" for fault in error.faults]
        else:
            files.append(CatalogueFile(path, document, digest_of(document)))
    faults += _twins(files)
    if faults:
        raise CatalogueError(faults)
    return files


def read_file(content: bytes, shared: Shared) -> Document:
    """Return the document of one file with rates and exempt groups filled in. Raises CatalogueError with all its faults."""
    document: Document = json.loads(_checked_text(content, shared))
    return document


@lru_cache(maxsize=256)
def _checked_text(content: bytes, shared: Shared) -> str:
    """Return the completed document as JSON; the same bytes are checked once per process."""
    try:
        document = read_yaml(content)
    except UNREADABLE as fault:
        raise CatalogueError([" ".join(str(fault).split())]) from fault
    faults = [f"{_place(error.absolute_path)}: {error.message}" for error in Draft202012Validator(shared.schema).iter_errors(document)]
    if faults:
        raise CatalogueError(faults)
    completed = _completed(document, shared)
    faults = list(_contradictions(completed))
    if faults:
        raise CatalogueError(faults)
    return json.dumps(completed, ensure_ascii=False)


def digest_of(document: Mapping[str, Any]) -> str:
    """Return the SHA-256 of what the document says; comments and layout of its file don't count."""
    return hashlib.sha256(json.dumps(document, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _completed(document: Document, shared: Shared) -> Document:
    """Return the document with each fee's rate written out and the exempt groups in words."""
    completed = {**document, "fees": [_with_rate(fee, shared.tariffs) for fee in document["fees"]]}
    if "exemptions" in document:
        named = document["exemptions"]
        unknown = [group for group in named["groups"] if group not in shared.exemptions]
        if unknown:
            raise CatalogueError([f"exemptions.groups: unknown: {', '.join(unknown)}"])
        completed["exemptions"] = {"field": named["field"], "groups": {group: shared.exemptions[group] for group in named["groups"]}}
    return completed


def _with_rate(fee: Document, tariffs: Document) -> Document:
    if "tariff" not in fee:
        return fee
    if fee["tariff"] not in tariffs:
        raise CatalogueError([f"fees.{fee['id']}.tariff: unknown: {fee['tariff']}"])
    return {**tariffs[fee["tariff"]], **{key: value for key, value in fee.items() if key != "tariff"}}


def _contradictions(document: Document) -> Iterator[str]:
    """Yield what the schema can't see: questions that don't exist, rules without an amount, days out of order."""
    if "form" not in document and any(place["place"] == "here" for place in document["filing"].values()):
        yield "form: missing, though a channel is filed here"
    try:
        form = read_form(document)
    except FormDefinitionError as fault:
        yield f"form: {fault}"
        return
    yield from _faults_of_references(document, form)
    yield from _faults_of_choices(document["result"])
    yield from _faults_of_languages(document)
    if document.get("valid_until", "9999") < document["valid_from"]:
        yield "valid_until: before valid_from"


def _faults_of_references(document: Document, form: FormSpec) -> Iterator[str]:
    """Yield each place that names a question which the form does not ask."""
    tables = {field.name: {one.name for one in field.fields} for field in form.fields if field.widget == "table"}
    questions = {field.name for field in form.fields}
    for paper in document["papers"]:
        yield from _unknown(f"papers.{paper['id']}.when", paper.get("when", {}), questions)
    for fee in document["fees"]:
        yield from _faults_of_fee(fee, questions, tables)
    for line in document["result"].get("fields", ()):
        yield from _unknown(f"result.fields.{line['name']}.answer", [line["answer"]] if "answer" in line else [], questions)
    yield from _faults_of_term(document["term"], questions)
    if "exemptions" in document:
        yield from _unknown("exemptions.field", [document["exemptions"]["field"]], questions)


def _faults_of_term(term: Document, questions: set[str]) -> Iterator[str]:
    for extra in term.get("extra", ()):
        yield from _unknown("term.extra.when", extra["when"], questions)
    for channel in CHANNELS:
        for case in term.get(channel, {}).get("cases", ()):
            yield from _unknown(f"term.{channel}.cases.when", case["when"], questions)


_NEEDED_BY_KIND = {"fixed": ("amount_vnd",), "per_copy": ("amount_vnd", "copies"), "per_page": ("tiers", "copies", "pages")}


def _faults_of_fee(fee: Document, questions: set[str], tables: Mapping[str, set[str]]) -> Iterator[str]:
    place = f"fees.{fee['id']}"
    if "kind" not in fee:
        yield f"{place}: neither kind nor tariff"
        return
    missing = [key for key in _NEEDED_BY_KIND.get(fee["kind"], ()) if key not in fee]
    if missing:
        yield f"{place}: a {fee['kind']} fee needs {', '.join(missing)}"
    if "rows" in fee and fee["rows"] not in tables:
        yield f"{place}.rows: no table {fee['rows']!r} in the form"
        return
    counted = [fee[key] for key in ("copies", "pages") if key in fee]
    yield from _unknown(place, counted, tables[fee["rows"]] if "rows" in fee else questions)
    yield from _unknown(f"{place}.when", fee.get("when", {}), questions)
    yield from _unknown(f"{place}.late", [fee["late"]["since"]] if "late" in fee else [], questions)


def _faults_of_choices(result: Document) -> Iterator[str]:
    """Yield each choice by an officer's field that leaves out one of its options, or names one that it does not have."""
    offered = {line["name"]: {one["value"] for one in line["options"]} for line in result.get("fields", ()) if "options" in line}
    for line in result.get("fields", ()):
        if "answer" in line and "compose" in line:
            yield f"result.fields.{line['name']}: answer and compose"
    for pattern in _matches(result.get("paper")):
        source, _dot, name = str(pattern["match"]).partition(".")
        if source == "field" and set(pattern["cases"]) != offered.get(name):
            yield f"result.paper: the cases of {pattern['match']!r} are not its options"


def _faults_of_languages(document: Document) -> Iterator[str]:
    """Yield each text that lacks a language of the procedure's name: nobody reads half a procedure in her language."""
    for language in sorted(document["plain_name"]):
        yield from (f"{place}: no text in {language!r}" for place, texts in _texts(document) if language not in texts)


def _texts(value: Any, place: str = "") -> Iterator[tuple[str, Document]]:
    """Yield every text by language, with the place where it stands."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    if isinstance(value, dict) and isinstance(value.get("vi"), str):
        yield place, value
        return
    for key, one in inner:
        yield from _texts(one, f"{place}.{key}" if place else str(key))


def _matches(pattern: Any) -> Iterator[Document]:
    inner = pattern.values() if isinstance(pattern, dict) else pattern if isinstance(pattern, list) else ()
    if isinstance(pattern, dict) and "match" in pattern and isinstance(pattern.get("cases"), dict):
        yield pattern
    for entry in inner:
        yield from _matches(entry)


def _unknown(place: str, names: Any, known: set[str]) -> Iterator[str]:
    for name in names:
        if name not in known:
            yield f"{place}: the form does not ask {name!r}"


def _twins(files: list[CatalogueFile]) -> list[str]:
    seen: dict[tuple[str, str], str] = {}
    faults = []
    for file in files:
        for key in (("code", f"{file.document['code']} {file.document['valid_from']}"), ("slug", file.document["slug"])):
            if key[0] == "slug" and seen.get(key) == file.document["code"]:
                continue
            if key in seen:
                faults.append(f"{file.path.name}: {key[0]} {key[1]!r} stands in another file too")
            seen[key] = file.document["code"]
    return faults


def _place(path: Any) -> str:
    return ".".join(str(part) for part in path) or "file"
