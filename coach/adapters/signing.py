"""Signs what was released, so that a later change would show; Ed25519."""

from __future__ import annotations


class Ed25519:
    """See ``coach.ports.Signer``; keys and signatures are hexadecimal digits."""

    def public(self, private: str) -> str:
        """The key that others check with."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(private))
        return key.public_key().public_bytes_raw().hex()

    def sign(self, private: str, text: str) -> str:
        """The signature of ``text``."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(private))
        return key.sign(text.encode()).hex()

    def is_signed(self, public: str, text: str, signature: str) -> bool:
        """Whether ``signature`` is of ``text`` and of this key."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        try:
            key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
            key.verify(bytes.fromhex(signature), text.encode())
        except (InvalidSignature, ValueError):
            return False
        return True
