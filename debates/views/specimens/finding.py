"""Specimens of what leads somewhere: views, sorts and filters, pages, lists of arguments, sources and their references."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from debates.bibliography.record import Name, Record
from debates.models import Source
from debates.models.argument import Stance
from debates.views.finding.queues import QueueCount
from debates.views.finding.related_debates import RelatedView
from debates.views.finding.today import Line as TodayLine
from debates.views.machines.meta import FeedLink
from debates.views.parts.choosing import Choice, chooser
from debates.views.parts.reference_list import Choice as Link
from debates.views.parts.reference_list import Line, ReferenceList
from debates.views.parts.related import RelatedView as RelatedWork
from debates.views.parts.source_state import RetractionView
from debates.views.specimens.made import (
    ARABIC,
    LONG,
    NOWHERE,
    QUESTION,
    SHORT,
    USUAL,
    Section,
    Specimen,
    a_card,
    a_con,
    a_debate,
)

VIEWS = ("focus", "outline", "latest", "map", "article", "brief", "cruxes")


def finding_sections() -> list[Section]:
    """Return the sections about what leads somewhere."""
    return [
        Section("views", _("The views of a debate"), _views()),
        Section("choosing", _("Sorting, filtering, turning pages"), _choosing()),
        Section("lists", _("Lists"), _lists()),
        Section("sources", _("Sources and references"), _references()),
    ]


def _views() -> list[Specimen]:
    hidden = a_debate()
    hidden.state = "hidden"
    tabs = [
        Specimen(name, "debates/debate.html#tabs", {"debate": a_debate(), "view": name}) for name in VIEWS[:2]
    ]
    return [
        *tabs,
        Specimen(
            _("The head of a view"),
            "debates/debate.html#viewhead",
            {"debate": a_debate(), "view": "outline", "view_name": _("Outline")},
        ),
        Specimen(
            _("The head of a view of a debate that not everyone sees"),
            "debates/debate.html#viewhead",
            {"debate": hidden, "view": "latest", "view_name": _("Latest")},
        ),
    ]


def _choosing() -> list[Specimen]:
    chosen = Choice(sort="contested", stance=Stance.CON, tag="harbour", sources="checked", by="ada")
    pages = Paginator(range(90), 10)
    return [
        # Its fields have their names as ids, so that a page holds one.
        Specimen(
            _("Much chosen, so that it is open"), "debates/chooser.html#chooser", {"chooser": chooser(chosen)}
        ),
        *(
            Specimen(name, "pages.html#pager", {"page": pages.page(number)})
            for name, number in ((_("The first page"), 1), (_("A page between"), 5), (_("The last page"), 9))
        ),
        Specimen(_("A single page: no pager"), "pages.html#pager", {"page": Paginator([1], 10).page(1)}),
    ]


def _lists() -> list[Specimen]:
    found = [
        {"card": card, "debate": a_debate()} for card in (a_card("found1"), a_con("found2", claim=SHORT))
    ]
    queues = [
        QueueCount(_("Claims without a source"), 12, NOWHERE),
        QueueCount(_("Likely duplicates"), None, NOWHERE),
    ]
    lines = [
        TodayLine(SHORT, NOWHERE, QUESTION, NOWHERE, _("%(count)d answers, no source.") % {"count": 7}),
        TodayLine(LONG, NOWHERE, ARABIC, NOWHERE),
    ]
    related = [
        RelatedView(QUESTION, NOWHERE, "It asks the same of the yard.", said=True),
        RelatedView(ARABIC, NOWHERE, _("Shares %(what)s.") % {"what": "3 sources"}, said=False),
    ]
    feeds = [
        FeedLink("", NOWHERE, "application/atom+xml", "Atom"),
        FeedLink("", NOWHERE, "application/feed+json", "JSON Feed"),
    ]
    return [
        Specimen(_("Arguments outside their trees"), "pages.html#found", {"found": found}),
        Specimen(_("Claims with what is the matter"), "debates/today.html#lines", {"lines": lines}),
        Specimen(
            _("Debates that have to do with one another"),
            "debates/related.html#related",
            {"related": related, "heading": 4},
        ),
        Specimen(
            _("No debate that has to do with it"),
            "debates/related.html#related",
            {"related": [], "heading": 4},
        ),
        Specimen(_("What waits in the queues"), "debates/queues.html#counts", {"queues": queues}),
        Specimen(_("Feeds"), "debates/feeds.html#follow", {"feeds": feeds}),
    ]


def _references() -> list[Specimen]:
    numbered = ReferenceList(
        [_line(1, bibtex="@book{marsh1999,\n  author = {Lena Marsh},\n}"), _line(2)],
        "vancouver",
        _styles(),
        [Link("BibTeX", NOWHERE), Link("RIS", NOWHERE)],
        numbered=True,
        asked=True,
        may_keep=True,
        back=NOWHERE,
    )
    record = Record(
        type="book",
        title="Cranes of the harbour",
        authors=(Name("Marsh", "Lena"), Name("Quay", "Otto")),
        issued=(1999,),
        publisher="Quay Press",
        url="https://example.org/cranes",
        note=USUAL,
    )
    source = {"source": Source(title=record.title), "record": record, "type": _("book")}
    works = [RelatedWork(_("A translation of"), "Quay 1923", NOWHERE, 0, may_part=False)]
    sentence = _("This work has been retracted.")
    return [
        Specimen(
            _("References, open, numbered, with the choice of a style"),
            "debates/references.html#list",
            {"references": numbered, "heading": 4, "user": AnonymousUser()},
        ),
        Specimen(_("What a work is"), "debates/source.html#record", source),
        Specimen(
            _("A work that was retracted"),
            "debates/source.html#retraction",
            {"retraction": RetractionView(sentence, "10.1000/182", date(2021, 5, 3))},
        ),
        Specimen(
            _("A reference that wants something"),
            "debates/source.html#wanting",
            {"missing": [_("a year"), _("a publisher")], "incomplete": "Nobody has seen the second volume."},
        ),
        Specimen(_("Related works"), "debates/source.html#related", {"related": works}),
    ]


def _line(number: int, bibtex: str = "") -> Line:
    words = SafeString("Marsh, Lena. <i>Cranes of the harbour</i>. Quay Press, 1999.")
    return Line(f"reference-specimen{number}", NOWHERE, words, number, bibtex=bibtex)


def _styles() -> list[Link]:
    return [Link("Chicago", NOWHERE), Link("Vancouver", NOWHERE, current=True)]
