"""Sorts and filters: what a reader chose, kept in the address, the same words on every page of arguments.

`?sort=` one of SORTS, `?stance=pro|con|note`, `?tag=`, `?sources=checked|cited|none`, `?by=` a member’s name, or
`voice:` and the name of a voice; `?seed=` keeps a random order as it is from page to page. What cannot be read is left
out: an address that somebody shortened by hand still shows its page.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from debates.models import Argument, ArgumentTag, Citation
from debates.models.argument import ArgumentQuerySet
from debates.models.authorship import numbered, signed
from debates.models.tag import tag_named
from debates.models.visibility import listed
from debates.views.parts.card import Card

SORTS = {
    "strongest": gettext_lazy("strongest first"),
    "newest": gettext_lazy("newest first"),
    "unanswered": gettext_lazy("unanswered first"),
    "contested": gettext_lazy("most contested first"),
    "posted": gettext_lazy("in the order of posting"),
    "random": gettext_lazy("in a random order"),
}
STANCES = {
    "pro": gettext_lazy("for"),
    "con": gettext_lazy("against"),
    "note": gettext_lazy("notes"),
}
SAID = {
    "": gettext_lazy("arguments"),
    "pro": gettext_lazy("arguments for the claim above them"),
    "con": gettext_lazy("arguments against the claim above them"),
    "note": gettext_lazy("notes"),
}
"""What a sentence calls those of a side; STANCES are labels."""
SOURCES = {
    "checked": gettext_lazy("with a checked source"),
    "cited": gettext_lazy("with a source"),
    "none": gettext_lazy("without a source"),
}
VOICE = "voice:"
LARGEST_SEED = 1_000_000
DEFAULT = "strongest"


@dataclass(frozen=True)
class Choice:
    """What a reader chose; nothing chosen is every argument, the strongest first."""

    sort: str = DEFAULT
    stance: str = ""
    tag: str = ""
    sources: str = ""
    by: str = ""
    seed: int = 0
    default: str = DEFAULT

    @property
    def filters(self) -> bool:
        """Say whether anything is left out."""
        return bool(self.stance or self.tag or self.sources or self.by)

    @property
    def words(self) -> str:
        """Return what is shown, as a label; nothing where that is everything."""
        side = [str(STANCES[self.stance])] if self.stance else []
        return ", ".join(side + self._marks)

    @property
    def said(self) -> str:
        """Return what is shown, as a sentence names it: “arguments with a source, by ada”."""
        marks = ", ".join(self._marks)
        if not self.stance and marks:
            return _("arguments %(marks)s") % {"marks": marks}
        return ", ".join(one for one in (str(SAID[self.stance]), marks) if one)

    @property
    def _marks(self) -> list[str]:
        """Return what tells the chosen from others of their side, in words."""
        said = [
            str(SOURCES[self.sources]) if self.sources else "",
            _("tagged “%(tag)s”") % {"tag": self.tag} if self.tag else "",
            _("by %(name)s") % {"name": self.by.removeprefix(VOICE)} if self.by else "",
        ]
        return [one for one in said if one]

    @property
    def query(self) -> str:
        """Return what an address carries on, without a question mark; empty where nothing was chosen."""
        chosen = {"stance": self.stance, "tag": self.tag, "sources": self.sources, "by": self.by}
        filters = urlencode({name: value for name, value in chosen.items() if value})
        return "&".join(one for one in (self.order_query, filters) if one)

    @property
    def order_query(self) -> str:
        """Return the part of `query` that orders and leaves nothing out: what a branch is opened with."""
        if self.sort == self.default:
            return ""
        return f"sort={self.sort}" + (f"&seed={self.seed}" if self.sort == "random" else "")

    def among(self, arguments: ArgumentQuerySet) -> ArgumentQuerySet:
        """Keep what was chosen."""
        if self.stance == "note":
            arguments = arguments.filter(kind=Argument.Kind.NOTE)
        elif self.stance:
            arguments = arguments.filter(stance=self.stance)
        if self.tag:
            carriers = ArgumentTag.objects.filter(tag=tag_named(self.tag))
            arguments = arguments.filter(pk__in=carriers.values("content_object"))
        if self.sources:
            cited = Citation.objects.filter(listed("source__"), argument=OuterRef("pk"))
            if self.sources == "checked":
                cited = cited.checked()
            arguments = arguments.filter(~Exists(cited) if self.sources == "none" else Exists(cited))
        if self.by.startswith(VOICE):
            arguments = arguments.filter(voice__name__iexact=self.by.removeprefix(VOICE))
        elif self.by:
            # A voice has no account: what it said is found by its name alone, too; and in an anonymous debate nobody is
            # found by their name, but by the number that stands there.
            arguments = arguments.filter(
                Q(signed(), voice=None, author__username__iexact=self.by)
                | Q(voice__name__iexact=self.by)
                | Q(debate__anonymous=True, author_number=numbered(self.by) or 0)
            )
        return arguments

    def ranked(self, siblings: Sequence[Card]) -> list[Card]:
        """Return the answers to one claim in the chosen order; premises that work together stay together.

        By strength an answer counts with its weight on the claim above. One whose standing its reader may not see yet
        keeps its turn among the others of that kind, behind those that are seen: an order must not tell what is hidden.
        """
        bundles: dict[str, list[Card]] = {}
        for card in siblings:
            bundles.setdefault(card.joint or card.public_id, []).append(card)
        blocks = list(bundles.values())
        match self.sort:
            case "strongest":
                blocks.sort(key=lambda block: -min(card.weight if card.standing else -1 for card in block))
            case "newest":
                blocks.sort(key=lambda block: -max(_when(card) for card in block))
            case "unanswered":
                blocks.sort(key=lambda block: all(_is_answered(card) for card in block))
            case "contested":
                blocks.sort(key=lambda block: -max(card.contest if card.standing else -1 for card in block))
            case "random":
                random.Random(self.seed).shuffle(blocks)  # noqa: S311  # an order to read in, no secret
            case _posted:
                pass
        for block in blocks:
            for card in block[1:]:
                card.joint_after = True
        return [card for block in blocks for card in block]


def read_choice(data: Mapping[str, Any], default: str = DEFAULT) -> Choice:
    """Return what an address chooses. Any: values of a query, whatever somebody wrote there."""

    def word(name: str) -> str:
        return str(data.get(name, "")).replace("\0", "").strip()[:150]

    sort, seed = word("sort"), word("seed")
    stance, sources = word("stance"), word("sources")
    if sort not in SORTS:
        sort = default
    number = int(seed) % LARGEST_SEED if seed.isascii() and seed.isdecimal() and len(seed) < 9 else 0
    if sort == "random" and not number:
        number = random.randrange(1, LARGEST_SEED)  # noqa: S311  # an order to read in, no secret
    return Choice(
        sort=sort,
        stance=stance if stance in STANCES else "",
        tag=word("tag"),
        sources=sources if sources in SOURCES else "",
        by=word("by"),
        seed=number,
        default=default,
    )


def chooser(
    choice: Choice, *, sorts: Sequence[str] = tuple(SORTS), keep: Mapping[str, str] | None = None
) -> dict[str, object]:
    """Return what `debates/chooser.html#chooser` draws; `keep` holds what else the address of the page says."""
    return {
        "choice": choice,
        "sorts": [(key, SORTS[key]) for key in sorts],
        "stances": STANCES.items(),
        "source_states": SOURCES.items(),
        "keep": [(name, value) for name, value in (keep or {}).items() if value],
    }


def _is_answered(card: Card) -> bool:
    """Say of a card in its tree what `debates.models.argument.answered` says of rows."""
    return bool(card.pro_count or card.con_count or any(one.published for one in card.linked))


def _when(card: Card) -> float:
    return card.posted.timestamp() if card.posted else 0.0
