"""What a member writes, as plain data, and how it is laid on an argument."""

from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from debates import markdown
from debates.actions.sources.check_quotation import check_quotation
from debates.actions.sources.lay_record import lay_record
from debates.actions.sources.lock_sources import lock_standing
from debates.actions.sources.look_up import look_up_later, waiting
from debates.actions.sources.set_references import set_later
from debates.actions.writing.stance import check_stance
from debates.bibliography.quotation import LONGEST, SHORTEST, letters
from debates.bibliography.record import Record
from debates.models import Argument, ArgumentTag, Citation, Mask, Revision, SearchEntry, Source, Tag
from debates.models.argument import CLAIM_LENGTH
from debates.models.tag import topics
from debates.models.visibility import Viewer
from debates.permissions import Refused

UNPRINTABLE = gettext_lazy(
    "The text holds a character that cannot be stored (a NUL or half of a pair); remove it."
)


@dataclass(frozen=True)
class CitationText:
    """One citation as written: a known source, or the record of a new one."""

    source: Source | None = None
    record: Record | None = None
    incomplete: str = ""
    locator_label: str = ""
    locator: str = ""
    quotation: str = ""
    purpose: str = ""
    look_up: bool = False
    """The record is no more than an identifier: others are asked what it is, once the text is posted."""


@dataclass(frozen=True)
class ArgumentText:
    """An argument as written, before it has a place."""

    claim: str
    kind: str = Argument.Kind.ARGUMENT
    stance: str = ""
    attacks: str = ""
    elaboration: str = ""
    rebuttal_tags: tuple[str, ...] = ()
    topic_tags: tuple[str, ...] = ()
    citations: tuple[CitationText, ...] = field(default=())


def check_text(text: ArgumentText, longest_claim: int = CLAIM_LENGTH, anchor: str = "cite") -> str:
    """Return the elaboration's HTML, or refuse a text that cannot stand, naming the field.

    Footnote marks lead to `#anchor-N`, where the page shows the citation.
    """
    if not text.claim.strip():
        raise Refused(_("Write the claim: one sentence that can be true or false."), "claim", 400)
    if len(text.claim) > longest_claim:
        raise Refused(
            _(
                "The claim has %(count)d characters; shorten it to %(most)d and move the rest to the elaboration."
            )
            % {"count": len(text.claim), "most": longest_claim},
            "claim",
            400,
        )
    check_printable("claim", text.claim)
    check_printable("elaboration", text.elaboration)
    if text.rebuttal_tags and not text.citations:
        raise Refused(
            _("A rebuttal brings a source: cite one, or take the tags away and answer without."),
            "citations",
            400,
        )
    for citation in text.citations:
        check_length(citation.quotation)
    try:
        return markdown.render(text.elaboration, len(text.citations), anchor)
    except markdown.TextError as error:
        raise Refused(_(error.template) % error.values, "elaboration", 400) from error


def check_length(quotation: str) -> None:
    """Refuse a quotation that is too short to mean anything, or too long to be one."""
    if quotation.strip() and letters(quotation) < SHORTEST:
        raise Refused(
            _("“%(words)s” is too short to be looked for; quote at least a whole word.")
            % {"words": quotation.strip()},
            "citations",
            400,
        )
    if len(quotation) > LONGEST:
        raise Refused(
            _(
                "The quotation has %(count)d characters; quote at most %(most)d, and leave out the rest with […]."
            )
            % {"count": len(quotation), "most": LONGEST},
            "citations",
            400,
        )


def unprintable(text: str) -> bool:
    """Say whether a text holds what no database stores: NUL, or half of a surrogate pair."""
    return "\0" in text or any("\ud800" <= char <= "\udfff" for char in text)


def check_printable(field: str, *texts: str) -> None:
    """Refuse texts that no database stores."""
    if any(unprintable(text) for text in texts):
        raise Refused(str(UNPRINTABLE), field, 400)


