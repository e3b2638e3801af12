"""Where we may be sent to, and where never."""

from ipaddress import ip_address, ip_network

import pytest

from xaso.apps.webhooks.addresses import Target, check_places, check_written, is_private, parse_target
from xaso.kernel.errors import Refusal

OFFICE = (ip_network("10.1.2.0/24"), ip_network("fd00:1::/64"))


def test_an_address_is_taken_apart() -> None:
    assert parse_target("https://a.vn") == Target("https", "a.vn", 443, "a.vn", "/")
    assert parse_target("http://[::1]:81/x?y=%20#".rstrip("#")) == Target("http", "::1", 81, "[::1]:81", "/x?y=%20")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "a.vn",
        "ftp://a.vn/",
        "file:///etc/passwd",
        "https://",
        "https:///x",
        "https://user:pass@a.vn/",
        "https://a.vn@10.0.0.1/",
        "https://a.vn\\@10.0.0.1/",
        "https://a.vn/ x",
        "https://a.vn/\r\nHost: b.vn",
        "https://a.vn/ă",
        "https://a.vn:99999/",
        "https://a.vn:x/",
        "https://a.vn/#x",
        "https://[::1/",
        "https://a.vn/" + "x" * 500,
    ],
)
def test_what_is_no_plain_address_is_refused(url: str) -> None:
    with pytest.raises(Refusal, match=r"webhooks\.url_malformed"):
        parse_target(url)


@pytest.mark.parametrize(
    "address",
    [
        *("0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.8.8.8", "169.254.169.254", "172.16.0.1", "172.31.255.255"),
        *("192.0.0.8", "192.168.1.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
        *("::", "::1", "fe80::1", "fd00::1", "ff02::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::a00:1", "2001:db8::1"),
        *("2002:a00:1::1", "2001:0:1::1", "::10.0.0.1"),
    ],
)
def test_private_places_are_known_in_every_dress(address: str) -> None:
    assert is_private(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "123.30.1.1", "172.32.0.1", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_public_places_are_public(address: str) -> None:
    assert not is_private(ip_address(address))


def test_a_name_with_one_private_place_among_public_ones_is_refused() -> None:
    target = parse_target("https://a.vn/")
    check_places(target, ["8.8.8.8", "2606:4700::1111"], ())
    for places in (["8.8.8.8", "10.0.0.1"], ["fe80::1%eth0"]):
        with pytest.raises(Refusal, match=r"webhooks\.url_refused"):
            check_places(target, places, ())


def test_a_private_network_that_the_operator_allows_is_reached_also_without_tls() -> None:
    check_places(parse_target("http://trong.vn/"), ["10.1.2.9", "fd00:1::9", "::ffff:10.1.2.9"], OFFICE)
    with pytest.raises(Refusal, match=r"webhooks\.url_refused"):
        check_places(parse_target("https://trong.vn/"), ["10.1.3.9"], OFFICE)


def test_in_public_nothing_is_said_without_tls() -> None:
    for places in (["8.8.8.8"], ["10.1.2.9", "8.8.8.8"]):
        with pytest.raises(Refusal, match=r"webhooks\.https_needed"):
            check_places(parse_target("http://a.vn/"), places, OFFICE)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://127.0.0.1/", "webhooks.url_refused"),
        ("https://[::ffff:10.0.0.1]/", "webhooks.url_refused"),
        ("http://8.8.8.8/", "webhooks.https_needed"),
        ("http://a.vn/", "webhooks.https_needed"),
    ],
)
def test_what_can_be_judged_without_a_look_up_is_judged_at_once(url: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_written(parse_target(url), ())
    assert refused.value.code == code


def test_names_are_judged_when_they_are_looked_up() -> None:
    check_written(parse_target("https://a.vn/"), ())
    check_written(parse_target("http://a.vn/"), OFFICE)
