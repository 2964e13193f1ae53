"""What is offered while somebody types a search: operators and their values, and what is listed and begins so."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Length

from debates.models import Argument, ArgumentTag, Debate, DebateTag, SearchWord, Source, Tag, Voice
from debates.models.visibility import listed
from debates.query import VALUES, Begun, Filter, Operator, begun, parse
from debates.search.words import entries_begun
from debates.stemming import stems, words

MOST, MOST_OF_A_KIND = 10, 4
LEAST_LETTERS = 2
"""Letters from which on texts are looked for; before that, only operators are offered."""
ENDS = 12
"""Words that a begun word may become, the shortest first."""


@dataclass(frozen=True)
class Suggestion:
    """One offer: its kind (operator, value, tag, author, voice, debate, source or claim), its words, and where it leads."""

    kind: str
    text: str
    query: str = ""
    """What the field holds once it is taken; empty where it leads to a page."""
    url: str = ""


def suggestions_for(text: str) -> list[Suggestion]:
    """Return what may be meant by a text that is being typed; only what is listed, six statements at most."""
    last = begun(text)
    if last.operator is not None:
        return list(islice(_values(last, last.operator), MOST))
    if not last.text:
        return []
    offers = list(_operators(last))
    if len("".join(words(last.text))) >= LEAST_LETTERS and not last.excluded:
        for name in _tags(last.text):
            offers.append(_filled("tag", name, last, Filter(Operator.TAG, name)))
        offers += _texts(last)
    return offers[:MOST]


def _operators(last: Begun) -> Iterator[Suggestion]:
    """Yield the operators that begin so; what is to stand behind the colon is asked for next."""
    for operator in Operator:
        if operator.startswith(last.text.lower()):
            yield Suggestion("operator", f"{operator}:", last.finished(f"{operator}:"))


def _values(last: Begun, operator: Operator) -> Iterator[Suggestion]:
    """Yield the values of an operator that begin so."""
    if operator in VALUES:
        for value in VALUES[operator]:
            if value.startswith(last.text.lower()):
                yield _filled("value", f"{operator}:{value}", last, Filter(operator, value))
    elif operator in _NAMES and last.text:
        for name in _NAMES[operator](last.text):
            yield _filled(str(operator), name, last, Filter(operator, name))


def _filled(kind: str, text: str, last: Begun, part: Filter) -> Suggestion:
    return Suggestion(kind, text, last.finished(str(part)) + " ")


def _tags(text: str) -> list[str]:
    """Return the names of the tags that begin so, or are also called so; one statement."""
    carried = Exists(ArgumentTag.objects.filter(listed("content_object__", "debate"), tag=OuterRef("pk")))
    named = Exists(DebateTag.objects.filter(listed("content_object__"), tag=OuterRef("pk")))
    begins = text.lower()
    found = (
        Tag.objects.filter(carried | named)
        .filter(Q(name__startswith=begins) | Q(synonyms__name__startswith=begins))
        .order_by("name")
        .distinct()
    )
    return [tag.name for tag in found[:MOST_OF_A_KIND]]


def _authors(text: str) -> list[str]:
    """Return the names of members that begin so, if something of theirs is listed; one statement."""
    wrote = Argument.objects.listed().signed().filter(author=OuterRef("pk"), voice=None)
    begun = get_user_model()._default_manager.filter(Exists(wrote), username__istartswith=text.lstrip("@"))
    members = begun.order_by("username")[:MOST_OF_A_KIND]
    # Some rows are called otherwise than their column says: whoever left has no name to search for.
    return [one.username for one in members if one.get_username() == one.username]


def _voices(text: str) -> list[str]:
    """Return the names of voices of which a word begins so, if something of theirs is listed; one statement."""
    spoke = Argument.objects.listed().filter(voice=OuterRef("pk"))
    names = Voice.objects.filter(Exists(spoke)).order_by("name").values_list("name", flat=True)
    return [name for name in names if _begins(text, name)][:MOST_OF_A_KIND]


def _debates(text: str) -> list[str]:
    """Return the slugs of the listed debates whose question holds what was typed so far; one statement."""
    return [debate.slug for debate in _debates_begun(text)]


def _titles(text: str) -> list[str]:
    """Return the titles of listed sources that hold what was typed so far; two statements."""
    if not (typed := words(text)):
        return []
    index = entries_begun(stems(" ".join(typed[:-1])), _ends(typed[-1]))
    return [source.record.title for source in _sources(index)]


_NAMES: dict[Operator, Callable[[str], list[str]]] = {
    Operator.TAG: _tags,
    Operator.AUTHOR: _authors,
    Operator.VOICE: _voices,
    Operator.DEBATE: _debates,
    Operator.SOURCE: _titles,
}


def _texts(last: Begun) -> Iterator[Suggestion]:
    """Yield the debates, sources and claims that hold all that was typed, the last word begun."""
    before = [one for one in parse(last.before).wanted if not one.phrase]
    *more, end = words(last.text)
    typed = " ".join([*(one.text for one in before), *more, end])
    for debate in _debates_begun(typed):
        yield Suggestion("debate", debate.question, url=debate.get_absolute_url())
    index = entries_begun([stem for one in before for stem in one.stems] + stems(" ".join(more)), _ends(end))
    for source in _sources(index):
        yield Suggestion("source", str(source), url=source.get_absolute_url())
    claims = Argument.objects.listed().filter(search_entry__in=index).order_by("-created_at", "-pk")
    for claim in claims.only("public_id", "claim")[:MOST_OF_A_KIND]:
        yield Suggestion("claim", claim.claim, url=claim.get_absolute_url())


def _sources(index: RawSQL) -> QuerySet[Source]:
    return Source.objects.listed().filter(search_entry__in=index).order_by("title", "pk")[:MOST_OF_A_KIND]


def _debates_begun(text: str) -> list[Debate]:
    debates = Debate.objects.listed().only("slug", "question", "created_at")
    return [debate for debate in debates if _begins(text, debate.question)][:MOST_OF_A_KIND]


def _begins(typed: str, text: str) -> bool:
    """Say whether a text holds all words that were typed, of which the last may be the beginning of one."""
    asked, held = words(typed), words(text)
    if not asked:
        return False
    return set(asked[:-1]) <= set(held) and any(word.startswith(asked[-1]) for word in held)


def _ends(word: str) -> list[str]:
    """Return the stems that a begun word may have; itself is one. They are asked for, and never shown. One statement."""
    known = SearchWord.objects.all()
    if connection.vendor == "sqlite":  # its LIKE knows no index; by bytes, what begins so stands in one range
        known = known.filter(word__gte=word, word__lt=word + "\U0010ffff")
    else:
        known = known.filter(word__startswith=word)
    ends = known.order_by(Length("word"), "word").values_list("word", flat=True)[:ENDS]
    return list(dict.fromkeys(stems(" ".join([word, *ends]))))
