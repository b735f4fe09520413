"""How a value is encrypted for its place, and how one can be found without being read."""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

#: The first byte of every sealed value: the form of what follows.
_FORM = b"\x01"
_ID_BYTES, _NONCE_BYTES, SECRET_BYTES = 8, 12, 32
_HEAD = len(_FORM) + _ID_BYTES


#: Ends the name of the column beside a sealed one that holds the mark for look-ups.
MARK = "_mark"


class UnsealError(Exception):
    """The value was altered, or stands where it does not belong."""


@dataclass(frozen=True)
class Key:
    """Two secrets: ``seal`` encrypts, ``mark`` makes the keyed hashes that look-ups compare."""

    seal: bytes = field(repr=False)
    mark: bytes = field(repr=False)
    made: str

    @classmethod
    def new(cls, made: str) -> Key:
        """A key from the system's randomness; ``made`` is its day."""
        return cls(os.urandom(SECRET_BYTES), os.urandom(SECRET_BYTES), made)

    @cached_property
    def id(self) -> str:
        """16 hexadecimal digits that follow from the secrets and do not tell them."""
        return sha256(b"coach key" + self.seal + self.mark).hexdigest()[: 2 * _ID_BYTES]

    @cached_property
    def prefix(self) -> bytes:
        """What every value that this key sealed begins with."""
        return _FORM + bytes.fromhex(self.id)

    @cached_property
    def _cipher(self) -> AESGCM:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(self.seal)

    def sealed(self, place: str, value: Any) -> bytes:
        """``value``, as JSON has it, encrypted for ``place``: no other place can read it."""
        nonce = os.urandom(_NONCE_BYTES)
        text = json.dumps(value, separators=(",", ":")).encode()
        return self.prefix + nonce + self._cipher.encrypt(nonce, text, place.encode())

    def opened(self, place: str, sealed: bytes) -> Any:
        """The value that was sealed for ``place``. Raises ``UnsealError``."""
        from cryptography.exceptions import InvalidTag

        nonce = sealed[_HEAD : _HEAD + _NONCE_BYTES]
        try:
            text = self._cipher.decrypt(nonce, sealed[_HEAD + _NONCE_BYTES :], place.encode())
        except (InvalidTag, ValueError) as error:
            raise UnsealError(place) from error
        return json.loads(text)

    def marked(self, field: str, value: str) -> str | None:
        """A keyed hash of ``value`` for this field, or ``None`` if it is empty."""
        if not value:
            return None
        return hmac.new(self.mark, f"{field}:{value}".encode(), sha256).hexdigest()


def place_of(table: str, column: str, record_id: str) -> str:
    """What a sealed value is bound to."""
    return f"{table}.{column}:{record_id}"


def resealed(
    table: str, row: Mapping[str, Any], known: Callable[[str], Key], key: Key
) -> dict[str, Any]:
    """The sealed values of ``row``, which are its bytes, sealed with ``key``, and their marks.

    ``known`` gives a key by its identifier. Raises ``UnsealError``, and what ``known`` raises.
    """
    anew: dict[str, Any] = {}
    for column, sealed in row.items():
        if isinstance(sealed, bytes):
            place = place_of(table, column, row["id"])
            value = known(key_id_of(sealed)).opened(place, sealed)
            anew[column] = key.sealed(place, value)
            if column + MARK in row:
                anew[column + MARK] = key.marked(f"{table}.{column}", value)
    return anew


def key_id_of(sealed: bytes) -> str:
    """Which key sealed this. Raises ``UnsealError`` for what is no sealed value."""
    if len(sealed) < _HEAD or not sealed.startswith(_FORM):
        raise UnsealError("no sealed value")
    return sealed[len(_FORM) : _HEAD].hex()
