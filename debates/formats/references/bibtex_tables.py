"""Which type and field of BibTeX and BibLaTeX is which of CSL-JSON, in both directions.

Sources: the BibLaTeX manual (2.1 entry types, 2.2 entry fields), btxdoc for BibTeX, and the CSL 1.0.2 specification
(appendices III and IV). Where one field of theirs has two meanings (`number`), the type of the entry decides.
"""

from collections.abc import Container

ARTICLES = frozenset(["article", "suppperiodical", "periodical", "review"])
"""Entries whose `number` is an issue."""
PARTS = frozenset(
    [
        *("inbook", "bookinbook", "suppbook", "incollection", "suppcollection"),
        *("inproceedings", "conference", "inreference"),
    ]
)
"""Entries that are parts of a book, which `booktitle` names."""
BOOKS = frozenset(
    [
        "book",
        "mvbook",
        "collection",
        "mvcollection",
        "proceedings",
        "mvproceedings",
        "reference",
        "mvreference",
    ]
)
"""Entries whose `number`, like that of their parts, is the number in a series."""

TYPES = {
    "article": "article-journal",
    "suppperiodical": "article-journal",
    "periodical": "periodical",
    "book": "book",
    "mvbook": "book",
    "collection": "book",
    "mvcollection": "book",
    "proceedings": "book",
    "mvproceedings": "book",
    "reference": "book",
    "mvreference": "book",
    "manual": "book",
    "inbook": "chapter",
    "bookinbook": "chapter",
    "suppbook": "chapter",
    "incollection": "chapter",
    "suppcollection": "chapter",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "inreference": "entry-encyclopedia",
    "booklet": "pamphlet",
    "mastersthesis": "thesis",
    "phdthesis": "thesis",
    "thesis": "thesis",
    "techreport": "report",
    "report": "report",
    "unpublished": "manuscript",
    "online": "webpage",
    "electronic": "webpage",
    "www": "webpage",
    "patent": "patent",
    "dataset": "dataset",
    "software": "software",
    "letter": "personal_communication",
    "movie": "motion_picture",
    "video": "motion_picture",
    "audio": "song",
    "music": "song",
    "performance": "performance",
    "artwork": "graphic",
    "image": "figure",
    "legislation": "legislation",
    "legal": "treaty",
    "jurisdiction": "legal_case",
    "standard": "standard",
    "review": "review",
}
"""The CSL type of each type of entry; any other (`misc`) is a document."""

WRITTEN = {
    "article": ("online", "misc"),
    "article-journal": ("article", "article"),
    "article-magazine": ("article", "article"),
    "article-newspaper": ("article", "article"),
    "bill": ("legislation", "misc"),
    "book": ("book", "book"),
    "broadcast": ("video", "misc"),
    "chapter": ("incollection", "incollection"),
    "classic": ("book", "book"),
    "collection": ("misc", "misc"),
    "dataset": ("dataset", "misc"),
    "document": ("misc", "misc"),
    "entry": ("inreference", "incollection"),
    "entry-dictionary": ("inreference", "incollection"),
    "entry-encyclopedia": ("inreference", "incollection"),
    "event": ("misc", "misc"),
    "figure": ("image", "misc"),
    "graphic": ("artwork", "misc"),
    "hearing": ("jurisdiction", "misc"),
    "interview": ("misc", "misc"),
    "legal_case": ("jurisdiction", "misc"),
    "legislation": ("legislation", "misc"),
    "manuscript": ("unpublished", "unpublished"),
    "map": ("misc", "misc"),
    "motion_picture": ("movie", "misc"),
    "musical_score": ("misc", "misc"),
    "pamphlet": ("booklet", "booklet"),
    "paper-conference": ("inproceedings", "inproceedings"),
    "patent": ("patent", "misc"),
    "performance": ("performance", "misc"),
    "periodical": ("periodical", "misc"),
    "personal_communication": ("letter", "misc"),
    "post": ("online", "misc"),
    "post-weblog": ("online", "misc"),
    "regulation": ("legislation", "misc"),
    "report": ("report", "techreport"),
    "review": ("review", "article"),
    "review-book": ("article", "article"),
    "software": ("software", "misc"),
    "song": ("music", "misc"),
    "speech": ("unpublished", "unpublished"),
    "standard": ("standard", "misc"),
    "thesis": ("thesis", "misc"),
    "treaty": ("legal", "misc"),
    "webpage": ("online", "misc"),
}
"""The type of entry, in BibLaTeX and in BibTeX, for each type of CSL 1.0.2."""

