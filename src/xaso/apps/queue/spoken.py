"""A call as a person says it in Vietnamese, as the names of short recordings that are played one after the other."""

CHIME, INVITE, TO_COUNTER = "chuong", "moi-so", "den-quay"
LETTERS = "ABCDEGHIKLMNOPQRSTUVXY"
"""The letters that a group may have: those of the Vietnamese alphabet that bear no mark, so that each has one name."""

WORDS = {
    INVITE: "Mời số",
    TO_COUNTER: "đến quầy số",
    **{
        f"so-{number}": word
        for number, word in enumerate(
            [
                "không",
                "một",
                "hai",
                "ba",
                "bốn",
                "năm",
                "sáu",
                "bảy",
                "tám",
                "chín",
                "mười",
                "mười một",
                "mười hai",
                "mười ba",
                "mười bốn",
                "mười lăm",
                "mười sáu",
                "mười bảy",
                "mười tám",
                "mười chín",
            ]
        )
    },
    **{
        f"chuc-{tens}": f"{word} mươi"
        for tens, word in zip(range(2, 10), ["hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"], strict=True)
    },
    "le-1": "mốt",
    "le-5": "lăm",
    "linh": "linh",
    "tram": "trăm",
    "nghin": "nghìn",
    **{
        f"chu-{letter.lower()}": name
        for letter, name in zip(
            LETTERS,
            [
                "a",
                "bê",
                "xê",
                "dê",
                "e",
                "giê",
                "hát",
                "i",
                "ca",
                "lờ",
                "mờ",
                "nờ",
                "o",
                "pê",
                "quy",
                "rờ",
                "sờ",
                "tê",
                "u",
                "vê",
                "ích",
                "i-dài",
            ],
            strict=True,
        )
    },
    "linh-vuc-civil_status": "Hộ tịch. Khai sinh, kết hôn, khai tử",
    "linh-vuc-certification": "Chứng thực. Sao giấy tờ, chữ ký, hợp đồng",
    "linh-vuc-social_protection": "Hộ nghèo, trợ giúp xã hội",
    "linh-vuc-business": "Buôn bán, kinh doanh",
    "linh-vuc-land": "Đất đai, xây dựng",
    "linh-vuc-residence": "Cư trú, căn cước",
    "linh-vuc-other": "Việc khác, hoặc chưa rõ việc gì",
    "bam-o-nay": "Anh chị bấm vào ô này để lấy số",
    "cam-phieu": "Anh chị nhớ số của mình, và ngồi chờ gọi",
}
"""What is said in each recording. The chime is no words."""
CLIPS = frozenset({CHIME, *WORDS})


def call(letter: str, number: int, counter: int) -> list[str]:
    """Return the recordings of a call: chime, “Mời số A, mười bảy, đến quầy số hai”. What has no recording is left out."""
    named = [f"chu-{letter.lower()}"] if f"chu-{letter.lower()}" in CLIPS else []
    return [CHIME, INVITE, *named, *count(number), TO_COUNTER, *count(counter)]


def count(number: int) -> list[str]:
    """Return the recordings of a number as it is said: 21 “hai mươi mốt”, 105 “một trăm linh năm”; beyond 9999 digit by digit."""
    if number > 9999:
        return [f"so-{digit}" for digit in str(number)]
    if number < 20:
        return [f"so-{number}"]
    thousands, below = divmod(number, 1000)
    parts = [f"so-{thousands}", "nghin"] if thousands else []
    if not below and thousands:
        return parts
    hundreds, rest = divmod(below, 100)
    if hundreds or thousands:
        parts += [f"so-{hundreds}", "tram"]
    return parts + _below_hundred(rest, after_hundred=bool(hundreds or thousands))


def _below_hundred(number: int, *, after_hundred: bool) -> list[str]:
    if not number and after_hundred:
        return []
    if number < 10:
        return ["linh", f"so-{number}"] if after_hundred else [f"so-{number}"]
    if number < 20:
        return [f"so-{number}"]
    tens, ones = divmod(number, 10)
    last = {1: "le-1", 5: "le-5"}.get(ones, f"so-{ones}")
    return [f"chuc-{tens}"] + ([last] if ones else [])