def lay_text(
    argument: Argument,
    text: ArgumentText,
    editor: Viewer | None,
    note: str = "",
    longest_claim: int = CLAIM_LENGTH,
) -> Revision:
    """Write a text onto an argument that has its place: columns, tags, citations, revision, search. Within a transaction."""
    if editor is not None:  # what is loaded was checked by its own format
        check_stance(argument, text.kind, text.stance, text.attacks)
    argument.elaboration_html = check_text(text, longest_claim, f"cite-{argument.public_id}")
    argument.claim, argument.elaboration = " ".join(text.claim.split()), text.elaboration.strip()
    argument.kind, argument.stance, argument.attacks = text.kind, text.stance, text.attacks
    if argument.debate.anonymous and argument.author_id is not None and argument.author_number is None:
        argument.author_number = Mask.objects.number_of(argument.debate, argument.author_id)
    argument.save()
    tags = _lay_tags(argument, text)
    citations = _lay_citations(argument, text.citations, editor)
    SearchEntry.objects.write_argument(argument)
    last = argument.revisions.order_by("-number").values_list("number", flat=True).first() or 0
    return Revision.objects.create(
        argument=argument,
        number=last + 1,
        claim=argument.claim,
        elaboration=argument.elaboration,
        stance=argument.stance,
        attacks=argument.attacks,
        tags=tags,
        citations=citations,
        note=note,
        editor=editor if editor is not None and editor.is_authenticated else None,
        editor_name=editor.get_username() if editor is not None and editor.is_authenticated else "",
    )


def _lay_tags(argument: Argument, text: ArgumentText) -> list[str]:
    """Lay the tags; return them as a revision keeps them: sorted, so that the order of typing is no change."""
    rebuttal = list(Tag.objects.filter(kind=Tag.Kind.REBUTTAL, slug__in=text.rebuttal_tags))
    unknown = set(text.rebuttal_tags) - {tag.slug for tag in rebuttal}
    if unknown:
        raise Refused(
            _("“%(tag)s” is not among the tags of a rebuttal; choose from the list.") % {"tag": min(unknown)},
            "rebuttal_tags",
            400,
        )
    named = topics(list(text.topic_tags))
    wanted = [*rebuttal, *named]
    argument.argument_tags.exclude(tag__in=wanted).delete()
    present = set(argument.argument_tags.values_list("tag_id", flat=True))
    ArgumentTag.objects.bulk_create(
        ArgumentTag(content_object=argument, tag=tag) for tag in wanted if tag.pk not in present
    )
    return [*sorted(tag.slug for tag in rebuttal), *sorted(tag.name for tag in named)]


def _lay_citations(
    argument: Argument, citations: tuple[CitationText, ...], editor: Viewer | None
) -> list[dict[str, str]]:
    """Lay the citations; one of the same source keeps its row, so that the checks of it stay with it."""
    # Before any citation is read: a merge locks the sources first, too, and then moves their citations.
    named = {text.source.pk for text in citations if text.source}
    standing = lock_standing(named.union(argument.citations.values_list("source_id", flat=True)))
    old = list(argument.citations.order_by("position"))
    written = []
    for position, text in enumerate(citations, 1):
        source = standing[text.source.pk] if text.source else new_source(text, editor)
        citation = _kept_row(old, source, text)
        if citation is None:
            citation = Citation(argument=argument, source=source)
        else:
            old.remove(citation)
        if citation.quotation != text.quotation:
            citation.quotation_state = (
                Citation.Quotation.NONE
            )  # what was said of other words says nothing of these
        citation.position = position
        citation.locator_label, citation.locator = text.locator_label, text.locator
        citation.quotation, citation.purpose = text.quotation, text.purpose
        citation.take_fingerprint(argument.claim)
        citation.save()
        check_quotation(citation)
        written.append(
            {
                "source": source.public_id,
                "short": str(source),
                "locator": f"{citation.locator_label} {citation.locator}".strip(),
                "quotation": citation.quotation,
                "purpose": citation.purpose,
            }
        )
    argument.citations.filter(pk__in=[one.pk for one in old]).delete()
    if argument.debate.anonymous:
        Source.objects.filter(citations__argument=argument, hushed=False).update(hushed=True)
    return written


def _kept_row(old: list[Citation], source: Source, text: CitationText) -> Citation | None:
    """Return the row that a citation had before: of several of one source, the one with the same words and place."""
    rows = [one for one in old if one.source_id == source.pk]
    said = (text.quotation, text.locator_label, text.locator)
    alike = (one for one in rows if (one.quotation, one.locator_label, one.locator) == said)
    return next(alike, rows[0] if rows else None)


def new_source(text: CitationText, editor: Viewer | None) -> Source:
    """Write a new source from a citation that describes one."""
    if text.record is None:
        raise Refused(
            _("Choose a source from the list, or describe a new one by its title."), "citations", 400
        )
    source = Source(added_by=editor, created_at=timezone.now())
    incomplete = waiting() if text.look_up else text.incomplete
    lay_record(source, text.record, incomplete, editor)
    if text.look_up:
        look_up_later(source)
    set_later([source])
    return source
