"""What the pictures of debates and arguments say, and the same in words for those who cannot see them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from debates.layout.partition import Twig
from debates.layout.poster import Poster
from debates.models import Argument, Debate
from debates.models.argument import Stance
from debates.models.visibility import NOBODY
from debates.views.parts.plots import Tree, trees_of

LETTERS = "forum/fonts/text.woff2"
"""The font of the pages, among the static files."""


@cache
def letters() -> Path:
    """Return where the font lies."""
    found = finders.find(LETTERS)
    if found is None:
        raise ImproperlyConfigured(
            f"No static file is named {LETTERS}: the pictures of debates need its letters."
        )
    return Path(found)


def debate_poster(debate: Debate) -> Poster:
    """Return what the picture of a debate says; one statement."""
    return _poster(trees_of(debate, None, NOBODY), debate.question, "", "")


def argument_poster(argument: Argument) -> Poster:
    """Return what the picture of an argument says, whose debate is at hand; one statement."""
    trees = trees_of(argument.debate, argument, NOBODY)
    return _poster(trees, argument.claim, argument.debate.question, argument.stance)


def picture_words(text: str, pros: int, cons: int) -> str:
    """Return a picture in words, for `og:image:alt`: the question or claim, and how many are for and against."""
    return _("“%(text)s” A map of what was said: %(pros)s, %(cons)s.") % {
        "text": text,
        "pros": _for(pros),
        "cons": _against(cons),
    }


def _poster(trees: list[Tree], text: str, small: str, side: str) -> Poster:
    twigs = [twig for tree in trees for twigs in tree.sides.values() for twig in twigs]
    count = {stance: sum(twig.weight for twig in twigs if twig.side == stance) for stance in Stance}
    return Poster(
        site=settings.SITE_NAME,
        text=text,
        small=small,
        side=side,
        words=(_for(count[Stance.PRO]), _against(count[Stance.CON])),
        pros=_side(trees, "pro"),
        cons=_side(trees, "con"),
    )


def _side(trees: list[Tree], side: str) -> tuple[Twig, ...]:
    return tuple(twig for tree in trees for twig in tree.sides[side])


def _for(count: int) -> str:
    return _("%(count)d for") % {"count": count}


def _against(count: int) -> str:
    return _("%(count)d against") % {"count": count}
