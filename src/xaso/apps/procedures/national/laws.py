"""The cell of legal texts: names and numbers, glued together. Only a number that closes a row is a ground; others stand in names."""

import re

HEAD = "Tên văn bản pháp lýMã văn bản"
_AGENCIES = (
    "BLĐTBXH BVHTTDL BNNPTNT VKSNDTC TANDTC BTNMT BGTVT BGDĐT BTTTT BKHĐT BKHCN BNNMT BDTTG VPCP NHNN UBND HĐND BHXH UBDT TTCP TTg "
    "BTC BTP BCA BXD BYT BCT BQP BNV BNG CP"
)
_AGENCY = "|".join(_AGENCIES.split())
_NUMBER = re.compile(rf"(?:\d{{1,3}}\.)?\d{{1,4}}/\d{{4}}/(?:(?:NĐ|TT|TTLT|NQ|QĐ|CT)-(?:{_AGENCY})(?:-(?:{_AGENCY}))*|(?:UBTV)?QH\d{{2}})")


def read_laws(cell: str) -> tuple[str, ...]:
    """Return the numbers of the legal texts without repetition. A number that runs into a different one proves nothing and is left out."""
    body = cell.strip()
    if not body.startswith(HEAD):
        return ()
    found = [number for number in _NUMBER.finditer(body) if _begins(body, number.start())]
    closing = []
    for number, following in zip(found, [*found[1:], None], strict=False):
        after = body[number.end() : number.end() + 1]
        runs_on = following is not None and following.start() == number.end()
        if (runs_on and following is not None and following[0] == number[0]) or (not runs_on and (not after or after.isalpha())):
            closing.append(number[0])
    return tuple(dict.fromkeys(closing))


def _begins(body: str, place: int) -> bool:
    """Tell whether a number begins there; digits before it, but for those of the National Assembly's QH13, may be its own."""
    return body[place - 1] not in "0123456789./-" or re.fullmatch(r"QH\d{2}", body[place - 4 : place]) is not None
