"""What a complete reference to a work of its type would still want."""

from collections.abc import Callable

from debates.bibliography.dates import iso
from debates.bibliography.record import Record
from debates.sentence import gettext_noop

Has = Callable[[Record], bool]


def _field(*names: str) -> Has:
    """Return the question whether any of our fields is filled."""
    return lambda record: any(getattr(record, name) for name in names)


def _csl(*keys: str) -> Has:
    """Return the question whether any field of CSL-JSON that we have no name for is filled."""
    return lambda record: any(record.extra.get(key) for key in keys)


def _any(*asked: Has) -> Has:
    return lambda record: any(has(record) for has in asked)


def _dated(record: Record) -> bool:
    return bool(record.date())


def _to_the_day(record: Record) -> bool:
    """Say whether the day is known, or the date is in words, which may be as exact as it gets."""
    return len(record.issued) == 3 or record.date() != iso(record.issued)


Want = tuple[Has, str]
TITLE: Want = (_field("title"), gettext_noop("the title"))
AUTHOR: Want = (_field("authors"), gettext_noop("the author"))
AUTHOR_OR_EDITOR: Want = (_field("authors", "editors"), gettext_noop("the author or editor"))
AUTHOR_OR_BODY: Want = (
    _field("authors", "publisher"),
    gettext_noop("the author or the body that published it"),
)
YEAR: Want = (_dated, gettext_noop("the year"))
DAY: Want = (_to_the_day, gettext_noop("the day"))
PUBLISHER: Want = (_field("publisher"), gettext_noop("the publisher"))
JOURNAL: Want = (_field("container"), gettext_noop("the journal"))
NEWSPAPER: Want = (_field("container"), gettext_noop("the newspaper"))
MAGAZINE: Want = (_field("container"), gettext_noop("the magazine"))
BOOK: Want = (_field("container"), gettext_noop("the book that it stands in"))
EDITOR: Want = (_any(_field("editors"), _csl("container-author")), gettext_noop("the editor of the book"))
WORK: Want = (_field("container"), gettext_noop("the work that it stands in"))
PROCEEDINGS: Want = (_field("container"), gettext_noop("the proceedings that it stands in"))
VOLUME: Want = (_field("volume", "issue", "doi"), gettext_noop("the volume or the DOI"))
PAGES: Want = (_field("pages", "number"), gettext_noop("the pages or the article’s number"))
ADDRESS: Want = (_field("url", "doi", "arxiv"), gettext_noop("the address"))
ADDRESS_OR_PUBLISHER: Want = (_field("url", "doi", "publisher"), gettext_noop("the publisher or the address"))
ACCESSED: Want = (_field("accessed", "archived_url"), gettext_noop("the day on which it was read"))
SITE: Want = (_field("container", "publisher", "authors"), gettext_noop("the author or the site"))
UNIVERSITY: Want = (_field("publisher"), gettext_noop("the university"))
REPOSITORY: Want = (
    _any(_field("container", "publisher", "url"), _csl("archive", "archive_location", "archive-place")),
    gettext_noop("where it is kept"),
)
DIRECTOR: Want = (_any(_field("authors"), _csl("director")), gettext_noop("the director"))
SPEAKER: Want = (_field("authors"), gettext_noop("the speaker"))
OCCASION: Want = (
    _any(_field("container", "place"), _csl("event-title", "event", "event-place")),
    gettext_noop("the occasion or the place"),
)
INTERVIEWED: Want = (_field("authors"), gettext_noop("who was interviewed"))
RECIPIENT: Want = (_csl("recipient"), gettext_noop("to whom it was addressed"))
NUMBERED: Want = (
    _any(_field("number", "container", "publisher", "place"), _csl("authority", "jurisdiction")),
    gettext_noop("the country or the official number"),
)

WANTED: dict[str, tuple[Want, ...]] = {
    "article": (AUTHOR, YEAR, ADDRESS_OR_PUBLISHER),
    "article-journal": (AUTHOR, YEAR, JOURNAL, VOLUME, PAGES),
    "article-magazine": (YEAR, MAGAZINE),
    "article-newspaper": (DAY, NEWSPAPER),
    "bill": (YEAR, NUMBERED),
    "book": (AUTHOR_OR_EDITOR, YEAR, PUBLISHER),
    "broadcast": (DAY, ADDRESS_OR_PUBLISHER),
    "chapter": (AUTHOR, YEAR, BOOK, EDITOR, PUBLISHER, PAGES),
    "classic": (AUTHOR,),
    "collection": (REPOSITORY,),
    "dataset": (AUTHOR_OR_BODY, YEAR, ADDRESS),
    "entry": (YEAR, WORK),
    "entry-dictionary": (YEAR, WORK),
    "entry-encyclopedia": (YEAR, WORK),
    "event": (YEAR, OCCASION),
    "hearing": (DAY, NUMBERED),
    "interview": (INTERVIEWED, YEAR),
    "legal_case": (YEAR, NUMBERED),
    "legislation": (YEAR, NUMBERED),
    "manuscript": (AUTHOR, REPOSITORY),
    "motion_picture": (DIRECTOR, YEAR),
    "pamphlet": (AUTHOR_OR_BODY, YEAR),
    "paper-conference": (AUTHOR, YEAR, PROCEEDINGS),
    "patent": (AUTHOR, YEAR, NUMBERED),
    "personal_communication": (AUTHOR, DAY, RECIPIENT),
    "post": (SITE, DAY, ADDRESS),
    "post-weblog": (SITE, DAY, ADDRESS),
    "regulation": (YEAR, NUMBERED),
    "report": (AUTHOR_OR_BODY, YEAR),
    "review": (AUTHOR, YEAR, WORK),
    "review-book": (AUTHOR, YEAR, WORK),
    "software": (AUTHOR_OR_BODY, YEAR, ADDRESS_OR_PUBLISHER),
    "speech": (SPEAKER, YEAR, OCCASION),
    "standard": (AUTHOR_OR_BODY, YEAR),
    "thesis": (AUTHOR, YEAR, UNIVERSITY),
    "treaty": (YEAR,),
    "webpage": (SITE, ADDRESS, ACCESSED),
}
"""What the styles that we offer set for each type where they can; a work of another type wants its author and year."""


def missing(record: Record) -> list[str]:
    """Return what a complete reference would still want, in words to be translated, the most telling first."""
    wanted = (TITLE, *WANTED.get(record.type, (AUTHOR_OR_BODY, YEAR)))
    return [words for has, words in wanted if not has(record)]
