"""The signer's program over a real socket with a real token: who may ask, what is signed, and what an official's PIN is good for."""

import json
import os
import re
import socket
import stat
import subprocess
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization

from tests.signer.conftest import PAGE, Computer
from xaso.apps.signing.fitting import require_fits
from xaso.apps.signing.testing import PIN
from xaso.apps.signing.tests.token import MODULE
from xaso_signer.origins import read_origin

pytestmark = pytest.mark.once
NOBODY = 65534
ASKED = "xin chữ ký của:"


def paper(computer: Computer, title: str = "Giấy xác nhận 15/2026", number: int = 7) -> dict[str, str]:
    return {"title": title, "attributes": b64encode(computer.attributes(bytes([number]) * 32)).decode()}


def sign(computer: Computer, *papers: dict[str, str], typed: list[str], **facts: Any) -> Any:
    computer.program.typed = typed
    sent = {"certificate": computer.fingerprint, "papers": list(papers or [paper(computer)]), **facts}
    return computer.program.ask("/v1/sign", sent, origin=PAGE)[1]


def require_good(computer: Computer, signature: str, number: int = 7) -> None:
    der = computer.certificate.public_bytes(serialization.Encoding.DER)
    require_fits(der, computer.attributes(bytes([number]) * 32), b64decode(signature))


@pytest.mark.parametrize("computer", ["P-256", "RSA"], indirect=True)
def test_a_paper_is_signed_after_the_pin_was_typed_into_the_program(computer: Computer) -> None:
    told = sign(computer, typed=[PIN])

    (signature,) = told["signatures"]
    require_good(computer, signature)
    assert "error" not in told
    assert f"Trang {PAGE} xin chữ ký của:" in computer.program.screen
    assert "Vàng Seo Dín" in computer.program.screen
    assert "Giấy xác nhận 15/2026" in computer.program.screen
    assert PIN not in computer.program.screen


def test_the_certificates_on_the_token_are_told_without_a_pin(computer: Computer) -> None:
    status, told, headers = computer.program.ask("/v1/certificates", origin=PAGE)

    assert status == 200
    assert [(one["fingerprint"], one["token"]) for one in told["certificates"]] == [(computer.fingerprint, "Xa Bao Nhai")]
    assert b64decode(told["certificates"][0]["der"]) == computer.certificate.public_bytes(serialization.Encoding.DER)
    assert (headers["Access-Control-Allow-Origin"], headers["Vary"], headers["Cache-Control"]) == (PAGE, "Origin", "no-store")


def test_a_page_that_is_not_allowed_by_its_whole_name_is_told_nothing(computer: Computer) -> None:
    sent = {"certificate": computer.fingerprint, "papers": [paper(computer)]}
    strangers = ["null", "https://xau.example", f"{PAGE}.xau.example", f"{PAGE}:8443", PAGE.replace("https", "http"), f"{PAGE}/", PAGE[:-1]]

    for origin in (None, *strangers, PAGE.upper(), "*"):
        for path, method in (("/v1/sign", "POST"), ("/v1/certificates", "POST"), ("/v1/sign", "OPTIONS")):
            status, told, headers = computer.program.ask(path, sent, origin=origin, method=method)
            assert (origin, status, told) == (origin, 403, None)
            assert not [name for name in headers if name.startswith("Access-Control")]
    assert ASKED not in computer.program.screen


def test_a_name_that_was_made_to_lead_to_this_computer_is_refused(computer: Computer) -> None:
    own = f"127.0.0.1:{computer.program.port}"

    for host in ("xau.example", own.replace("127.0.0.1", "localhost"), "127.0.0.1", "127.0.0.1:1", f"{own}.xau.example", ""):
        status, told, _headers = computer.program.ask("/v1/certificates", origin=PAGE, Host=host)
        assert (host, status, told) == (host, 403, None)


def test_two_hosts_in_one_request_are_refused(computer: Computer) -> None:
    own = f"127.0.0.1:{computer.program.port}"
    lines = ("POST /v1/certificates HTTP/1.1", f"Host: {own}", "Host: xau.example", f"Origin: {PAGE}", "Content-Length: 2", "", "{}")
    with socket.create_connection(("127.0.0.1", computer.program.port)) as link:
        link.sendall("\r\n".join(lines).encode())
        assert b" 403 " in link.recv(4096).splitlines()[0]


