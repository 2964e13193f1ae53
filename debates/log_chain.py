"""How the entries of the log hang together: each seal is a digest of its entry and of the seal before it.

Whoever changes an entry, takes one out or puts one in between changes every digest from there on. One digest written down
elsewhere is enough to tell that the log up to there is what it was.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256

BEFORE_THE_FIRST = "0" * 64
"""What stands for the seal before the first."""


def digest_of(previous: str, number: int, salt: str, content: Mapping[str, str | int | None]) -> str:
    """Return the seal of an entry: the SHA-256, in hexadecimal, of compact JSON with sorted keys, in ASCII.

    `previous` is the seal before it, `number` its place in the chain from 1, `content` everything that the entry says.
    The seals are public, and some entries are shown in part: without the `salt` whatever is left out (which of five
    moderators?) could be found by trying.
    """
    sealed = {"previous": previous, "number": number, "salt": salt, "content": dict(content)}
    return sha256(json.dumps(sealed, sort_keys=True, separators=(",", ":")).encode("ascii")).hexdigest()
