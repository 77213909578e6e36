"""Values that nobody can read without a key: AES-256-GCM, from the library `cryptography`.

A sealed value is `1:<id of the key>:<nonce and ciphertext, base64>`. What it is bound to, its
`place` ("messages.text"), has to be named to open it, so that no value can be moved to another
column. Ids, like the key for searching, are derived from the key and don't tell it.
"""

from __future__ import annotations

import hmac
import os
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from advisor.errors import KeyMissingError, SealBrokenError, StoreError

VERSION = "1"
SEALED = re.compile(rf"{VERSION}:([0-9a-f]{{8}}):([A-Za-z0-9_=-]+)")
SIZE = 32
"""Bytes of a key."""
NONCE = 12
"""Bytes that are drawn anew for each value, as AES-GCM wants them: a key is good for 2**32."""
HASHED = "h:"
"""What a word to be found by begins with, once it is hashed."""
BETWEEN = re.compile(r"[\s,]+")


def new_key() -> str:
    """A key, as the setting takes it."""
    return urlsafe_b64encode(os.urandom(SIZE)).decode("ascii")


def derived(key: bytes, purpose: str, size: int = SIZE) -> bytes:
    """A key for one purpose, which doesn't tell the key that it comes from."""
    return HKDF(SHA256(), size, salt=None, info=f"comeback {purpose}".encode()).derive(key)


@dataclass(frozen=True, slots=True)
class Key:
    """One key. `id` is what its sealed values name it by."""

    id: str = field(repr=False)
    cipher: AESGCM = field(repr=False)
    searching: bytes = field(repr=False)

    @classmethod
    def of(cls, secret: bytes) -> Key:
        """The key that a secret of 32 bytes makes."""
        return cls(
            derived(secret, "id", 4).hex(),
            AESGCM(derived(secret, "columns")),
            derived(secret, "search"),
        )


class Keys:
    """The keys of a deployment, newest first. None at all is allowed: then nothing is sealed."""

    def __init__(self, keys: Sequence[Key] = ()) -> None:
        self.keys = {key.id: key for key in keys}
        self.newest = keys[0] if keys else None

    @classmethod
    def read(cls, setting: str) -> Keys:
        """Keys with commas in between. Raises StoreError where one is none."""
        return cls([Key.of(secret_of(each)) for each in BETWEEN.split(setting.strip()) if each])

    def seal(self, place: str, content: bytes) -> str:
        """Seal a value with the newest key."""
        assert self.newest is not None, "whoever seals has looked for a key"
        nonce = os.urandom(NONCE)
        hidden = self.newest.cipher.encrypt(nonce, content, place.encode())
        return f"{VERSION}:{self.newest.id}:{urlsafe_b64encode(nonce + hidden).decode('ascii')}"

    def open(self, place: str, sealed: str) -> bytes:
        """What was sealed. Raises KeyMissingError without its key, and SealBrokenError where it was
        changed or sealed for another place."""
        parts = SEALED.fullmatch(sealed)
        if parts is None:
            raise SealBrokenError(place)
        key = self.keys.get(parts[1])
        if key is None:
            raise KeyMissingError(parts[1])
        try:
            raw = urlsafe_b64decode(parts[2])
            return key.cipher.decrypt(raw[:NONCE], raw[NONCE:], place.encode())
        except (InvalidTag, ValueError):
            raise SealBrokenError(place) from None

    def is_newest(self, sealed: str) -> bool:
        """Whether a value is sealed with the newest key."""
        return self.newest is not None and sealed.startswith(f"{VERSION}:{self.newest.id}:")

    def search_key(self, word: str) -> str:
        """What a word is kept as, to be found by: itself where there is no key, else a hash that
        only the newest key makes."""
        return hashed(self.newest, word) if self.newest else word

    @property
    def search_prefix(self) -> str:
        """What every word hashed with the newest key begins with; nothing without a key."""
        return f"{HASHED}{self.newest.id}:" if self.newest else ""

    def search_keys(self, word: str) -> list[str]:
        """All that a word may have been kept as: by any of the keys, or before there was one."""
        return [*(hashed(key, word) for key in self.keys.values()), word]


NO_KEYS = Keys()


def hashed(key: Key, word: str) -> str:
    """A keyed hash of a word."""
    digest = hmac.digest(key.searching, word.encode("utf-8", "surrogatepass"), "sha256")
    return f"{HASHED}{key.id}:{digest[:16].hex()}"


def secret_of(text: str) -> bytes:
    """The bytes of a key. Raises StoreError, which doesn't quote it."""
    try:
        secret = urlsafe_b64decode(text.encode("ascii"))
    except ValueError:
        secret = b""
    if len(secret) != SIZE:
        raise StoreError(
            "COMEBACK_ENCRYPTION_KEY can't be used: each key is 44 characters, as"
            " `comeback db key` prints them, the newest first, with commas in between."
        )
    return secret
