"""Load outlines: one transaction a debate, the same by stable names however often, never over a person's edit."""

import hashlib
import json
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.db.models import Q

from debates.actions.arranging.branch_paths import replant
from debates.actions.arranging.placing import lock_tree, next_path
from debates.actions.sources.lay_record import lay_record
from debates.actions.weighing.rescore import rescore_beyond
from debates.actions.weighing.rescore_debates import rescore_debate
from debates.actions.writing.anchor_quotes import anchor_quotes
from debates.actions.writing.overtaking import overtake_replies
from debates.actions.writing.text import ArgumentText, CitationText, lay_text
from debates.exchange.report import CREATED, LEFT, UNCHANGED, UPDATED, CheckOnly, LoadReport
from debates.formats.document import Origin as PlainOrigin
from debates.formats.outline import Outline, OutlineArgument, OutlineSource, arguments_of
from debates.models import (
    Appearance,
    Argument,
    Debate,
    DebateTag,
    Document,
    Origin,
    Source,
    StandingChange,
    State,
    Voice,
)
from debates.models.tag import topics
from debates.tree import depth_of


def load_outline(outline: Outline, *, check_only: bool = False) -> LoadReport:
    """Load one debate in one transaction and report; with `check_only` everything is tried and nothing kept."""
    report = LoadReport(outline.key)
    try:
        with transaction.atomic():
            _load(outline, report)
            if check_only:
                raise CheckOnly
    except CheckOnly:
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
        # By its name in the seed: on the site it may have been moved to another debate.
        for argument in Argument.objects.filter(seed__startswith=f"{outline.key}/")
        .select_related("merged_into")
        .select_for_update(of=("self",))
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
    rescore_debate(debate.pk, StandingChange.Cause.LOADED)
    rescore_beyond(debate)
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
    if argument is not None and _changed_here(argument):
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
        _place(argument, debate if new else argument.debate, parent, everyone)
    argument.voice = voices[plain.voice] if plain.voice else None
    argument.seed_digest = digest
    if new and parent is not None:
        argument.answers_revision = parent.revisions.order_by("-number").first()
    before = argument.revisions.order_by("-number").first() if not new else None
    revision = lay_text(
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
    if not new:
        overtake_replies(argument, before, revision)
    if document is not None:
        _write_origins(argument, plain, document)
    return argument


def _changed_here(argument: Argument) -> bool:
    """Say whether people on the site edited, hid, withdrew, moved, merged or split an argument."""
    return bool(
        argument.edited_at
        or argument.state != State.PUBLISHED
        or argument.rearrangements.filter(undone_at=None).exists()
    )


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
    """Put an argument, with all that stands below it, at the end of its parent's replies; of what was merged, where it went."""
    while parent is not None and parent.merged_into is not None:
        parent = parent.merged_into
    if parent is not None and parent.debate_id != debate.pk:
        debate = lock_tree(parent.debate_id)
    if not argument.pk:
        argument.debate = debate
        argument.parent, argument.path = parent, next_path(debate, parent)
        argument.depth = depth_of(argument.path)
        return
    old, depth = argument.path, argument.depth
    replant([argument], debate, parent)
    for held in everyone.values():  # one may be saved later in this load, and must not go back
        if held is not argument and held.path.startswith(old):
            held.path = argument.path + held.path[len(old) :]
            held.depth += argument.depth - depth
