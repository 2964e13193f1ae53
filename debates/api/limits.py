"""How many requests an address may send: counted for all processes of a machine in one small file.

Django's own caches cannot count: that of memory is one for each process, and those of files and of the database read a
number and write it back, so requests at once are counted as one. Here the count is one statement of SQLite, which is one
step for whoever asks. No table of the site's database is needed, reading the site writes nothing there, and the file may
be thrown away at any time. A site on several machines counts on each; one limit for all belongs into the proxy before it.
"""

import ipaddress
import logging
import math
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)

PATIENCE = 2.0
"""Seconds to wait for another process that is counting; each takes well under a thousandth."""
TABLE = "CREATE TABLE IF NOT EXISTS counts (who TEXT PRIMARY KEY, used INTEGER, ends REAL) WITHOUT ROWID"
COUNT = """
INSERT INTO counts (who, used, ends) VALUES (:who, 1, :now + :window)
ON CONFLICT (who) DO UPDATE SET
    used = CASE WHEN ends <= :now OR ends > :now + :window + :patience THEN 1 ELSE used + 1 END,
    ends = CASE WHEN ends <= :now OR ends > :now + :window + :patience THEN :now + :window ELSE ends END
RETURNING used, ends
"""
"""A window begins with the first request after the last one ended; a clock that was set back ends it, too.

Whoever waited for another process looked at the clock before that one did, so only what is further back than anybody waits
is a clock that was set back: without that, requests at once began a window anew and were not counted.
"""
FORGET = "DELETE FROM counts WHERE ends <= ?"


@dataclass(frozen=True)
class Allowance:
    """What an address has left: of how many requests, in how many seconds, and when it gets new ones."""

    quota: int
    window: int
    used: int
    reset: int
    """Seconds until the window ends, rounded up."""

    @property
    def left(self) -> int:
        """Return how many requests are left."""
        return max(0, self.quota - self.used)

    @property
    def exceeded(self) -> bool:
        """Say whether this request was one too many."""
        return self.used > self.quota


def take(request: HttpRequest) -> Allowance | None:
    """Count a request and return what its address has left; None where nothing is limited, or nothing can be counted.

    Whoever cannot count (a full disk, a file that was spoilt) lets people read, and says so in the log.
    """
    quota, window = settings.API_REQUESTS, settings.API_WINDOW
    if not quota:
        return None
    try:
        used, ends, now = count(Path(settings.API_COUNTS), _hidden(network_of(request)), window)
    except (OSError, sqlite3.Error):
        logger.exception("The requests to the API cannot be counted; for now they are not limited.")
        return None
    return Allowance(quota, window, used, min(window, max(1, math.ceil(ends - now))))


def count(file: Path, who: str, window: int) -> tuple[int, float, float]:
    """Add one to somebody's count; return it, when its window ends and what time it is (seconds of the clock)."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _count(file, who, window)
    except sqlite3.OperationalError:
        raise  # locked for too long, or a full disk: nothing is wrong with the file
    except sqlite3.DatabaseError:
        file.unlink(missing_ok=True)  # spoilt by a crash of the machine; it held nothing that is missed
        return _count(file, who, window)


def _count(file: Path, who: str, window: int) -> tuple[int, float, float]:
    # Opened anew each time: a connection must not be carried into another process or thread.
    with closing(sqlite3.connect(file, timeout=PATIENCE, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")  # what is lost with the power is a count of one minute
        now = time.time()
        asked = {"who": who, "now": now, "window": window, "patience": PATIENCE}
        try:
            used, ends = connection.execute(COUNT, asked).fetchone()
        except sqlite3.OperationalError as error:
            if "no such table" not in str(error):
                raise
            connection.execute(TABLE)
            used, ends = connection.execute(COUNT, asked).fetchone()
        if used == 1:
            connection.execute(FORGET, [now])  # once a window of somebody, so the file stays small
        return used, ends, now


def network_of(request: HttpRequest) -> str:
    """Return the network that a request comes from: an address of IPv4, or the 64 bits of IPv6 that one household has.

    What a request says of itself (X-Forwarded-For) counts only as far as our own proxies wrote it.
    """
    said = str(request.META.get("REMOTE_ADDR", ""))
    proxies = getattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 0)
    if proxies:
        hops = [one.strip() for one in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if one.strip()]
        said = hops[-proxies] if len(hops) >= proxies else said
    try:
        address = ipaddress.ip_address(said)
    except ValueError:
        return said  # a socket, or what our own proxy writes for one
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is None:
            return f"{int(address) >> 64:016x}/64"
        address = address.ipv4_mapped
    return str(address)


def _hidden(network: str) -> str:
    """Return a name for a network from which nobody reads who it was: no addresses of readers lie about in a file."""
    return salted_hmac("debates.api.limits", network, algorithm="sha256").hexdigest()[:32]
