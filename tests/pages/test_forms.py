"""Every form of every page, in every state: who types in it finds it again, and who sends it twice has sent it once.

Which pages there are is settled by test_states.py: a new route has no way round it, nor has a form that stands there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.forum.test_posted_twice import KEY, POSTS
from tests.pages.states import Shown, route_of

TYPED = "textarea:not([readonly]), input[type=text], input[type=search], input[type=url], input:not([type])"
"""The fields in which somebody writes words of their own."""

KEEPS_NO_DRAFT = {
    "account_*": "names, addresses and secrets, which no draft may hold",
    "rename": "a name; it stands in the form again where it was refused",
    "relate_source": "the address of a source, copied from elsewhere",
    "undo_merge": "one line beside a button, which is sent to the form that keeps it",
    "admin:*": "the moderators’ room is Django’s own: its forms come back filled where they were refused",
}
"""Forms that somebody types in and that keep no draft, by the route they are sent to, with the reason."""

HAS_NO_KEY = {
    "account_*": "allauth’s: what is so already stays so, and a second account of one name is refused",
    "mfa_*": "as account_*",
    "usersessions_list": "what has ended has ended",
    "socialaccount_*": "as account_*",
    "admin:*": "an act refuses what was decided meanwhile, by the version that its page was drawn from",
    "invited": "keeps an invitation in the session",
    "leave": "the same choice again changes nothing (tests/forum/test_own_data_leave.py)",
}
"""Forms of others’ making that carry no key; for our own, test_posted_twice.py says why and tries."""


@dataclass(frozen=True)
class Form:
    """A form that writes, where it was found."""

    state: str
    route: str
    node: LexborNode


def forms(pages: dict[str, Shown]) -> Iterator[Form]:
    """Yield the forms that are posted, of all states; one that names no address is sent to its page’s own."""
    for name, shown in pages.items():
        if shown.status >= 500 or shown.route == "style":  # which shows parts of other pages
            continue
        for node in LexborHTMLParser(shown.html).css("form"):
            if (node.attributes.get("method") or "").lower() == "post":
                address = node.attributes.get("action") or shown.address
                yield Form(name, route_of(address) or route_of(shown.address + address), node)


def named(route: str, table: dict[str, str]) -> str:
    """Return the line of a table that speaks of a route, empty where none does."""
    return next((pattern for pattern in table if fnmatchcase(route, pattern)), "")


def test_whatever_somebody_writes_in_keeps_a_draft(pages: dict[str, Shown]) -> None:
    without, found, used = [], set(), set()
    for form in forms(pages):
        if not form.node.css(TYPED):
            continue
        found.add(form.route)
        if form.node.css("[data-draft]") and form.node.css("[data-draft-keep]"):
            continue
        line = named(form.route, KEEPS_NO_DRAFT) or (
            "a visitor" if _is_visitors(form.node, pages[form.state]) else ""
        )
        used.add(line)
        if not line:
            without.append(f"{form.state}: the form that is sent to “{form.route}”")
    assert "reply" in found, "The walk finds no form at all."
    assert not without, "What is typed here is lost with its page:\n  " + "\n  ".join(without)
    assert not KEEPS_NO_DRAFT.keys() - used, "These lines speak of no form any more."


def _is_visitors(_node: LexborNode, shown: Shown) -> bool:
    """Say whether nobody is signed in on a page: their text waits in the session until they are."""
    return "/accounts/logout/" not in shown.html and not shown.piece


def test_whatever_is_sent_carries_a_key_or_says_why_not(pages: dict[str, Shown]) -> None:
    without, used = [], set()
    for form in forms(pages):
        used.add(named(form.route, HAS_NO_KEY))
        row = POSTS.get(form.route)
        if row is None and not named(form.route, HAS_NO_KEY):
            without.append(f"{form.state}: “{form.route}” stands in no table")
        elif row is not None and row.why == KEY and not _carries_a_key(form):
            without.append(f"{form.state}: the form that is sent to “{form.route}” carries no key")
    assert not without, "A double click may do this twice:\n  " + "\n  ".join(sorted(set(without)))


def _carries_a_key(form: Form) -> bool:
    """Say whether a form holds its key, or none is needed: it only reads, or parts what its page shows."""
    return bool(form.node.css("input[name=key]") or form.node.css("button[name=part], [name=references]"))
