"""Second factors at rest: what an app or a list of codes is made from is encrypted with the site's own key.

Who reads a copy of the database without the settings cannot make codes from it (ASVS 5.0, 6.5.2).
"""

import base64
import secrets
from functools import cache

import structlog
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

log = structlog.stdlib.get_logger("forum.accounts")

MARK = "fernet:"
"""How an encrypted value begins; what begins otherwise was written before there was encryption, in the clear."""
SALT = "forum.accounts.factors"


@cache
def _locks(keys: tuple[str, ...]) -> MultiFernet:
    """Return what locks with the first of some keys and opens with any: Fernet keys, by HMAC-SHA-256 from the site's."""
    derived = (salted_hmac(SALT, "key", secret=key, algorithm="sha256").digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(one)) for one in derived])


def locks() -> MultiFernet:
    """Return the locks of the settings as they are: SECRET_KEY, and SECRET_KEY_FALLBACKS for what older ones closed."""
    return _locks((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


def encrypt(text: str) -> str:
    """Return a text that only this site's keys open."""
    return MARK + locks().encrypt(text.encode()).decode()


def decrypt(kept: str) -> str:
    """Return what was encrypted, and what was written in the clear as it stands. Raises InvalidToken for a lost key."""
    return locks().decrypt(kept.removeprefix(MARK)).decode() if kept.startswith(MARK) else kept


def renewed(kept: str) -> str:
    """Return a value under the first key, encrypted if it was not. Raises InvalidToken for a lost key."""
    return MARK + locks().rotate(kept.removeprefix(MARK)).decode() if kept.startswith(MARK) else encrypt(kept)


class FactorsAdapter(DefaultMFAAdapter):
    """Keep allauth's behaviour; encrypt what it would keep in the clear."""

    def encrypt(self, text: str) -> str:
        """Return what is kept of a secret."""
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return a secret again; where its key is lost, one that nobody knows: no code fits, and the door stays shut."""
        try:
            return decrypt(encrypted_text)
        except InvalidToken:
            log.error("a second factor cannot be read: the key that encrypted it is in the settings no more")
            return base64.b32encode(secrets.token_bytes(20)).decode()
