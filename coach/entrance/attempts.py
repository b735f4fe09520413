"""How often one address has missed lately, so that guessing over many accounts ends too."""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

from coach.errors import SignInError

#: A whole office may share one address; that many honest misses in a quarter of an hour are rare.
LIMIT = 50
WINDOW = timedelta(minutes=15)
_WAIT = (
    "There were too many misses from your network, so nobody there can sign in for a while. Wait "
    f"{WINDOW.seconds // 60} minutes, then try again."
)
#: Addresses that are remembered at once; the longest unseen goes first.
_MOST = 10_000


class Attempts:
    """Misses by address, in this process's memory only.

    Addresses are never kept: what is kept is a hash with a key that ends with the process. Of an
    IPv6 address the first 64 bits count, as one household has all the rest.
    """

    def __init__(self, now: Callable[[], datetime], limit: int = LIMIT) -> None:
        self._now = now
        self._limit = limit
        self._key = secrets.token_bytes(32)
        self._misses: OrderedDict[bytes, list[datetime]] = OrderedDict()
        self._lock = Lock()

    def admit(self, address: str) -> None:
        """Raise ``SignInError`` if ``address`` has to wait."""
        if self.exhausted(address):
            raise SignInError(_WAIT)

    def exhausted(self, address: str) -> bool:
        """Whether ``address`` has to wait."""
        with self._lock:
            return len(self._recent(self._named(address))) >= self._limit

    def missed(self, address: str) -> None:
        """Count one miss."""
        name = self._named(address)
        with self._lock:
            self._misses[name] = [*self._recent(name), self._now()][-self._limit :]
            self._misses.move_to_end(name)
            while len(self._misses) > _MOST:
                self._misses.popitem(last=False)

    def _recent(self, name: bytes) -> list[datetime]:
        since = self._now() - WINDOW
        return [moment for moment in self._misses.get(name, ()) if moment > since]

    def _named(self, address: str) -> bytes:
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            place = address.encode(errors="replace")
        else:
            if isinstance(found, ipaddress.IPv6Address):
                found = found.ipv4_mapped or found
            place = found.packed[: 8 if found.version == 6 else 4]
        return hashlib.blake2b(place, key=self._key, digest_size=16).digest()
