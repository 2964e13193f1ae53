"""Every page of the site has a state in which it is looked at, and is found as the state says."""

from __future__ import annotations

import re
from collections import defaultdict
from fnmatch import fnmatchcase
from html import unescape
from urllib.parse import urlsplit

from tests.debates.test_visibility import walk
from tests.pages.conftest import Answered
from tests.pages.states import Shown

NO_PAGES = {
    "*_references": "a file",
    "*_feed": "a file",
    "*_picture": "a picture",
    "api:*": "answers machines, with JSON",
    "sitemap*": "a file",
    "robots": "a file",
    "healthz": "a line for probes",
    "readyz": "a line for probes",
    "favicon": "leads to the icon",
    "references_style": "answers a form and redirects",
    "reinstate": "answers a form and redirects",
    "see": "answers a form and redirects",
    "invited": "leads to the issuer; tests/forum/test_sign_in_issuer.py goes there",
    "notices_seen": "answers a form and redirects",
    "drafts_keep": "keeps a form and returns its line, or leads back to it",
    "drafts_throw": "answers a form and redirects",
    "drafts_restore": "answers a form and redirects",
    "read_argument": "answers a form and redirects",
    "own_data_file": "a file",
    "leave_cancel": "answers a form and redirects",
    "arrange_list": "answers a form and redirects",
    "share_list": "answers a form and redirects",
    "openid_connect_*": "leads to the issuer and back",
    "socialaccount_signup": "wants somebody who comes from an issuer; tests/forum/test_sign_in_issuer.py draws it",
    "similar": "a piece of the form that answers; without htmx it leads there",
    "account_confirm_login_code": "a way to sign in that is switched off",
    "account_set_password": "for accounts without a password, which there are none of",
    "mfa_*": "needs a device; its forms are drawn by the same parts as the other pages of the account",
    "admin:*": "Django’s own; those that a moderator works with have states",
}
"""Routes without a state, and why they have none."""
NOT_OURS = ("admin:", "account_")
"""Pages that others wrote: the steps of one act (a new password) share its name."""


def test_every_state_is_answered_as_it_says(answered: Answered) -> None:
    assert not answered.wrong, "\n".join(answered.wrong)


def test_every_route_has_a_state(pages: dict[str, Shown]) -> None:
    seen = {shown.route for shown in pages.values()}
    missing = [
        f"{route.name} ({route.pattern})"
        for route in walk()
        if route.name not in seen and not any(fnmatchcase(route.name, one) for one in NO_PAGES)
    ]
    assert not missing, (
        "Nobody looks at these pages: add a state in tests/pages/, or say in NO_PAGES why they are none:\n  "
        + "\n  ".join(missing)
    )


def test_what_search_engines_may_list_says_what_it_is(pages: dict[str, Shown]) -> None:
    """Without a description they cut one out of the page, and the page's first words are its navigation."""
    silent = {
        shown.address
        for shown in pages.values()
        if shown.status == 200
        and not shown.piece
        and not shown.route.startswith(NOT_OURS)
        and '<meta name="robots"' not in shown.html
        and '<meta name="description"' not in shown.html
    }
    assert not silent, f"Listed without a description: {sorted(silent)}"


def test_no_two_pages_have_the_same_title(pages: dict[str, Shown]) -> None:
    """A reader with ten tabs, or one who hears the titles, tells pages apart by them; one page may have many states."""
    titles: dict[str, set[str]] = defaultdict(set)
    for shown in pages.values():
        if shown.status == 200 and not shown.piece and not shown.route.startswith(NOT_OURS):
            found = re.search(r"<title>(.*?)</title>", shown.html, re.DOTALL)
            titles[unescape(found[1]).strip() if found else ""].add(urlsplit(shown.address).path)
    twice = {title: sorted(paths) for title, paths in titles.items() if len(paths) > 1}
    assert not twice, f"The same title on several pages: {twice}"
