"""Load outlines: one transaction a debate, the same by stable names however often, never over a person's edit."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Q

from debates.actions.anchor_quotes import anchor_quotes
from debates.actions.lay_record import lay_record
from debates.actions.placing import lock_tree, next_path
from debates.actions.text import ArgumentText, CitationText, lay_text
from debates.formats.document import Origin as PlainOrigin
from debates.formats.outline import Outline, OutlineArgument, OutlineSource, arguments_of
from debates.models import (
    Appearance,
    Argument,
    Debate,
    DebateTag,
    Document,
    Link,
    Origin,
    RelatedDebate,
    Source,
    State,
    Voice,
)
from debates.models.tag import topics
from debates.tree import depth_of

CREATED, UPDATED, UNCHANGED, LEFT, REMOVED = "created", "updated", "unchanged", "left as edited", "removed"


@dataclass
class LoadReport:
    """What a load did: counts by kind and outcome, and a sentence for everything that it did not do."""

    debate: str
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    remarks: list[str] = field(default_factory=list)

    def note(self, kind: str, outcome: str) -> None:
        """Count one item."""
        self.counts[kind, outcome] += 1

    def written(self, kind: str) -> int:
        """Return how many items of a kind were written."""
        return self.counts[kind, CREATED] + self.counts[kind, UPDATED]

    def total(self, outcome: str) -> int:
        """Return how many items of all kinds had an outcome."""
        return sum(count for (_kind, found), count in self.counts.items() if found == outcome)


class _CheckOnly(Exception):
    """Leave the transaction without writing."""


def load_outline(outline: Outline, *, check_only: bool = False) -> LoadReport:
    """Load one debate in one transaction and report; with `check_only` everything is tried and nothing kept."""
    report = LoadReport(outline.key)
    try:
        with transaction.atomic():
            _load(outline, report)
            if check_only:
                raise _CheckOnly
    except _CheckOnly:
        pass
    return report


def _load(outline: Outline, report: LoadReport) -> None:
    sources = {key: _load_source(source, report) for key, source in outline.sources.items()}
    document = _load_document(outline, sources, report)
    debate = _load_debate(outline, sources, report)
    lock_tree(debate.pk)
    voices = _load_voices(outline, debate, report)
    known = {
        argument.seed: argument
        for argument in Argument.objects.filter(debate=debate, seed__isnull=False).select_for_update(
            of=("self",)
        )
    }
    everyone = {argument.pk: argument for argument in known.values()}
    placed: dict[str, Argument] = {}
    written: list[Argument] = []
    for plain, plain_parent in arguments_of(outline):
        parent = placed[plain_parent.key] if plain_parent else None
        before = report.written("arguments")
        placed[plain.key] = _load_argument(
            outline,
            plain,
            parent,
            known.pop(f"{outline.key}/{plain.key}", None),
            everyone,
            debate,
            sources,
            voices,
            document,
            report,
        )
        if report.written("arguments") > before:
            written.append(placed[plain.key])
    for argument in written:  # once all stand in their places: an argument may quote one that comes later
        anchor_quotes(argument)
    for gone in known.values():
        report.note("arguments", LEFT)
        report.remarks.append(
            f"{gone.seed} is no longer in the seed; it stays on the site until a moderator hides it."
        )


def _digest(value: Any) -> str:
    """Return the digest of plain data. Any: dataclasses turned into JSON."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()


def _load_source(plain: OutlineSource, report: LoadReport) -> Source:
    digest = _digest([plain.record.as_csl(), plain.incomplete])
    source = Source.objects.filter(seed=plain.key).first()
    if source is not None and source.seed_digest == digest:
        report.note("sources", UNCHANGED)
        return source.standing
    if source is not None and (source.edited_at or source.state != State.PUBLISHED):
        report.note("sources", LEFT)
        report.remarks.append(
            f"Source {plain.key} was edited on the site and in the seed; the site’s record stands."
        )
        return source.standing
    report.note("sources", UPDATED if source else CREATED)
    source = source or Source(seed=plain.key)
    again = source.pk is not None
    source.seed_digest = digest
    lay_record(source, plain.record, plain.incomplete, None, "The seed was changed." if again else "")
    return source.standing


