"""Open a debate: a question, its theses, the article it grows from, its tags."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from debates.actions.arranging.placing import next_path
from debates.actions.sources.lock_sources import lock_standing
from debates.actions.weighing.rescore import rescore
from debates.actions.writing.mask import hush_sources
from debates.actions.writing.text import ArgumentText, CitationText, check_printable, lay_text, new_source
from debates.models import Argument, Debate, DebateAddress, DebateTag, StandingChange
from debates.models.public_id import make_public_id
from debates.models.tag import topics
from debates.models.visibility import Viewer
from debates.permissions import Refused, check_open_debate

MOST_THESES = 12


@transaction.atomic
def open_debate(
    opener: Viewer,
    question: str,
    theses: Sequence[str],
    summary: str = "",
    tags: Sequence[str] = (),
    article: CitationText | None = None,
    *,
    anonymous: bool = False,
) -> Debate:
    """Open a debate and return it; in an anonymous one members are shown under numbers, from the theses on."""
    check_open_debate(opener)
    question = " ".join(question.split())
    if not question:
        raise Refused(_("Write the question that the debate is about."), "question", 400)
    check_printable("question", question, summary)
    claims = [" ".join(thesis.split()) for thesis in theses if thesis.strip()]
    if not claims:
        raise Refused(
            _("Write at least one thesis: a sentence that people can argue for or against."), "theses", 400
        )
    if len(claims) > MOST_THESES:
        raise Refused(
            _("There are %(count)d theses; a debate has at most %(most)d.")
            % {"count": len(claims), "most": MOST_THESES},
            "theses",
            400,
        )
    source = None
    if article is not None:
        known = article.source
        source = lock_standing([known.pk])[known.pk] if known else new_source(article, opener)
    debate = _create(
        Debate(
            question=question,
            summary=summary.strip(),
            opened_by=opener,
            article=source,
            anonymous=anonymous,
        )
    )
    DebateTag.objects.bulk_create(DebateTag(content_object=debate, tag=tag) for tag in topics(list(tags)))
    placed = []
    for claim in claims:
        argument = Argument(debate=debate, path=next_path(debate, None), depth=0, author=opener)
        lay_text(argument, ArgumentText(claim=claim, kind=Argument.Kind.THESIS), opener)
        placed.append(argument)
    if anonymous:
        hush_sources(debate)
    rescore(placed, StandingChange.Cause.POSTED)
    return debate


def _create(debate: Debate) -> Debate:
    """Save a debate under an address made of its question; where that is taken, also at this very moment, under a longer one."""
    slug = slugify(debate.question, allow_unicode=True)[:60].strip("-") or "debate"
    debate.slug = slug
    # /debates/open/ is the form; and what was another debate's address once still leads there.
    if slug != "open" and not DebateAddress.objects.filter(slug=slug).exists():
        try:
            with transaction.atomic():
                debate.save()
        except IntegrityError:
            debate.pk = None
        else:
            return debate
    debate.slug = f"{slug}-{make_public_id()}"
    debate.save()
    return debate
