"""Open a debate: a question, its theses, the article it grows from, its tags."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from debates.actions.placing import next_path
from debates.actions.text import ArgumentText, CitationText, lay_text, new_source, unprintable
from debates.models import Argument, Debate, DebateTag
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
) -> Debate:
    """Open a debate and return it."""
    check_open_debate(opener)
    question = " ".join(question.split())
    if not question:
        raise Refused(_("Write the question that the debate is about."), "question", 400)
    if unprintable(question) or unprintable(summary):
        raise Refused(
            _("The text holds a character that cannot be stored (a NUL or half of a pair); remove it."),
            "question",
            400,
        )
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
        source = article.source or new_source(article, opener)
    debate = Debate.objects.create(
        question=question,
        summary=summary.strip(),
        slug=_free_slug(question),
        opened_by=opener,
        article=source,
    )
    DebateTag.objects.bulk_create(DebateTag(content_object=debate, tag=tag) for tag in topics(list(tags)))
    for claim in claims:
        argument = Argument(debate=debate, path=next_path(debate, None), depth=0, author=opener)
        lay_text(argument, ArgumentText(claim=claim, kind=Argument.Kind.THESIS), opener)
    return debate


def _free_slug(question: str) -> str:
    slug = slugify(question, allow_unicode=True)[:60].strip("-") or "debate"
    taken = slug == "open" or Debate.objects.filter(slug=slug).exists()  # /debates/open/ is the form
    return f"{slug}-{make_public_id()}" if taken else slug
