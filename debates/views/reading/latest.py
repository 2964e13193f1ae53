"""What is new in one debate: its arguments in the order of time, the newest first, each with its path."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import parse_qsl, urlencode

from django.db.models import Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from debates.models import Argument, Debate, State
from debates.models.argument import ArgumentQuerySet
from debates.models.visibility import Viewer, listed
from debates.tree import ancestor_paths
from debates.views.asking.fetching import fetch_debate
from debates.views.machines.canonical import canonical
from debates.views.machines.meta import PageMeta, debate_meta
from debates.views.parts.card import Card, card_of, each_work_once, with_card_rows
from debates.views.parts.choosing import Choice, chooser, read_choice
from debates.views.parts.line_texts import card_of_line, with_line_texts

A_PAGE = 30
SPANS = {
    "": (gettext_lazy("Everything"), None),
    "day": (gettext_lazy("the last day"), timedelta(days=1)),
    "week": (gettext_lazy("the last week"), timedelta(days=7)),
    "month": (gettext_lazy("the last month"), timedelta(days=30)),
}
"""Since when, by the word of the address: what a page calls it, and how long ago that is."""
ORDERS = {"": "created_at", "edits": "edited_at"}
"""What is shown, by the word of the address, and the column that it is ordered by."""
TOLD = 1
"""Steps of a path that are named next to the argument; of those above only the thesis is."""


@dataclass(frozen=True)
class Since:
    """From when on arguments are shown: what was asked for, the moment, and what is wrong with it."""

    word: str = ""
    moment: datetime | None = None
    wrong: str = ""

    @property
    def is_date(self) -> bool:
        """Say whether a date was written, be it a wrong one."""
        return self.word not in SPANS


@dataclass
class Entry:
    """One argument with its path: the thesis, how many steps are left out, and those right above."""

    card: Card
    steps: list[Card] = field(default_factory=list)
    between: int = 0
    when: datetime | None = None


@dataclass(frozen=True)
class Day:
    """The arguments of one day."""

    words: str
    entries: list[Entry]


def latest(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what was posted last; `?since=` a span or a date, `?of=edits` what was edited, `?before=ID` what is older."""
    shown = fetch_debate(request, slug)
    choice = read_choice(request.GET, default="newest")
    choice = replace(choice, sort="newest")  # the order of time is what the page is about
    since = read_since(request.GET.get("since", ""))
    of = request.GET.get("of", "") if request.GET.get("of", "") in ORDERS else ""
    before = request.GET.get("before", "").replace("\0", "")[:12]
    everything = Argument.objects.filter(listed("", "debate"), debate=shown)
    rows = choice.among(everything)
    if since.moment is not None:
        rows = rows.filter(**{f"{ORDERS[of]}__gte": since.moment})
    keep = {"since": since.word, "of": of}
    page, older = _page(rows, of, before)
    entries = _entries(page, of, request.user)
    return render(
        request,
        "debates/latest.html",
        {
            "debate": shown,
            "days": _days(entries),
            "since": since,
            "spans": [(word, words) for word, (words, _span) in SPANS.items()],
            "of": of,
            "choice": choice,
            "choice_fields": parse_qsl(choice.query),
            "chooser": chooser(choice, sorts=("newest",), keep=keep),
            "older_url": _address(shown, choice, keep | {"before": older}) if older else "",
            "newest_url": _address(shown, choice, keep) if before else "",
            "plain_url": reverse("latest", args=[slug]),
            "meta": _meta(request, shown),
            "last": None if entries else everything.aggregate(last=Max(ORDERS[of]))["last"],
        },
    )


def _meta(request: HttpRequest, shown: Debate) -> PageMeta:
    """Return the head of the page; it repeats what the debate's own page holds, so search engines pass it by."""
    return replace(
        debate_meta(request, shown),
        canonical=canonical(request, reverse("latest", args=[shown.slug])),
        title=_("Latest: %(question)s") % {"question": shown.question},
        indexed=False,
    )


