"""Judge whether a link still leads where it led, from what one visit brought and the failures before it. Pure.

The rules, each with where it comes from:

* *alive*: any status below 400 (RFC 9110, 15), also where the body was longer than is read;
* *moved*: alive at another address, to which the redirects that came first were permanent (301 and 308: RFC 9110, 15.4.2 and
  15.4.9); temporary ones, such as a DOI's, are how the link is meant to work;
* *blocked*: the server is there and does not let programs in, which says nothing about the page: 401, 402, 403, 407, 429
  and 451 (RFC 9110, 6585, 7725); every other 4xx but 404 and 410, since servers turn robots away with 400, 405, 406 and 418
  as well; LinkedIn's 999; a challenge, told by its header (Cloudflare's `cf-mitigated`, Amazon's `x-amzn-waf-action`, both
  documented) or, under 200, 202 and 503, by its title; an end at a page to sign in; redirects in a circle, which is what sites
  do that want a cookie kept;
* *soft 404*: alive, and the page says that it is not there, or the way led to the site's front page (`notfound`);
* *failing*: 404, 410, 5xx, no such name, no connection, a broken answer, a certificate that is not in order, no answer in time;
* *gone*: failing on three different days (`DAYS_TO_BE_GONE`) without an answer between them. Wikimedia's InternetArchiveBot
  also asks for three failures in a row: a server is mended, a forgotten bill for a name is paid. 410 says “for good”, and is
  not believed sooner, since people set it;
* *unknown*: we did not go there (a port that is not visited, an inner address), or our own line was down: that is neither a
  failure nor an answer.

An answer, good or blocked, is not a failure; only a good one makes the failures before it forgotten.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit

from debates.bibliography.addresses import normal_address
from debates.lookup.decoding import decoded
from debates.lookup.guard import Answer, Limits
from debates.lookup.notfound import leads_to_front, says_not_found
from debates.lookup.pieces import pieces_of
from debates.lookup.refusal import FetchError, Offline, RedirectLoop, Refused, TooLarge, TooManyRedirects
from debates.sentence import SentenceError, gettext_noop

DAYS_TO_BE_GONE = 3
PERMANENT = (301, 308)
VISIT = Limits(seconds=20.0, connect_seconds=10.0, body=200_000, cut=True)
"""What a visit takes that only asks whether a page is there; `Guard.fetch(address, limits=VISIT)`."""

_FAILING = (404, 410)
_OWN = 999
_CHALLENGES = re.compile(
    r"just a moment|attention required|are you (?:a )?(?:human|robot)|verify(?:ing)? (?:that )?you are (?:a )?human"
    r"|human verification|security check|ddos protection|checking your browser|please wait|access denied|captcha|robot check"
    r"|bot verification|pardon our interruption|client challenge|one moment, please",
    re.IGNORECASE,
)
"""Titles of the pages that stand between a robot and the site."""
_SIGN_IN = re.compile(
    r"/(?:log-?in|sign-?in|signon|sso|captcha|challenge|cookieabsent|validate-?user|access-?denied)(?:[/.?]|$)",
    re.IGNORECASE,
)


class LinkState(StrEnum):
    """How an address answered; the values are those that `LinkCheck` stores."""

    UNKNOWN = ""
    ALIVE = "alive"
    MOVED = "moved"
    BLOCKED = "blocked"
    FAILING = "failing"
    GONE = "gone"
    SOFT_404 = "soft-404"


@dataclass(frozen=True)
class Judgement:
    """What one visit says: the state, where the page is now (moved), the HTTP status, why, and the failures to remember.

    `failures` goes into the next judgement as `previous`: the days of the failures since the last answer.
    """

    state: LinkState
    target: str = ""
    status: int | None = None
    reason: SentenceError | None = None
    failures: tuple[date, ...] = ()


class Reason(SentenceError):
    """Say in one sentence what an answer means that is no error of the connection."""


def judge(outcome: Answer | FetchError, previous: Sequence[date], today: date) -> Judgement:
    """Judge a visit of today: an answer, or why there is none; `previous` are the days of the failures since the last answer."""
    kept = tuple(sorted({day for day in previous if day <= today}))
    if isinstance(outcome, FetchError):
        if isinstance(outcome, TooLarge):  # of a visit without `cut`: what is too long is there
            return Judgement(LinkState.ALIVE, reason=outcome)
        if isinstance(outcome, RedirectLoop | TooManyRedirects):
            return Judgement(LinkState.BLOCKED, reason=outcome, failures=kept)
        if isinstance(outcome, Refused | Offline):
            return Judgement(LinkState.UNKNOWN, reason=outcome, failures=kept)
        return _failed(None, outcome, kept, today)
    status = outcome.status
    said = Reason(gettext_noop("The server answered with status %(status)s."), status=status)
    if reason := _barred(outcome):
        return Judgement(LinkState.BLOCKED, status=status, reason=reason, failures=kept)
    if status in _FAILING or 500 <= status < _OWN:
        return _failed(status, said, kept, today)
    if status >= 400:
        return Judgement(LinkState.BLOCKED, status=status, reason=said, failures=kept)
    if reason := _absent(outcome):
        return Judgement(LinkState.SOFT_404, status=status, reason=reason)
    if target := moved_to(outcome):
        return Judgement(LinkState.MOVED, target, status)
    return Judgement(LinkState.ALIVE, status=status)


def moved_to(answer: Answer) -> str:
    """Return the address that the link should have, empty where it has it: the end of the permanent redirects it began with.

    The fragment of the old address is not part of it. Addresses that only differ as `normal_address` says are the same page,
    but for https, which is worth a new address.
    """
    addresses = [hop.address for hop in answer.chain] + [answer.address]
    permanent = 0
    for hop in answer.chain:
        if hop.status not in PERMANENT:
            break
        permanent += 1
    first, target = addresses[0], addresses[permanent]
    same = normal_address(first) == normal_address(target)
    return "" if same and urlsplit(first).scheme == urlsplit(target).scheme else target


def _failed(status: int | None, reason: SentenceError, kept: tuple[date, ...], today: date) -> Judgement:
    failures = tuple(sorted({*kept, today}))
    state = LinkState.GONE if len(failures) >= DAYS_TO_BE_GONE else LinkState.FAILING
    return Judgement(state, status=status, reason=reason, failures=failures)


def _barred(answer: Answer) -> SentenceError | None:
    """Return why an answer is not the page's but a guard's in front of it."""
    challenge = Reason(
        gettext_noop("The site wants to see a person first (status %(status)s)."), status=answer.status
    )
    if answer.headers.get("cf-mitigated") == "challenge" or "x-amzn-waf-action" in answer.headers:
        return challenge
    if answer.status in (200, 202, 503) and _is_html(answer):
        page = pieces_of(decoded(answer.body, answer.charset))
        if _CHALLENGES.match(page.title) and (answer.status != 200 or len(page.words) < 1000):
            return challenge
    first = answer.chain[0].address if answer.chain else answer.address
    if _SIGN_IN.search(urlsplit(answer.address).path) and not _SIGN_IN.search(urlsplit(first).path):
        return Reason(gettext_noop("The address leads to a page to sign in."))
    return None


def _absent(answer: Answer) -> SentenceError | None:
    """Return why an answer with a good status means that the page is gone."""
    if leads_to_front(answer):
        return Reason(gettext_noop("The address leads to the site’s front page."))
    if _is_html(answer) and says_not_found(pieces_of(decoded(answer.body, answer.charset))):
        return Reason(gettext_noop("The page says that it was not found."))
    return None


def _is_html(answer: Answer) -> bool:
    return answer.type in ("text/html", "application/xhtml+xml") and bool(answer.body)
