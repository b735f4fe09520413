"""Whom the pages are open to, and whether that is safe."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from coach.errors import SettingsError
from coach.settings import CoachSettings

#: How people show who they are; with ``none`` it is a personal workspace.
Way = Literal["none", "accounts", "oidc"]
_PORTS = {"http": 80, "https": 443}
_HOW = (
    "Set COACH_SIGN_IN=accounts, or oidc for your organisation's own sign-in; docs/serving.md says "
    "how. To use the coach alone, leave out --host and COACH_PUBLIC_URL."
)


@dataclass(frozen=True)
class Serving:
    """How the pages are served: bound to ``host``, found by browsers at ``origin``."""

    host: str
    port: int
    sign_in: Way
    #: Scheme, name and port as a browser writes them, such as ``https://coach.example.org``.
    origin: str
    #: Only browsers on this machine find it.
    local: bool

    @property
    def secure(self) -> bool:
        """Whether browsers come by TLS, so that cookies may be bound to it."""
        return self.origin.startswith("https://")

    @property
    def bound(self) -> str:
        """Where the server itself listens."""
        return f"http://{_shown(self.host)}:{self.port}"

    @property
    def names(self) -> frozenset[str]:
        """By which host names a browser may ask; another one is a trick on name servers."""
        return frozenset({_name(self.origin), self.host.lower(), "localhost", "127.0.0.1", "::1"})


def serving_of(settings: CoachSettings, host: str, port: int) -> Serving:
    """How these settings serve the pages. Raises ``SettingsError`` for what is not safe."""
    origin = _origin(settings.public_url or f"http://{_shown(host)}:{port}")
    local = is_loopback(host) and is_loopback(_name(origin))
    sign_in = settings.sign_in or "none"
    if not local:
        _must_be_safe(settings, sign_in, host, origin)
    address = settings.oidc_metadata_url or ""
    if sign_in == "oidc" and not (address.startswith("https://") or _is_local_http(address)):
        raise SettingsError(
            f"COACH_OIDC_METADATA_URL is {address!r}. Write the whole address, with https: whoever "
            "could change it on the way could sign in as anybody."
        )
    return Serving(host=host, port=port, sign_in=sign_in, origin=origin, local=local)


def is_loopback(host: str) -> bool:
    """Whether only this machine itself can reach ``host``."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def cookie_name(settings: CoachSettings) -> str:
    """What a signed-in browser's cookie is called; browsers bind ``__Host-`` to TLS and host."""
    secure = (settings.public_url or "").lower().startswith("https://")
    return "__Host-coach" if secure else "coach"


def _must_be_safe(settings: CoachSettings, sign_in: Way, host: str, origin: str) -> None:
    where = repr(host) if not is_loopback(host) else repr(origin)
    if sign_in == "none":
        raise SettingsError(
            f"At {where} others could open the coach, and without a sign-in each would see "
            f"everything. {_HOW}"
        )
    if not settings.public_url:
        raise SettingsError(
            f"At {where} others can open the coach, and it must know by which address. Set "
            "COACH_PUBLIC_URL, for example https://coach.example.org; docs/serving.md says how."
        )
    if not origin.startswith("https://"):
        raise SettingsError(
            f"COACH_PUBLIC_URL is {origin!r}. Without https everybody on the way could read the "
            "passwords and what people write. Put a web server with TLS in front of the coach, and "
            "write its https address; docs/serving.md says how."
        )


def _is_local_http(address: str) -> bool:
    return address.startswith("http://") and is_loopback(_name(address))


def _origin(address: str) -> str:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise SettingsError(
            f"COACH_PUBLIC_URL is {address!r}, which is no address: {error}. Write the one that "
            "people open, for example https://coach.example.org."
        ) from error
    name = parts.hostname or ""
    named = f":{port}" if port and port != _PORTS.get(parts.scheme) else ""
    return f"{parts.scheme}://{_shown(name)}{named}"


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _name(address: str) -> str:
    return urlsplit(address).hostname or ""


def invitation_link(
    secret: str, settings: CoachSettings, here: str = "http://127.0.0.1:8501"
) -> str:
    """The address to send to somebody who is invited; ``here`` where no public one is set."""
    return f"{_origin(settings.public_url or here)}/account/invitation/{secret}"
