"""Attach the text of a source, so that quotations can be looked for in it."""

import hashlib
import re

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from debates.actions.sources.check_quotation import check_quotations_of
from debates.actions.writing.anchor_quotes import anchor_quotes_of
from debates.actions.writing.find_anchors import find_anchors_of
from debates.actions.writing.text import check_printable
from debates.models import Document, DocumentPassage, Source
from debates.models.visibility import Viewer, is_moderator
from debates.permissions import Refused, check_attach_text

LONGEST = 1_500_000
"""Characters: a long novel. More is a library, and wants cutting into works."""


@transaction.atomic
def attach_text(member: Viewer, source: Source, text: str, reading: str, licence: str) -> int:
    """Keep a text as a source's, cut at its blank lines, and check all quotations; return how many answers changed."""
    source = Source.objects.select_for_update().get(pk=source.pk)
    check_attach_text(member, source)
    passages = passages_of(text)
    if not passages:
        raise Refused(_("The text is empty: paste it, or choose a file that holds it."), "text", 400)
    if len(text) > LONGEST:
        raise Refused(
            _("The text has %(count)d characters; at most %(most)d can be kept.")
            % {"count": len(text), "most": LONGEST},
            "text",
            400,
        )
    check_printable("text", text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    other = Document.objects.filter(digest=digest).exclude(source=source).exists()
    if other:
        raise Refused(
            _("This very text is attached to another source already; cite that one, or ask a moderator."),
            "text",
            409,
        )
    before = Document.objects.filter(source=source).first()
    if before is not None and not is_moderator(member):
        others = source.citations.exclude(argument__author=member.pk).exists()
        if before.reading != reading or others:
            raise Refused(
                _("Others rely on this text by now: a moderator can replace it, or change who may read it."),
                "text",
                403,
            )
    same = (digest, reading, licence)
    if before is not None and before.loaded_at and (before.digest, before.reading, before.licence) == same:
        return 0  # sent twice: who attached it, and since when it is kept, stays
    document, _made = Document.objects.update_or_create(
        source=source,
        defaults={
            "digest": digest,
            "reading": reading,
            "licence": licence,
            "attached_by": member,
            "loaded_at": timezone.now(),
        },
    )
    document.passages.all().delete()
    DocumentPassage.objects.bulk_create(
        DocumentPassage(document=document, place=f"p{number}", order=number, kind="paragraph", text=passage)
        for number, passage in enumerate(passages, 1)
    )
    anchor_quotes_of(document)
    find_anchors_of(document)
    return check_quotations_of(source)


def passages_of(text: str) -> list[str]:
    """Cut a text into passages at its blank lines; a hyphen at the end of a line stays, for the quotations to decide."""
    blocks = re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    return [block.strip() for block in blocks if block.strip()]
