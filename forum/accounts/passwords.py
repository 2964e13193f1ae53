"""Refuse passwords that are hardly more than the site's own words (ASVS 5.0, 6.1.2 and 6.2.11)."""

from __future__ import annotations

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

WORDS = (
    "counterpoint",
    "debate",
    "argument",
    "rebuttal",
    "forum",
    "thesis",
    "password",
    "moderator",
    "admin",
)
"""What a guesser who has seen this site tries first, besides its name and its hosts."""
LEAST = 8
"""Characters that must be left without those words (ASVS 5.0, 6.2.1)."""


def words_of_the_site() -> set[str]:
    """Return the words, the longer of which are taken away first: ours, the site's name and its hosts'."""
    named = re.split(r"[^\w]+", " ".join([settings.SITE_NAME, *settings.ALLOWED_HOSTS]).casefold())
    return {*WORDS, *(word for word in named if len(word) > 3)}


class OwnWordsValidator:
    """Refuse a password of which too little is left without the site's own words."""

    def validate(self, password: str, user: object = None) -> None:
        """Refuse it, or say nothing. Object: the member, whose own name another validator looks for."""
        rest = password.casefold()
        for word in sorted(words_of_the_site(), key=len, reverse=True):
            rest = rest.replace(word, "")
        if rest != password.casefold() and len(rest) < LEAST:
            raise ValidationError(
                _("This password is hardly more than words of this site; add %(least)d other characters.")
                % {"least": LEAST}
            )

    def get_help_text(self) -> str:
        """Say it beforehand, beside what the others ask."""
        return _("Your password must be more than words of this site.")
