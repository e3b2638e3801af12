"""How keys of `age` are written: Bech32 (BIP 173) without its limit of length, so that a slip of the pen is noticed."""

from collections.abc import Iterable, Sequence

ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
CHECK_LETTERS = 6


def encode(prefix: str, content: bytes) -> str:
    """Return the content as small letters and digits after the prefix and a `1`."""
    fives = _regroup(content, 8, 5, pad=True)
    remainder = _polymod([*_spread(prefix), *fives, *(0,) * CHECK_LETTERS]) ^ 1
    check = [remainder >> 5 * (CHECK_LETTERS - 1 - place) & 31 for place in range(CHECK_LETTERS)]
    return f"{prefix}1{''.join(ALPHABET[five] for five in (*fives, *check))}"


def decode(prefix: str, text: str) -> bytes:
    """Return the content. Raises ValueError when a letter is wrong, missing or too many, or the prefix is another."""
    small = text.lower()
    if text not in {small, text.upper()} or not small.startswith(f"{prefix}1"):
        raise ValueError("another kind of key")
    letters = small[len(prefix) + 1 :]
    if len(letters) < CHECK_LETTERS or not set(letters) <= set(ALPHABET):
        raise ValueError("not a key")
    fives = [ALPHABET.index(letter) for letter in letters]
    if _polymod([*_spread(prefix), *fives]) != 1:
        raise ValueError("a letter of the key is wrong")
    return bytes(_regroup(fives[:-CHECK_LETTERS], 5, 8, pad=False))


def _spread(prefix: str) -> list[int]:
    return [*(ord(letter) >> 5 for letter in prefix), 0, *(ord(letter) & 31 for letter in prefix)]


def _polymod(values: Iterable[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(GENERATOR):
            if top >> place & 1:
                check ^= generator
    return check


def _regroup(values: Sequence[int] | bytes, from_bits: int, to_bits: int, *, pad: bool) -> list[int]:
    held, bits, found = 0, 0, []
    for value in values:
        held, bits = held << from_bits | value, bits + from_bits
        while bits >= to_bits:
            bits -= to_bits
            found.append(held >> bits & (1 << to_bits) - 1)
            held &= (1 << bits) - 1
    if pad and bits:
        found.append(held << (to_bits - bits))
    elif not pad and (bits >= from_bits or held):
        raise ValueError("not a key")
    return found
