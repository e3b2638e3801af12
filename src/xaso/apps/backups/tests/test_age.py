"""The sealed container: opens with the right key alone, and tells the first chunk that is not as it was written."""

import base64
import io

import pytest

from xaso.apps.backups import age, bech32

KEY = "AGE-SECRET-KEY-13VGEHHA6KGRK7XUTXATDUNUD07YUATRCPR8PXSPC97GLNVLK9ASQKGS4S5"
MADE_BY_RAGE = base64.b64decode(
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSA2ZHcwSHhXS0pWdkdhNzRWR0IvNElVanhLSExmSXZhOThpRXZjTEk4YjJZCjFBSHFXWkNMSnRab0o1bDJzRUg3"
    "QzMxTjVsK0F3bGkvb3RHQkM2MU9na0UKLT4gS20tZ3JlYXNlIC4vIC8ycyA9VFdIWDNBCko1Sm1RalEKLS0tIDZLcWZUZWUzN3JZTmYzTUN5TVZ6VE4vVEE0OUZsMHo5"
    "MGNQTDRvS21kQWMKs/7IUJLEh273lcV6+WYt9Mkm7ZzigQ8zh9meHdO0ru+wHUXciO5vUQ=="
)
CHUNK, TAG = age.CHUNK_BYTES, age.TAG_BYTES


def sealed(content: bytes, *identities: age.Identity) -> bytes:
    target = io.BytesIO()
    writer = age.Writer(target, [one.recipient for one in identities])
    for at in range(0, len(content), 10_000):
        writer.write(content[at : at + 10_000])
    writer.close()
    return target.getvalue()


def opened(content: bytes, identity: age.Identity) -> bytes:
    return age.Reader(io.BytesIO(content), [identity]).read()


def test_a_file_that_another_program_of_the_format_wrote_is_opened() -> None:
    assert opened(MADE_BY_RAGE, age.Identity.read(KEY)).decode() == "Xã Số"


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_each_recipient_reads_what_was_written(size: int) -> None:
    content = bytes(index * 7 % 251 for index in range(size))
    first, second = age.Identity.make(), age.Identity.make()
    file = sealed(content, first, second)

    assert opened(file, first) == opened(file, second) == content


def test_another_key_opens_nothing() -> None:
    with pytest.raises(age.WrongKey):
        opened(sealed(b"a", age.Identity.make()), age.Identity.make())


@pytest.mark.parametrize("chunk", [0, 1, 2])
def test_a_flipped_byte_is_told_with_the_place_of_its_chunk_and_nothing_of_it_is_handed_on(chunk: int) -> None:
    identity = age.Identity.make()
    file = bytearray(sealed(bytes(2 * CHUNK + 100), identity))
    header = len(file) - (2 * CHUNK + 100 + 3 * TAG)
    begin = header + chunk * (CHUNK + TAG)
    file[begin + 50] ^= 1
    reader = age.Reader(io.BytesIO(bytes(file)), [identity])

    assert reader.read(chunk * CHUNK) == bytes(chunk * CHUNK)
    with pytest.raises(age.NotReadable) as caught:
        reader.read(1)
    assert caught.value.at_byte == begin


@pytest.mark.parametrize(
    "spoil",
    [
        lambda file: file[: -(100 + TAG)],
        lambda file: file[:-1],
        lambda file: file + b"x",
        lambda file: file[:200] + file[201:],
        lambda file: b"age-encryption.org/v2\n" + file[22:],
        lambda file: b"",
    ],
    ids=["last chunk cut off", "last byte cut off", "a byte more", "a byte missing", "another form", "empty"],
)
def test_what_was_cut_or_lengthened_is_not_read_to_the_end(spoil) -> None:
    identity = age.Identity.make()

    with pytest.raises((age.NotReadable, age.WrongKey)):
        opened(spoil(sealed(bytes(CHUNK + 100), identity)), identity)


def test_chunks_that_changed_places_are_noticed() -> None:
    identity = age.Identity.make()
    file = sealed(bytes(3 * CHUNK), identity)
    begin = len(file) - 3 * (CHUNK + TAG)
    first, second, third = (file[begin + at * (CHUNK + TAG) : begin + (at + 1) * (CHUNK + TAG)] for at in range(3))

    with pytest.raises(age.NotReadable) as caught:
        opened(file[:begin] + second + first + third, identity)
    assert caught.value.at_byte == begin


def test_a_slip_of_the_pen_in_a_key_is_noticed() -> None:
    wrong = KEY.replace("KGRK7", "KGRK8")

    assert age.Identity.read(KEY).text() == KEY
    assert age.identities_in(f"# nhà\n\n{KEY}\n") == [age.Identity.read(KEY)]
    for text in (wrong, KEY[:-1], KEY.replace("AGE", "BGE"), str(age.Identity.read(KEY).recipient), ""):
        with pytest.raises(ValueError, match="key"):
            age.Identity.read(text)
    with pytest.raises(ValueError, match="key"):
        age.Recipient.read(KEY)


def test_the_letters_of_a_key_are_those_of_bip_173() -> None:
    assert bech32.decode("a", "A12UEL5L") == b""
    assert (
        bech32.encode("abcdef", bytes.fromhex("00443214c74254b635cf84653a56d7c675be77df"))
        == "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw"
    )
