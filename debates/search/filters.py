"""What the operators of a query ask of an argument: conditions over listed rows, the same on both databases."""

from datetime import datetime, time

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from debates.bibliography.identifiers import Identifier
from debates.models import Argument, Citation, Debate, Source, SourceKey, Tag, Voice
from debates.models.argument import Stance, standing_known_to, unanswered
from debates.models.authorship import signed
from debates.models.source import CitationQuerySet, SourceQuerySet
from debates.models.standing import Word
from debates.models.tag import VOCABULARY, tag_named
from debates.models.visibility import Viewer, listed
from debates.query import Filter, Operator, Words
from debates.search.words import entries, stands_in

SPEAK_OF_SOURCES = (Operator.SOURCE, Operator.DOI)
"""The operators that say which source, so that sources themselves can be found by them."""


def speaks_of_standing(one: Filter) -> bool:
    """Say whether an operator tells how an argument stands, which not everybody may know of each."""
    return one.operator is Operator.IS and one.value == "contested"


def met(one: Filter, viewer: Viewer) -> Q:
    """Return the condition that an argument meets an operator, or does not where the query excludes it.

    Of what a viewer may not know neither is said: what they may still rate is found by `is:contested` as little as by
    `-is:contested`.
    """
    holds = ~condition(one) if one.excluded else condition(one)
    return holds & standing_known_to(viewer) if speaks_of_standing(one) else holds


def condition(one: Filter) -> Q:
    """Return the condition that an argument meets an operator, whether or not the query excludes it, whoever asks."""
    match one.operator:
        case Operator.AUTHOR:
            # What a voice said belongs to the voice; who brought it here is not named beside it.
            return Q(signed(), voice=None, author__username__iexact=one.value)
        case Operator.VOICE:
            return Q(voice__in=_voices(one.value))
        case Operator.TAG:
            carriers = Argument.objects.filter(argument_tags__tag__in=_tags(one.value))
            return Q(pk__in=carriers.values("pk"))
        case Operator.STANCE:
            return Q(stance=Stance.PRO if one.value == "for" else Stance.CON)
        case Operator.DEBATE:
            return Q(debate__in=_debates(one.value))
        case Operator.SOURCE | Operator.DOI:
            return Q(Exists(_citations().filter(source__in=sources_of(one).order_by().values("pk"))))
        case Operator.HAS:
            return _has(one.value)
        case Operator.IS:
            return _is(one.value)
        case Operator.BEFORE:
            return Q(created_at__lt=_begin(one))
        case Operator.AFTER:
            return Q(created_at__gte=_begin(one))


def sources_of(one: Filter) -> SourceQuerySet:
    """Return the sources that `source:` or `doi:` means, listed as far as they themselves go: somebody listed must cite them."""
    sources = Source.objects.filter(listed(), merged_into=None)
    if one.operator is Operator.DOI:
        keys = SourceKey.objects.named(Identifier("doi", one.value))
        return sources.filter(pk__in=keys.values("source"))
    words = Words(one.value)
    return sources.filter(search_entry__in=entries([words])) if words.stems else sources.none()


def _debates(value: str) -> list[int]:
    """Return the keys of the listed debates with this slug, or whose question holds all these words; one statement.

    The questions are read in Python, where a word is cut as in the index: there are few of them, and they are not in it.
    """
    asked = Words(value)
    rows = Debate.objects.listed().order_by().values_list("pk", "slug", "question")
    return [pk for pk, slug, question in rows if slug == value.lower() or stands_in(asked, question)]


def _voices(value: str) -> list[int]:
    """Return the keys of the voices whose name holds these words, accents and case aside; one statement."""
    asked = Words(value)
    return [pk for pk, name in Voice.objects.order_by().values_list("pk", "name") if stands_in(asked, name)]


def _tags(value: str) -> list[int]:
    """Return the keys of the tags that a word means: a topic, another word for one, a charge as its reader sees it."""
    meant = tag_named(value)
    charges = [key for key, (label, _sentence) in VOCABULARY.items() if value.lower() == str(label).lower()]
    found = list(Tag.objects.filter(kind=Tag.Kind.REBUTTAL, slug__in=charges).values_list("pk", flat=True))
    return found if meant is None else [meant.pk, *found]


def _citations() -> CitationQuerySet:
    """Return the citations of the argument in question, of sources that stand in lists."""
    return Citation.objects.filter(listed("source__"), argument=OuterRef("pk"))


def _has(value: str) -> Q:
    cited = _citations()
    if value == "quote":
        cited = cited.exclude(quotation="")
    elif value == "checked":
        cited = cited.checked()
    return Q(Exists(cited))


def _is(value: str) -> Q:
    match value:
        case "unanswered":
            return Q(kind__in=[Argument.Kind.THESIS, Argument.Kind.ARGUMENT]) & unanswered()
        case "contested":
            return Q(standing__word=Word.CONTESTED)
        case "rebuttal":
            charged = Argument.objects.filter(argument_tags__tag__kind=Tag.Kind.REBUTTAL).values("pk")
            return Q(Exists(_citations()), stance=Stance.CON, pk__in=charged)
        case "stale":
            return Q(stale_since__isnull=False)
        case "thesis":
            return Q(kind=Argument.Kind.THESIS)
        case _note:
            return Q(kind=Argument.Kind.NOTE)


def _begin(one: Filter) -> datetime:
    """Return the moment at which the day, month or year of a date begins here."""
    return datetime.combine(one.day, time.min, tzinfo=timezone.get_current_timezone())