def test_browsers_are_told_that_the_allowed_page_may_ask_a_private_network(computer: Computer) -> None:
    asked = {"Access_Control_Request_Method": "POST", "Access_Control_Request_Private_Network": "true"}

    status, _, headers = computer.program.ask("/v1/sign", origin=PAGE, method="OPTIONS", **asked)

    assert status == 204
    assert {name: value for name, value in headers.items() if name.startswith("Access-Control")} == {
        "Access-Control-Allow-Origin": PAGE,
        "Access-Control-Allow-Methods": "POST",
        "Access-Control-Allow-Headers": "Content-Type",
        "Access-Control-Allow-Private-Network": "true",
    }


def test_what_browsers_send_without_asking_first_is_refused(computer: Computer) -> None:
    sent = {"certificate": computer.fingerprint, "papers": [paper(computer)]}

    assert computer.program.ask("/v1/sign", sent, origin=PAGE, Content_Type="text/plain")[:2] == (400, {"error": "bad_request"})
    assert computer.program.ask("/v1/certificates", origin=PAGE, method="GET")[0] == 501
    assert ASKED not in computer.program.screen


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become another user")
def test_another_user_of_the_computer_is_hung_up_on(computer: Computer) -> None:
    talk = f"exec 3<>/dev/tcp/127.0.0.1/{computer.program.port} && printf 'POST ' >&3 && head -c 10 <&3 && echo over"

    done = subprocess.run(["bash", "-c", talk], user=NOBODY, group=NOBODY, capture_output=True, text=True, check=False, cwd="/")

    assert done.stdout.strip() in {"over", ""}
    assert "another user" in (computer.program.home / "xaso-signer.log").read_text()


def test_only_attributes_of_a_signature_under_the_certificate_are_signed(computer: Computer) -> None:
    good = computer.attributes()
    other = good.replace(good[good.index(b"\x04\x20") + 2 :][:8], b"\x00" * 8)
    foreign = [b"dang nhap", b"\x00" * 32, b"", good[:-1], good + b"\x00", b"\x30" + good[1:]]
    longer = [b64encode(content).decode() for content in foreign]

    for attributes in [*longer, "###", 5, None]:
        status, told, _ = computer.program.ask(
            "/v1/sign", {"certificate": computer.fingerprint, "papers": [{"title": "Giấy", "attributes": attributes}]}, origin=PAGE
        )
        assert (status, told) == (400, {"error": "bad_request"})
    assert other != good
    assert ASKED not in computer.program.screen


def test_titles_that_could_deceive_on_the_screen_and_nonsense_are_refused(computer: Computer) -> None:
    titles = ["", "  ", "x" * 201, "\x1b[2JGiấy khác", "hai\ndòng", 5]
    strange = [{"certificate": computer.fingerprint, "papers": [{**paper(computer), "title": title}]} for title in titles]
    nonsense = [[], "x", {}, {"certificate": "00", "papers": []}, {"certificate": 5, "papers": 5}]

    for sent in (*strange, *nonsense):
        assert (sent, computer.program.ask("/v1/sign", sent, origin=PAGE)[0]) == (sent, 400)
    assert ASKED not in computer.program.screen


def test_too_many_papers_and_too_long_a_request_are_refused(computer: Computer) -> None:
    many = {"certificate": computer.fingerprint, "papers": [paper(computer)] * 201}

    assert computer.program.ask("/v1/sign", many, origin=PAGE)[0] == 400
    assert computer.program.ask("/v1/certificates", {"x": "x" * (1 << 20)}, origin=PAGE)[0] in {0, 400}


def test_a_wrong_pin_is_told_with_what_the_token_says_of_its_counter_and_the_next_one_is_hers(computer: Computer) -> None:
    told = sign(computer, typed=["000000", PIN])

    require_good(computer, told["signatures"][0])
    assert computer.program.screen.count("Mã PIN vừa gõ chưa đúng.") == 1
    assert computer.program.screen.count("Token cho biết đã có lần gõ sai PIN") == 1


def test_after_three_wrong_pins_the_page_is_told_and_no_pin_is_tried_by_itself(computer: Computer) -> None:
    told = sign(computer, typed=["000000", "111111", "222222", PIN])

    assert told == {"signatures": [], "error": "pin_wrong"}
    assert computer.program.typed == [PIN]


def test_she_declines(computer: Computer) -> None:
    assert sign(computer, typed=[""]) == {"signatures": [], "error": "declined"}