def _load_document(outline: Outline, sources: dict[str, Source], report: LoadReport) -> Document | None:
    article = outline.article
    if article is None:
        return None
    values = {
        "digest": article.digest,
        "reading": article.reading,
        "licence": article.licence,
        "outline": [asdict(section) for section in article.sections],
        "layout": {"lines": list(article.layout.lines), "headings": list(article.layout.headings)},
        "announced_comments": article.announced_comments,
        "listed_comments": article.listed_comments,
    }
    document = Document.objects.filter(source=sources[article.source]).first()
    if document is None:
        report.note("documents", CREATED)
        return Document.objects.create(source=sources[article.source], **values)
    if all(getattr(document, name) == value for name, value in values.items()):
        report.note("documents", UNCHANGED)
        return document
    if document.layout != values["layout"] or document.digest != values["digest"]:
        document.passages.all().delete()  # they were cut by the old layout
        document.loaded_at = None
    for name, value in values.items():
        setattr(document, name, value)
    document.save()
    report.note("documents", UPDATED)
    return document


def _load_debate(outline: Outline, sources: dict[str, Source], report: LoadReport) -> Debate:
    digest = _digest(
        [outline.question, outline.summary, outline.tags, outline.article.source if outline.article else ""]
    )
    debate = Debate.objects.filter(seed=outline.key).first()
    if debate is not None and debate.seed_digest == digest:
        report.note("debates", UNCHANGED)
        return debate
    report.note("debates", UPDATED if debate else CREATED)
    debate = debate or Debate(seed=outline.key, slug=outline.key)
    debate.question, debate.summary, debate.seed_digest = outline.question, outline.summary, digest
    debate.article = sources[outline.article.source] if outline.article else None
    debate.save()
    debate.debate_tags.all().delete()
    DebateTag.objects.bulk_create(
        DebateTag(content_object=debate, tag=tag) for tag in topics(list(outline.tags))
    )
    return debate


def _load_voices(outline: Outline, debate: Debate, report: LoadReport) -> dict[str, Voice]:
    voices = {}
    for key, plain in outline.voices.items():
        # A voice that only one debate knows is that debate's own: two unnamed commenters are two people.
        slug = key if key in outline.shared_voices else f"{outline.key}--{key}"
        voice, made = Voice.objects.get_or_create(slug=slug, defaults={"name": plain.name})
        changed = voice.name != plain.name
        if changed:
            voice.name = plain.name
            voice.save(update_fields=["name"])
        appearance, first = Appearance.objects.get_or_create(
            voice=voice, debate=debate, defaults={"known": plain.known, "how": plain.how}
        )
        if (appearance.known, appearance.how) != (plain.known, plain.how):
            appearance.known, appearance.how = plain.known, plain.how
            appearance.save(update_fields=["known", "how"])
            changed = True
        report.note("voices", CREATED if made or first else UPDATED if changed else UNCHANGED)
        voices[key] = voice
    return voices


def _load_argument(
    outline: Outline,
    plain: OutlineArgument,
    parent: Argument | None,
    argument: Argument | None,
    everyone: dict[int, Argument],
    debate: Debate,
    sources: dict[str, Source],
    voices: dict[str, Voice],
    document: Document | None,
    report: LoadReport,
) -> Argument:
    content = asdict(plain)
    for outside in ("replies", "links"):  # they have rows of their own
        content.pop(outside)
    digest = _digest([content, parent.seed if parent else ""])
    if argument is not None and argument.seed_digest == digest:
        report.note("arguments", UNCHANGED)
        return argument
    if argument is not None and (argument.edited_at or argument.state != State.PUBLISHED):
        report.note("arguments", LEFT)
        report.remarks.append(
            f"{argument.seed} was changed on the site and in the seed; what stands on the site was left."
        )
        return argument
    report.note("arguments", UPDATED if argument else CREATED)
    new = argument is None
    if argument is None:
        argument = Argument(debate=debate, seed=f"{outline.key}/{plain.key}")
    if new or argument.parent_id != (parent.pk if parent else None):
        _place(argument, debate, parent, everyone)
    argument.voice = voices[plain.voice] if plain.voice else None
    argument.seed_digest = digest
    if new and parent is not None:
        argument.answers_revision = parent.revisions.order_by("-number").first()
    lay_text(
        argument,
        ArgumentText(
            claim=plain.claim,
            kind=plain.kind,
            stance=plain.stance,
            attacks=plain.attacks,
            elaboration=plain.elaboration,
            rebuttal_tags=plain.rebuts,
            topic_tags=plain.tags,
            citations=tuple(
                CitationText(
                    sources[cite.source],
                    None,
                    "",
                    cite.locator_label,
                    cite.locator,
                    cite.quotation,
                    cite.purpose,
                )
                for cite in plain.citations
            ),
        ),
        None,
        "" if new else "The seed was changed.",
    )
    if document is not None:
        _write_origins(argument, plain, document)
    return argument


