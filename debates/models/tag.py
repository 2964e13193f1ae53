"""Tags: topics that anyone may name, and the guarded vocabulary of what a rebuttal finds wrong."""

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
    """Return the names as they are kept, each once; letter case does not tell two apart."""
    # A slash would end the name in an address, and a name of dots would climb out of it.
    tidy = dict.fromkeys(" ".join(name.replace("/", "-").split()).lower()[:60] for name in names)
    return [name for name in tidy if any(char.isalnum() for char in name)]


def topics(names: Iterable[str]) -> list[Tag]:
    """Return the topic tags of these names, made where they are new."""
    found = []
    for name in topic_names(names):
        tag = Tag.objects.filter(name__iexact=name).first() or Tag.objects.get_or_create(name=name)[0]
        if tag.kind == Tag.Kind.TOPIC:
            found.append(tag)
    return found


def write_vocabulary(**_signal: Any) -> None:
    """Bring the rebuttal tags in the database up to the vocabulary; runs after each migration. Any: a signal's words."""
    for key in VOCABULARY:
        name = key.replace("-", " ")
        Tag.objects.update_or_create(slug=key, defaults={"name": name, "kind": Tag.Kind.REBUTTAL})
