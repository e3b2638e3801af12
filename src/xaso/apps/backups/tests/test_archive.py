"""The archive inside: an ordinary tar of plain names, read without trusting whoever made it."""

import io
import tarfile

import pytest

from xaso.apps.backups.archive import ArchiveReader, ArchiveWriter, NotABackup


def archive(*members: tuple[str, bytes]) -> io.BytesIO:
    target = io.BytesIO()
    writer = ArchiveWriter(target)
    for name, content in members:
        writer.add(name, content)
    writer.close()
    return io.BytesIO(target.getvalue())


def test_any_program_of_tar_reads_it() -> None:
    with tarfile.open(fileobj=archive(("manifest.json", b"{}"), ("files/ab/cd/x", bytes(70_000)))) as tar:
        assert [(one.name, one.size, one.mode) for one in tar] == [("manifest.json", 2, 0o600), ("files/ab/cd/x", 70_000, 0o600)]


def test_reader_and_writer_come_to_the_same_digest_before_the_last_member() -> None:
    target = io.BytesIO()
    writer = ArchiveWriter(target)
    writer.add("a", b"1")
    writer.add("b", b"")
    digest = writer.digest
    writer.add("end.json", b"{}")
    writer.close()
    reader = ArchiveReader(io.BytesIO(target.getvalue()))

    assert [(member.name, member.content()) for member in reader] == [("a", b"1"), ("b", b""), ("end.json", b"{}")]
    assert reader.digest_before == digest
    assert reader.members_before == 3


@pytest.mark.parametrize("name", ["../keys/x", "/etc/passwd", "a/../../b", "files//x", ".hidden", "a/.b", "a\\b", "a b", "x" * 201])
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(NotABackup):
        next(iter(ArchiveReader(archive((name, b"")))))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE])
def test_only_plain_files_are_taken(kind: bytes) -> None:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as tar:
        member = tarfile.TarInfo("files")
        member.type, member.linkname = kind, "elsewhere"
        tar.addfile(member)

    with pytest.raises(NotABackup):
        next(iter(ArchiveReader(io.BytesIO(target.getvalue()))))


def test_a_file_that_became_shorter_while_it_was_copied_spoils_no_other_member() -> None:
    target = io.BytesIO()
    writer = ArchiveWriter(target)
    writer.add_file("uploads/a", io.BytesIO(b"abc"), 5)
    writer.add("b", b"whole")
    writer.close()

    members = {member.name: member.content() for member in ArchiveReader(io.BytesIO(target.getvalue()))}
    assert members == {"uploads/a": b"abc\0\0", "b": b"whole"}