def read_since(written: str) -> Since:
    """Return from when on somebody wants to read: a span, a date as 2026-11-01, or everything; a wrong date says so."""
    word = written.replace("\0", "").strip()[:40]
    if word in SPANS:
        span = SPANS[word][1]
        return Since(word, timezone.now() - span if span else None)
    try:
        day = date.fromisoformat(word)
        moment = timezone.make_aware(datetime.combine(day, time.min))
        moment.astimezone(UTC)  # a day at either end of time has no moment everywhere
    except (ValueError, OverflowError, OSError):
        wrong = _("“%(word)s” is not a date that can be read; write it as 2026-11-01. Everything is shown.")
        return Since(word, None, wrong % {"word": word})
    if moment > timezone.now():
        wrong = _("%(day)s is still to come, so everything is shown.") % {"day": formats.date_format(day)}
        return Since(word, None, wrong)
    return Since(word, moment)


def _page(rows: ArgumentQuerySet, of: str, before: str) -> tuple[list[int], str]:
    """Return the keys of one page, the newest first, and the public id behind which the next page begins, if there is one.

    The place is kept by that id and not by a number: what is posted meanwhile shifts nothing.
    """
    column = ORDERS[of]
    rows = rows.filter(**{f"{column}__isnull": False}).order_by(f"-{column}", "-pk")
    if before:
        was_shown = (State.PUBLISHED, State.HIDDEN, State.WITHDRAWN, State.REMOVED)
        last = (
            Argument.objects.filter(public_id=before, state__in=was_shown).values_list(column, "pk").first()
        )
        if last is not None and last[0] is not None:
            moment, key = last
            older = Q(**{f"{column}__lt": moment}) | Q(**{column: moment, "pk__lt": key})
            rows = rows.filter(older)
    found = list(rows.values_list("pk", "public_id")[: A_PAGE + 1])
    page = found[:A_PAGE]
    return [key for key, _name in page], page[-1][1] if len(found) > A_PAGE else ""


def _entries(keys: Sequence[int], of: str, viewer: Viewer) -> list[Entry]:
    """Return arguments in the order of their keys, each with its path; in a fixed number of statements."""
    rows = {row.pk: row for row in with_card_rows(Argument.objects.filter(pk__in=keys), viewer)}
    shown = [rows[key] for key in keys if key in rows]
    cards = [card_of(row, viewer) for row in shown]
    each_work_once(cards)
    steps = _steps(shown, viewer)
    entries = []
    for row, card in zip(shown, cards, strict=True):
        paths = ancestor_paths(row.path)
        told = _told(paths)
        entries.append(
            Entry(
                card=card,
                steps=[steps[path] for path in told if path in steps],
                between=len(paths) - len(told),
                when=row.edited_at if of else row.created_at,
            )
        )
    return entries


def _told(paths: Sequence[str]) -> list[str]:
    """Return which ancestors are named: the thesis and those right above; one that stands between is named, too."""
    if len(paths) <= TOLD + 2:
        return list(paths)
    return [paths[0], *paths[-TOLD:]]


def _steps(rows: Iterable[Argument], viewer: Viewer) -> dict[str, Card]:
    """Return the ancestors that are named, by path; of one whose text is gone its place. All are of one debate."""
    shown = list(rows)
    paths = {path for row in shown for path in _told(ancestor_paths(row.path))}
    above = Argument.objects.filter(debate__in={row.debate_id for row in shown}, path__in=paths)
    return {row.path: card_of_line(row, viewer) for row in with_line_texts(above, viewer)}


def _days(entries: Iterable[Entry]) -> list[Day]:
    """Return entries by days, in their order."""
    days: list[Day] = []
    for entry in entries:
        words = day_words(timezone.localdate(entry.when)) if entry.when else ""
        if not days or days[-1].words != words:
            days.append(Day(words, []))
        days[-1].entries.append(entry)
    return days


def day_words(day: date) -> str:
    """Return a day in plain words: today, yesterday, or its date."""
    ago = (timezone.localdate() - day).days
    if ago == 0:
        return _("Today")
    if ago == 1:
        return _("Yesterday")
    return formats.date_format(day, "DATE_FORMAT")


def _address(shown: Debate, choice: Choice, keep: dict[str, str]) -> str:
    kept = urlencode({name: value for name, value in keep.items() if value})
    query = "&".join(one for one in (kept, choice.query) if one)
    return f"{reverse('latest', args=[shown.slug])}{'?' if query else ''}{query}"
