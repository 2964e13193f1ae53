"""What of a form is kept: what was typed and what it was typed for, never secrets or buttons."""

import hashlib
import json
import re

from django.http import QueryDict

LONGEST = 500_000
"""Characters of a draft, URL-encoded; as of a form that is kept during sign-in (`debates.views.asking.kept`)."""

NOT_KEPT = re.compile(
    r"^(csrfmiddlewaretoken|post|preview|more|find|read|drop|retype|similar|take|take_back|decline|back|save|part)$"
    r"|^draft-|password"
)
"""Secrets, the draft's own fields, and buttons: which of them was pressed is nothing that was typed."""

NOT_WORDS = re.compile(
    r"^(key|seen|to|other|kept|items|add|reading|act|stance|attacks|passage|before|after|untied|verdict|rule|kind|rebuttal_tags|type|incomplete)$"
    r"|_FORMS$|-(type|source|item|same|find|incomplete)$"
)
"""What a form says without anybody having typed words into it."""

FIRST = ("claim", "question", "theses", "why", "elaboration", "words", "note", "reason")
"""The fields whose words tell a draft from others, the most telling first."""

EXCERPT = 160


def to_keep(form: QueryDict) -> QueryDict:
    """Return what of a form is kept."""
    kept = QueryDict(mutable=True)
    for name, values in form.lists():
        if not NOT_KEPT.search(name):
            kept.setlist(name, values)
    return kept


def digest_of(kept: QueryDict) -> str:
    """Return the digest of what was typed: the same for two sendings of one text, whatever the form's key."""
    typed = sorted((name, values) for name, values in kept.lists() if name not in ("key", "seen"))
    return hashlib.sha256(json.dumps(typed).encode()).hexdigest()


def excerpt_of(kept: QueryDict) -> str:
    """Return the first words that were typed, in one line; empty where there are none."""
    names = [*FIRST, *(name for name in kept if name not in FIRST and not NOT_WORDS.search(name))]
    for name in names:
        for value in kept.getlist(name):
            if words := " ".join(value.replace("\0", " ").split()):
                return words if len(words) <= EXCERPT else words[: EXCERPT - 1] + "…"
    return ""
