"""Tags: topics that anyone may name, and the guarded vocabulary of what a rebuttal finds wrong."""

import unicodedata
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

VOCABULARY = {
    "factual-error": (_("factual error"), _("What it states as a fact is not so.")),
    "misquotes-its-source": (_("misquotes its source"), _("The words it quotes are not the source’s words.")),
    "source-does-not-say-this": (
        _("source does not say this"),
        _("The source exists, but it does not say what is claimed."),
    ),
    "weak-source": (
        _("weak source"),
        _("The source cannot carry the claim: partisan, second-hand or unknown."),
    ),
    "outdated": (_("outdated"), _("It was so once; newer work says otherwise.")),
    "missing-context": (_("missing context"), _("It leaves out what would change how it reads.")),
    "overgeneralises": (_("overgeneralises"), _("A few cases are made to stand for all.")),
    "counter-example": (_("counter-example"), _("There is a case in which it does not hold.")),
    "correlation-is-not-cause": (
        _("correlation is not cause"),
        _("One thing came with the other; that it made it is not shown."),
    ),
    "contradicts-itself": (
        _("contradicts itself"),
        _("It cannot be held together with what its author says elsewhere."),
    ),
    "circular": (_("circular"), _("It takes for granted what it sets out to show.")),
    "false-choice": (_("false choice"), _("It offers two ways where there are more.")),
    "false-analogy": (_("false analogy"), _("What it compares differs in what matters.")),
    "shifts-the-question": (_("shifts the question"), _("It answers something that was not claimed.")),
    "attacks-the-person": (
        _("attacks the person"),
        _("It speaks about who says it in place of what is said."),
    ),
}
"""Key: name, and the sentence that explains it at the form."""


UNSEEN = ("Cc", "Cf", "Cs")
"""General categories of characters that nobody sees: controls, signs of direction, halves of a character."""
JOINERS = "\u200c\u200d"
"""Unseen, too, but in some scripts they are spelling."""


def rebuttal_choices() -> list[tuple[str, Any]]:
    """Return the vocabulary as choices; a function, so that a new word needs no migration. Any: lazy translations."""
    return [(key, name) for key, (name, _sentence) in VOCABULARY.items()]


class Tag(TagBase):
    """A tag; its kind is guarded: only the vocabulary's words are rebuttal tags."""

    class Kind(models.TextChoices):
        """Tell the two kinds apart."""

        TOPIC = "topic", _("topic")
        REBUTTAL = "rebuttal", _("rebuttal")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.TOPIC)

    class Meta(TagBase.Meta):
        verbose_name = _("tag")
        verbose_name_plural = _("tags")

    @property
    def label(self) -> str:
        """Return the word a reader sees: translated for the vocabulary, as written for topics."""
        return (
            str(VOCABULARY[self.slug][0])
            if self.kind == self.Kind.REBUTTAL and self.slug in VOCABULARY
            else self.name
        )

    @property
    def sentence(self) -> str:
        """Return what a rebuttal tag means, or nothing for a topic."""
        return (
            str(VOCABULARY[self.slug][1])
            if self.kind == self.Kind.REBUTTAL and self.slug in VOCABULARY
            else ""
        )


class TagSynonym(models.Model):
    """Another word for a topic: whoever types it, or follows its address, comes to the tag itself."""

    name = models.CharField(_("word"), max_length=60, unique=True)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="synonyms", verbose_name=_("tag"))

    class Meta:
        ordering = ["name"]
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")

    def __str__(self) -> str:
        return self.name


class ArgumentTag(ItemBase):
    """One tag on one argument; a direct key, so that the database keeps it whole."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="argument_tags")
    content_object = models.ForeignKey(
        "debates.Argument", on_delete=models.CASCADE, related_name="argument_tags"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="argument_tag_once")]
        verbose_name = _("tag of an argument")
        verbose_name_plural = _("tags of arguments")


class DebateTag(ItemBase):
    """One topic tag on one debate."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="debate_tags")
    content_object = models.ForeignKey("debates.Debate", on_delete=models.CASCADE, related_name="debate_tags")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="debate_tag_once")]
        verbose_name = _("tag of a debate")
        verbose_name_plural = _("tags of debates")


