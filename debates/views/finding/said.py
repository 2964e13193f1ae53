"""A search in plain words: what the page says that it searched for."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from debates.query import Filter, Operator, Query, Words

_SAID = {
    Operator.AUTHOR: (gettext_lazy("by %(value)s"), gettext_lazy("not by %(value)s")),
    Operator.VOICE: (
        gettext_lazy("in the voice of %(value)s"),
        gettext_lazy("not in the voice of %(value)s"),
    ),
    Operator.TAG: (gettext_lazy("tagged “%(value)s”"), gettext_lazy("not tagged “%(value)s”")),
    Operator.DEBATE: (
        gettext_lazy("in a debate on “%(value)s”"),
        gettext_lazy("in no debate on “%(value)s”"),
    ),
    Operator.SOURCE: (gettext_lazy("citing “%(value)s”"), gettext_lazy("not citing “%(value)s”")),
    Operator.DOI: (gettext_lazy("citing the DOI %(value)s"), gettext_lazy("not citing the DOI %(value)s")),
    Operator.BEFORE: (gettext_lazy("before %(value)s"), gettext_lazy("not before %(value)s")),
    Operator.AFTER: (gettext_lazy("since %(value)s"), gettext_lazy("not since %(value)s")),
}
"""Each operator as it stands, and excluded."""
_SAID_OF_VALUES = {
    "stance:for": (gettext_lazy("for the claim above"), gettext_lazy("not for the claim above")),
    "stance:against": (gettext_lazy("against the claim above"), gettext_lazy("not against the claim above")),
    "has:source": (gettext_lazy("with a source"), gettext_lazy("without a source")),
    "has:quote": (gettext_lazy("with a quotation"), gettext_lazy("without a quotation")),
    "has:checked": (gettext_lazy("with a checked citation"), gettext_lazy("without a checked citation")),
    "is:unanswered": (gettext_lazy("unanswered"), gettext_lazy("answered")),
    "is:contested": (gettext_lazy("contested"), gettext_lazy("not contested")),
    "is:rebuttal": (gettext_lazy("rebuttals"), gettext_lazy("no rebuttals")),
    "is:thesis": (gettext_lazy("theses"), gettext_lazy("no theses")),
    "is:note": (gettext_lazy("notes"), gettext_lazy("no notes")),
    "is:stale": (
        gettext_lazy("written against an earlier version"),
        gettext_lazy("not written against an earlier version"),
    ),
}


def in_words(query: Query) -> str:
    """Return what a query searches for: Arguments that hold “cranes”, by ada, since 3 May 2024."""
    parts = []
    if query.wanted:
        parts.append(_("that hold %(words)s") % {"words": _series(query.wanted, _("%(words)s and %(last)s"))})
    if query.unwanted:
        parts.append(
            _("that do not hold %(words)s") % {"words": _series(query.unwanted, _("%(words)s or %(last)s"))}
        )
    parts += [_filter(one) for one in query.filters]
    said = ", ".join(parts)
    return (
        _("Arguments %(parts)s.") % {"parts": said}
        if query.wanted or query.unwanted
        else _("Arguments: %(parts)s.") % {"parts": said}
    )


def _series(words: list[Words], joined: str) -> str:
    """Return words and phrases as a series; `joined` puts the last behind the others."""
    quoted = [
        (_("the phrase “%(words)s”") if one.phrase else _("“%(words)s”")) % {"words": one.text}
        for one in words
    ]
    if len(quoted) == 1:
        return quoted[0]
    return joined % {"words": ", ".join(quoted[:-1]), "last": quoted[-1]}


def _filter(one: Filter) -> str:
    fixed = _SAID_OF_VALUES.get(f"{one.operator}:{one.value}")
    if fixed is not None:
        return str(fixed[one.excluded])
    dated = one.operator in (Operator.BEFORE, Operator.AFTER)
    return str(_SAID[one.operator][one.excluded]) % {"value": _date(one) if dated else one.value}


def _date(one: Filter) -> str:
    """Return a date as exact as it was typed: 2024, May 2024, 3 May 2024."""
    formats = ("Y", "YEAR_MONTH_FORMAT", "DATE_FORMAT")
    return date_format(one.day, formats[one.value.count("-")])