def test_a_token_pulled_out_is_told_and_plugged_in_again_it_signs(computer: Computer) -> None:
    computer.token.pull_out()
    assert computer.program.ask("/v1/certificates", origin=PAGE)[1] == {"version": "0.1.0", "certificates": []}
    assert sign(computer, typed=[PIN]) == {"error": "key_missing"}

    computer.token.plug_in()
    require_good(computer, sign(computer, typed=[PIN])["signatures"][0])


def test_a_certificate_that_is_on_no_token_is_told(computer: Computer) -> None:
    sent = {"certificate": "0" * 64, "papers": [paper(computer)]}

    assert computer.program.ask("/v1/sign", sent, origin=PAGE)[1] == {"error": "key_missing"}


def test_several_papers_need_a_pin_each(computer: Computer) -> None:
    told = sign(computer, paper(computer, "Một", 1), paper(computer, "Hai", 2), typed=["k", PIN, PIN])

    for number, signature in enumerate(told["signatures"], 1):
        require_good(computer, signature, number)
    assert len(told["signatures"]) == 2
    assert computer.program.screen.count("Chỉ ký giấy thứ nhất.") == 1


def test_unless_she_says_in_the_program_that_one_is_for_all(computer: Computer) -> None:
    papers = [paper(computer, f"Giấy {number}", number) for number in range(1, 6)]

    told = sign(computer, *papers, typed=["c", PIN])

    for number, signature in enumerate(told["signatures"], 1):
        require_good(computer, signature, number)
    assert len(told["signatures"]) == 5


def test_what_was_signed_before_she_stopped_is_handed_over(computer: Computer) -> None:
    told = sign(computer, paper(computer, "Một", 1), paper(computer, "Hai", 2), typed=["k", PIN, ""])

    assert (len(told["signatures"]), told["error"]) == (1, "declined")


def test_the_log_names_no_person_no_paper_no_digest_and_no_pin(computer: Computer) -> None:
    sign(computer, typed=["000000", PIN])
    computer.program.ask("/v1/sign", {}, origin="https://xau.example")

    log = computer.program.home / "xaso-signer.log"
    lines = log.read_text()
    assert f"1 of 1 signed for {PAGE}" in lines
    for told in ("Vàng", "Giấy", PIN, "000000", computer.fingerprint, f"{computer.certificate.serial_number:x}", "xau.example"):
        assert told not in lines
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert stat.S_IMODE((computer.program.home / "settings.json").stat().st_mode) == 0o600


def test_it_listens_on_this_computer_alone(computer: Computer) -> None:
    listening = subprocess.run(["ss", "-Hltn"], capture_output=True, text=True, check=True).stdout

    assert [line.split()[3] for line in listening.splitlines() if line.split()[3].endswith(f":{computer.program.port}")] == [
        f"127.0.0.1:{computer.program.port}"
    ]


def test_it_is_set_up_by_a_few_words(computer: Computer) -> None:
    do = computer.program.do
    assert do("list") == (0, "Xa Bao Nhai: Vàng Seo Dín")
    assert do("module", "/etc/hostname")[0] == 1
    assert do("module", str(MODULE)) == (0, "Đã ghi.")
    assert do("--terminal", "--port", str(computer.program.port))[0] == 1
    assert do("allow", "https://Xa-Khac.example:443/") == (0, "Đã ghi.")
    assert do("forget", PAGE) == (0, "Đã ghi.")
    assert load_from(computer.program.home)["origins"] == ["https://xa-khac.example"]
    computer.program.stop()
    computer.program.start()
    assert computer.program.ask("/v1/certificates", origin=PAGE)[0] == 403


def load_from(home: Path) -> dict[str, list[str]]:
    kept: dict[str, list[str]] = json.loads((home / "settings.json").read_text())
    return kept


@pytest.mark.parametrize(
    "text",
    [
        "http://motcua.example",
        "https://*.example",
        "*",
        "https://",
        "https://a.example/trang",
        "https://a@b.example",
        "javascript:x",
        "null",
    ],
)
def test_pages_are_allowed_by_whole_names_over_https_only(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        read_origin(text)


def test_an_origin_is_written_as_browsers_write_it() -> None:
    assert read_origin("https://Motcua.Example:443/") == "https://motcua.example"
    assert read_origin(" http://127.0.0.1:8000 ") == "http://127.0.0.1:8000"
