"""Who calls: what each header is worth behind how many proxies."""

import re

import pytest
from django.test import RequestFactory

from qualiopi import callers
from qualiopi.callers import client_address, household, neighbourhood
from tests.architecture.house import FLOORS, files, name

PROXY, CLIENT, OTHER = "10.0.0.1", "203.0.113.7", "198.51.100.9"


def called(forwarded: str | None = None, direct: str = PROXY) -> str:
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return client_address(RequestFactory().get("/", REMOTE_ADDR=direct, **headers))


@pytest.mark.parametrize(
    ("count", "forwarded", "caller"),
    [
        (0, None, PROXY),
        (0, CLIENT, PROXY),
        (1, None, PROXY),
        (1, CLIENT, CLIENT),
        (1, f"{OTHER}, {CLIENT}", CLIENT),
        (1, f"{OTHER},{OTHER} , {CLIENT} ", CLIENT),
        (2, f"{OTHER}, {CLIENT}, 10.0.0.2", CLIENT),
        (2, CLIENT, CLIENT),
        (1, "unknown", PROXY),
        (1, "", PROXY),
        (1, f"{CLIENT}:41234", CLIENT),
        (1, "[2001:db8::7]:41234", "2001:db8::7"),
        (1, "2001:DB8:0::7", "2001:db8::7"),
        (1, f"::ffff:{CLIENT}", CLIENT),
        (1, "fe80::1%eth0", "fe80::1"),
    ],
)
def test_the_entry_at_the_count_from_the_right_is_the_client(settings, count, forwarded, caller):
    settings.TRUSTED_PROXY_COUNT = count
    assert called(forwarded) == caller


def test_behind_a_socket_file_nobody_is_known_and_the_proxy_is_believed(settings):
    settings.TRUSTED_PROXY_COUNT = 0
    assert called(None, direct="") == ""
    settings.TRUSTED_PROXY_COUNT = 1
    assert called(CLIENT, direct="") == CLIENT


@pytest.mark.parametrize(
    ("address", "home", "area"),
    [
        ("203.0.113.7", "203.0.113.7/32", "203.0.113.0/24"),
        ("::ffff:203.0.113.7", "203.0.113.7/32", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("", "", ""),
        ("inconnue", "", ""),
    ],
)
def test_how_much_of_an_address_counts(address, home, area):
    assert (household(address), neighbourhood(address)) == (home, area)


def test_a_proxy_nobody_told_of_is_said_once(settings, caplog):
    settings.TRUSTED_PROXY_COUNT = 0
    callers._warn_once.cache_clear()
    called(CLIENT, direct="9.9.9.9")
    assert caplog.messages == []
    called(CLIENT)
    called(CLIENT)
    assert ["TRUSTED_PROXY_COUNT" in message for message in caplog.messages] == [True]


def test_nobody_else_reads_where_a_call_comes_from():
    said = re.compile("REMOTE_ADDR|FORWARDED_FOR|x-forwarded-for|get_client_ip", re.IGNORECASE)
    readers = [name(path) for path in files(".py", under=FLOORS) if said.search(path.read_text(encoding="utf-8"))]
    assert sorted(readers) == ["qualiopi/accounts/adapter.py", "qualiopi/callers.py", "qualiopi/settings/base.py"]
