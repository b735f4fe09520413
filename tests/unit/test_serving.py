"""Whom the pages are open to: what is safe is served, and everything else refused."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import SecretStr

from coach.errors import SettingsError
from coach.serving import Serving, cookie_name, invitation_link, serving_of
from coach.settings import CoachSettings, read_settings

_PUBLIC = "https://coach.example.org"
_OIDC: dict[str, Any] = {
    "sign_in": "oidc",
    "oidc_metadata_url": "https://id.example.org/.well-known/openid-configuration",
    "oidc_client_id": "coach",
    "oidc_client_secret": SecretStr("secret"),
}


def _served(host: str, **settings: Any) -> Serving:
    return serving_of(CoachSettings(**settings), host, 8501)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.0.0.53"])
@pytest.mark.parametrize("sign_in", [None, "none", "accounts"])
def test_on_this_machine_alone_any_way_is_safe(host: str, sign_in: str | None) -> None:
    served = _served(host, sign_in=sign_in)

    assert served.local
    assert not served.secure
    assert (sign_in or "none") == served.sign_in
    assert served.origin == served.bound


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "coach.example.org", "127.1", ""])  # noqa: S104
@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({}, "without a sign-in each would see everything"),
        ({"sign_in": "none", "public_url": _PUBLIC}, "without a sign-in"),
        ({"sign_in": "accounts"}, "Set COACH_PUBLIC_URL"),
        ({"sign_in": "accounts", "public_url": "http://coach.example.org"}, "Without https"),
        ({"sign_in": "accounts", "public_url": "http://127.0.0.1:8501"}, "Without https"),
        ({**_OIDC, "public_url": "http://10.0.0.7"}, "Without https"),
    ],
)
def test_for_others_only_a_sign_in_over_https_is_safe(
    host: str, settings: dict[str, Any], reason: str
) -> None:
    with pytest.raises(SettingsError, match=reason):
        _served(host, **settings)


@pytest.mark.parametrize(
    "settings",
    [{}, {"sign_in": "none"}, {"sign_in": "accounts", "public_url": "http://coach.example.org"}],
)
def test_behind_a_proxy_on_this_machine_the_same_holds(settings: dict[str, Any]) -> None:
    with pytest.raises(SettingsError, match=r"sign-in|https"):
        _served("127.0.0.1", **{"public_url": _PUBLIC, **settings})


@pytest.mark.parametrize("settings", [{"sign_in": "accounts"}, _OIDC])
@pytest.mark.parametrize("host", ["0.0.0.0", "127.0.0.1"])  # noqa: S104
def test_a_sign_in_over_https_may_be_served_to_all(settings: dict[str, Any], host: str) -> None:
    served = _served(host, public_url=f"{_PUBLIC}/", **settings)

    assert served.secure
    assert not served.local
    assert served.origin == _PUBLIC
    assert "coach.example.org" in served.names


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://Coach.Example.org:443/", "https://coach.example.org"),
        ("HTTPS://coach.example.org:8443", "https://coach.example.org:8443"),
        ("https://[2001:db8::7]", "https://[2001:db8::7]"),
    ],
)
def test_an_address_is_compared_as_browsers_write_it(address: str, origin: str) -> None:
    served = _served("0.0.0.0", sign_in="accounts", public_url=address)  # noqa: S104

    assert origin == served.origin
    assert served.secure


@pytest.mark.parametrize("address", ["http://id.example.org/x", "id.example.org", "file:///x", ""])
def test_a_provider_that_could_be_changed_on_the_way_is_refused(address: str) -> None:
    with pytest.raises(SettingsError, match="with https"):
        _served("127.0.0.1", **{**_OIDC, "oidc_metadata_url": address})


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("COACH_SIGN_IN", "anybody", "COACH_SIGN_IN cannot be used"),
        ("COACH_PUBLIC_URL", "coach.example.org", "Write the address that people open"),
        ("COACH_PUBLIC_URL", "https://coach.example.org/path", "without a path"),
        ("COACH_PUBLIC_URL", "https://user@coach.example.org", "without a path"),
        ("COACH_PUBLIC_URL", "https://coach.example.org?x=1", "without a path"),
        ("COACH_SIGN_IN", "oidc", "COACH_OIDC_METADATA_URL is missing"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, reason: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError, match=reason):
        read_settings()


def test_a_port_that_is_none_is_named() -> None:
    with pytest.raises(SettingsError, match="which is no address"):
        _served("127.0.0.1", public_url="https://coach.example.org:99999")


def test_the_clients_secret_is_never_shown() -> None:
    assert "hush" not in repr(CoachSettings(oidc_client_secret=SecretStr("hush")))


def test_cookies_are_bound_to_the_host_where_there_is_tls() -> None:
    assert "__Host-coach" == cookie_name(CoachSettings(public_url="HTTPS://coach.example.org"))
    assert "coach" == cookie_name(CoachSettings())


def test_an_invitation_leads_to_the_public_address() -> None:
    assert f"{_PUBLIC}/account/invitation/x" == invitation_link(
        "x", CoachSettings(public_url=f"{_PUBLIC}/")
    )
    assert "http://127.0.0.1:8501/account/invitation/x" == invitation_link("x", CoachSettings())