SUBTYPES = {"magazine": "article-magazine", "newspaper": "article-newspaper"}
"""What BibLaTeX's `entrysubtype` says of an article; any name of a CSL type may stand there too."""

THESES = {"phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis"}
"""BibTeX's types of theses, and the kind of work that CSL's `genre` names."""

KINDS = {
    **THESES,
    "mathesis": "Master’s thesis",
    "bathesis": "Bachelor’s thesis",
    "candthesis": "Candidate thesis",
    "techreport": "Technical report",
    "resreport": "Research report",
    "inpress": "in press",
    "inpreparation": "in preparation",
    "prepublished": "prepublished",
}
"""BibLaTeX's own words in `type` and `pubstate` (its manual, 4.9.2), in ours."""

PLAIN = {
    "title-short": ("shorttitle",),
    "container-title-short": ("shortjournal",),
    "collection-title": ("series",),
    "volume": ("volume",),
    "number-of-volumes": ("volumes",),
    "edition": ("edition",),
    "version": ("version",),
    "part": ("part",),
    "chapter-number": ("chapter",),
    "number-of-pages": ("pagetotal",),
    "publisher-place": ("location", "address"),
    "original-title": ("origtitle",),
    "original-publisher": ("origpublisher",),
    "original-publisher-place": ("origlocation",),
    "event-title": ("eventtitle",),
    "event-place": ("venue",),
    "genre": ("type",),
    "status": ("pubstate",),
    "call-number": ("library",),
    "archive_collection": ("eprintclass", "primaryclass"),
    "abstract": ("abstract",),
    "annote": ("annotation", "annote"),
    "keyword": ("keywords", "keyword"),
}
"""CSL fields of plain text: BibLaTeX's name, and those that it goes by elsewhere."""

AS_IT_STANDS = {
    "DOI": ("doi",),
    "URL": ("url",),
    "ISBN": ("isbn",),
    "ISSN": ("issn",),
    "PMCID": ("pmcid",),
}
"""CSL fields whose text is not LaTeX (verbatim, in BibLaTeX's terms)."""

DATES = {
    "accessed": ("urldate", "lastchecked"),
    "original-date": ("origdate",),
    "event-date": ("eventdate",),
}
"""CSL dates but for `issued`, which BibTeX splits."""

NAMES = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "container-author": "bookauthor",
}
ROLES = {
    "compiler": "compiler",
    "contributor": "collaborator",
    "director": "director",
    "organizer": "organizer",
    "producer": "producer",
}
"""CSL roles that BibLaTeX holds as a further editor with a type (`editora`, `editoratype`); there are three of those."""
FURTHER = ("editora", "editorb", "editorc")
HELPERS = ("commentator", "annotator", "introduction", "foreword", "afterword")
"""Roles of BibLaTeX that CSL knows as contributors only."""

PUBLISHERS = ("publisher", "institution", "school", "organization", "howpublished")
"""The fields that name who published; CSL has one."""
PUBLISHER_OF = {
    "report": "institution",
    "techreport": "institution",
    "thesis": "institution",
    "phdthesis": "school",
    "mastersthesis": "school",
    "online": "organization",
    "manual": "organization",
    "booklet": "howpublished",
    "misc": "howpublished",
}
"""The field that names it in an entry of a type, if it is not `publisher`."""

TELLING = ("booktitle", "eventtitle", "maintitle", "url", "venue", *PUBLISHERS)
"""The fields that tell of which type of CSL an entry is."""

CLASSIC = {
    "location": "address",
    "journaltitle": "journal",
    "annotation": "annote",
}
"""BibLaTeX's fields that BibTeX calls otherwise."""


def type_of(kind: str, has: Container[str], *, preprint: bool = False) -> str:
    """Return the CSL type of a type of entry, by the fields that it has, and by whether a server of preprints holds it."""
    if preprint and kind in ("misc", "online", "unpublished"):
        return "article"
    if kind == "unpublished" and ("eventtitle" in has or "venue" in has):
        return "speech"
    if kind == "inbook" and "booktitle" not in has and "maintitle" not in has:
        # BibTeX's own `inbook`: its title is the book's.
        return "book"
    if kind not in TYPES and "url" in has and not any(field in has for field in PUBLISHERS):
        return "webpage"
    return TYPES.get(kind, "document")