def topic_names(names: Iterable[str]) -> list[str]:
    """Return the names as they are kept, each once; nothing that `topic_key` folds tells two apart."""
    tidy: dict[str, str] = {}
    for name in names:
        # A slash would end the name in an address, and a name of dots would climb out of it.
        words = unicodedata.normalize("NFC", seen_of(" ".join(name.replace("/", "-").split())).lower())
        kept = " ".join(words.split())[
            :60
        ].strip()  # again: between two spaces there may have been what nobody sees
        if any(char.isalnum() for char in kept):
            tidy.setdefault(topic_key(kept), kept)
    return list(tidy.values())


def seen_of(text: str) -> str:
    """Return a text without the characters that nobody sees; neither database takes all of them."""
    return "".join(char for char in text if unicodedata.category(char) not in UNSEEN or char in JOINERS)


def topic_key(name: str) -> str:
    """Return what two spellings of one topic share: letter case, accents, normal forms, spaces and hyphens are folded.

    Accents go from Latin and Greek letters alone: elsewhere a mark makes another letter (и and й), or is a vowel. It is
    also the slug of a new topic, so that the database keeps two spellings from becoming two topics.
    """
    kept: list[str] = []
    base = ""
    for char in unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold()):
        if unicodedata.combining(char):
            if not base.startswith(("LATIN", "GREEK")):
                kept.append(char)
            continue
        base = unicodedata.name(char, "")
        if unicodedata.category(char) not in UNSEEN:
            kept.append("-" if char.isspace() or unicodedata.category(char) == "Pd" else char)
    words = "".join(kept).split("-")
    return unicodedata.normalize("NFC", "-".join(word for word in words if word))[:90]


def tags_named(names: Iterable[str]) -> dict[str, Tag]:
    """Return by names the tags that they mean: as written, written a little otherwise, or as synonyms; two statements.

    The second reads all synonyms, for they are folded here: moderators write them, so they stay few.
    """
    keys = {name: topic_key(name) for name in names}
    wanted = {key for key in keys.values() if key}
    if not wanted:
        return {}
    written = {seen_of(name) for name in keys}
    rows = list(Tag.objects.filter(models.Q(name__in=written) | models.Q(slug__in=wanted)).order_by("pk"))
    exact = {tag.name: tag for tag in rows}
    by_key: dict[str, Tag] = {}
    for tag in rows:  # a slug may be one of the time before keys were kept, and another name’s
        by_key.setdefault(topic_key(tag.name), tag)
    if not by_key.keys() >= wanted:
        for synonym in TagSynonym.objects.select_related("tag"):
            by_key.setdefault(topic_key(synonym.name), synonym.tag)
    meant = {name: exact.get(seen_of(name)) or by_key.get(key) for name, key in keys.items()}
    return {name: tag for name, tag in meant.items() if tag is not None}


def tag_named(name: str) -> Tag | None:
    """Return the tag that a word means, or None."""
    return tags_named([name]).get(name)


def topics(names: Iterable[str]) -> list[Tag]:
    """Return the topic tags that these names mean, each once, made where they are new; within a transaction.

    They are held until its end, so that none is merged into another before it is laid.
    """
    wanted = topic_names(names)
    found = _topics(wanted)
    keys = {tag.pk for tag in found}
    held = Tag.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    if {tag.pk for tag in held} != keys:
        found = _topics(wanted)  # one was merged while this waited for it
    return [tag for tag in found if tag.kind == Tag.Kind.TOPIC]


def _topics(wanted: list[str]) -> list[Tag]:
    known = tags_named(wanted)
    return list(dict.fromkeys(known.get(name) or _new_topic(name) for name in wanted))


def _new_topic(name: str) -> Tag:
    """Make a topic, or take the one that somebody else made meanwhile."""
    key = topic_key(name)
    tag: Tag = Tag.objects.get_or_create(slug=key, defaults={"name": name})[0]
    if topic_key(tag.name) != key:  # the slug is of the time before keys were kept, and another name’s
        tag = Tag.objects.get_or_create(name=name)[0]
    return tag


def write_vocabulary(**_signal: Any) -> None:
    """Bring the rebuttal tags in the database up to the vocabulary; runs after each migration. Any: a signal's words."""
    for key in VOCABULARY:
        name = key.replace("-", " ")
        Tag.objects.update_or_create(slug=key, defaults={"name": name, "kind": Tag.Kind.REBUTTAL})