def _write_origins(argument: Argument, plain: OutlineArgument, document: Document) -> None:
    """Write where an argument and its quotations stand in the document, in place of what was written before."""
    cited = list(argument.citations.order_by("position"))
    # By the rows' own keys, never through a join: within the one transaction of a load PostgreSQL may still
    # take the tables for empty, and a join that it then plans as nested loops cost seconds for every argument.
    Origin.objects.filter(Q(argument=argument) | Q(citation__in=[row.pk for row in cited])).delete()
    origins = [] if plain.origin is None else [Origin(argument=argument, **_columns(plain.origin))]
    for cite, row in zip(plain.citations, cited, strict=True):
        if cite.passage is not None:
            origins.append(Origin(citation=row, **_columns(cite.passage)))
    for origin in origins:
        origin.document = document
    Origin.objects.bulk_create(origins)


def _columns(origin: PlainOrigin) -> dict[str, Any]:
    """Return the columns of an origin. Any: text and numbers."""
    return {
        "place": origin.place,
        "first_word": origin.first,
        "last_word": origin.last,
        "digest": origin.digest,
    }


def _place(
    argument: Argument, debate: Debate, parent: Argument | None, everyone: dict[int, Argument]
) -> None:
    """Put an argument, with all that stands below it, at the end of its parent's replies."""
    below: list[Argument] = (
        list(Argument.objects.all().subtree_of(argument).exclude(pk=argument.pk)) if argument.pk else []
    )
    old = argument.path
    argument.parent, argument.path = parent, next_path(debate, parent)
    argument.depth = depth_of(argument.path)
    for one in below:
        one.path = argument.path + one.path[len(old) :]
        one.depth = depth_of(one.path)
        if held := everyone.get(one.pk):  # it may be saved later in this load, and must not go back
            held.path, held.depth = one.path, one.depth
    Argument.objects.bulk_update(below, ["path", "depth"])


def link_outlines(outlines: list[Outline], *, check_only: bool = False) -> LoadReport:
    """Write what ties debates together, once all are loaded: further places, same claims, related debates."""
    report = LoadReport("links")
    try:
        with transaction.atomic():
            for outline in outlines:
                _link(outline, report)
            if check_only:
                raise _CheckOnly
    except _CheckOnly:
        pass
    return report


def _link(outline: Outline, report: LoadReport) -> None:
    debate = Debate.objects.filter(seed=outline.key).first()
    if debate is not None:
        _relate(outline, debate, report)
    kept = []
    for seed, target, relation, stance, attacks in _links(outline):
        argument = Argument.objects.filter(seed=seed).first()
        parent = Argument.objects.filter(seed=target).first()
        if argument is None or parent is None:
            report.remarks.append(f"{seed} refers to {target}, which is not loaded.")
            continue
        values = {"relation": relation, "stance": stance, "attacks": attacks}
        link, made = Link.objects.get_or_create(
            argument=argument, parent=parent, defaults={**values, "seeded": True}
        )
        changed = any(getattr(link, name) != value for name, value in values.items())
        if changed:
            Link.objects.filter(pk=link.pk).update(**values)
        kept.append(link.pk)
        report.note("links", CREATED if made else UPDATED if changed else UNCHANGED)
    gone = Link.objects.filter(seeded=True, argument__debate=debate).exclude(pk__in=kept)
    for link in gone.select_related("argument", "parent"):
        report.note("links", REMOVED)
        report.remarks.append(
            f"{link.argument.seed} no longer refers to {link.parent.seed}; the link was taken away."
        )
    gone.delete()


def _relate(outline: Outline, debate: Debate, report: LoadReport) -> None:
    for key, how in outline.related:
        other = Debate.objects.filter(seed=key).first()
        if other is None:
            report.remarks.append(f"{outline.key} is related to {key}, which is not loaded.")
            continue
        row, made = RelatedDebate.objects.get_or_create(debate=debate, other=other, defaults={"how": how})
        changed = row.how != how
        if changed:
            row.how = how
            row.save(update_fields=["how"])
        report.note("related debates", CREATED if made else UPDATED if changed else UNCHANGED)
    gone = debate.related.exclude(other__seed__in=[key for key, _how in outline.related])
    for row in gone.select_related("other"):
        report.note("related debates", REMOVED)
        report.remarks.append(f"{outline.key} is no longer related to {row.other.seed}.")
    gone.delete()


def _links(outline: Outline) -> Iterator[tuple[str, str, str, str, str]]:
    for plain, _parent in arguments_of(outline):
        for link in plain.links:
            yield f"{outline.key}/{plain.key}", link.target, link.relation, link.stance, link.attacks
