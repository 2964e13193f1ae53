"""What RIS calls things, and what CSL calls them: the tables that reading and writing share.

The format has two descriptions, one of 2001 (Reference Manager) and one of 2011 (EndNote), which give some tags another
meaning; where they differ, we write what the younger one says and read both. (Source: the two descriptions, and what
EndNote, Mendeley and Zotero write.)
"""

CSL_TYPES = {
    "ABST": "article-journal",
    "ADVS": "motion_picture",
    "AGGR": "dataset",
    "ANCIENT": "classic",
    "ART": "graphic",
    "BILL": "bill",
    "BLOG": "post-weblog",
    "BOOK": "book",
    "CASE": "legal_case",
    "CHAP": "chapter",
    "CHART": "figure",
    "CLSWK": "classic",
    "COMP": "software",
    "CONF": "paper-conference",
    "CPAPER": "paper-conference",
    "CTLG": "book",
    "DATA": "dataset",
    "DBASE": "dataset",
    "DICT": "entry-dictionary",
    "EBOOK": "book",
    "ECHAP": "chapter",
    "EDBOOK": "book",
    "EJOUR": "article-journal",
    "ELEC": "webpage",
    "ENCYC": "entry-encyclopedia",
    "EQUA": "figure",
    "FIGURE": "figure",
    "GEN": "document",
    "GOVDOC": "report",
    "GRANT": "document",
    "GRNT": "document",
    "HEAR": "hearing",
    "ICOMM": "post",
    "INPR": "article-journal",
    "JFULL": "periodical",
    "JOUR": "article-journal",
    "LEGAL": "regulation",
    "MANSCPT": "manuscript",
    "MAP": "map",
    "MGZN": "article-magazine",
    "MPCT": "motion_picture",
    "MULTI": "broadcast",
    "MUSIC": "musical_score",
    "NEWS": "article-newspaper",
    "PAMP": "pamphlet",
    "PAT": "patent",
    "PCOMM": "personal_communication",
    "RPRT": "report",
    "SER": "book",
    "SLIDE": "speech",
    "SOUND": "song",
    "STAND": "standard",
    "STAT": "legislation",
    "THES": "thesis",
    "UNBILL": "bill",
    "UNPB": "article",
    "UNPD": "article",
    "VIDEO": "motion_picture",
    "WEB": "webpage",
}
"""The CSL type of each RIS type."""

NEAREST = {
    "collection": "GEN",
    "entry": "GEN",
    "event": "GEN",
    "interview": "PCOMM",
    "performance": "GEN",
    "review": "JOUR",
    "review-book": "JOUR",
    "treaty": "LEGAL",
}
"""CSL types that RIS does not have, and the nearest that it has; the CSL name then stands in M3 (“type of work”)."""

_PLAINEST = (
    *("BILL", "BOOK", "CHAP", "CLSWK", "CONF", "DATA", "ELEC", "FIGURE", "GEN", "JOUR", "MPCT", "RPRT"),
    "UNPB",
)
RIS_TYPES = {
    **{csl: ris for ris, csl in CSL_TYPES.items()},
    **{CSL_TYPES[ris]: ris for ris in _PLAINEST},
    **NEAREST,
}
"""The RIS type that is written for each CSL type: of several, the plain one."""

SERIES = frozenset({"book", "classic", "map", "pamphlet", "report", "software"})
"""Types of which T2 is the series (2011), not what they stand in."""

COUNTED = frozenset({"book", "classic", "manuscript", "pamphlet", "thesis"})
"""Types of which SP alone, a number, is how many pages there are (2011), not a page."""

GATHERINGS = frozenset({"event", "performance", "speech"})
"""Types of which T2 and CY are the event's name and place."""

PLAIN = {
    "VL": "volume",
    "IS": "issue",
    "NV": "number-of-volumes",
    "ET": "edition",
    "SE": "section",
    "PB": "publisher",
    "ST": "title-short",
    "J2": "container-title-short",
    "LA": "language",
    "CN": "call-number",
    "DB": "archive",
    "DP": "source",
}
"""Tags that hold one variable and nothing else."""

LINES = {"AB": "abstract", "N1": "note", "RN": "annote"}
"""Tags that are repeated, one for each line of the variable."""

ALIASES = {
    "TI": ("T1", "CT"),
    "IS": ("CP",),
    "CY": ("PP",),
    "J2": ("JA", "J1"),
    "AB": ("N2",),
}
"""Other names of a tag, read where the first one is missing."""

type Layout = dict[str, str]
"""Tags that mean these variables when all of them are there."""


def plain_tags(kind: str) -> Layout:
    """Return the tags that hold one variable each in works of a CSL type."""
    tags = PLAIN if kind in SERIES else PLAIN | {"T3": "collection-title"}
    if kind == "chapter":
        return tags | {"SE": "chapter-number"}
    if kind == "software":
        return tags | {"ET": "version"}
    return tags


def name_tags(kind: str) -> tuple[Layout, ...]:
    """Return the ways in which A2, A3 and ED are used in works of a CSL type; the first that fits holds, both ways."""
    if kind == "book":
        return (
            {"A3": "editor", "A2": "collection-editor"},
            {"A3": "editor"},
            {"A2": "editor"},
        )
    second = {"personal_communication": "recipient", "interview": "interviewer"}.get(kind)
    if second:
        return ({"A2": second, "ED": "editor"}, {"A2": second}, {"ED": "editor"})
    return ({"A2": "editor", "A3": "collection-editor"}, {"A2": "editor"}, {"A3": "collection-editor"})


def title_tags(kind: str) -> tuple[Layout, ...]:
    """Return the ways in which the titles around a work are tagged; the first that fits holds, both ways."""
    within, series, event = "container-title", "collection-title", "event-title"
    if kind in SERIES:
        return (
            {"T2": within, "T3": series},
            {"T2": series, "JF": within},
            {"T2": series},
            {"JF": within, "T3": series},
            {"JF": within},
            {"T3": series},
        )
    if kind in GATHERINGS:
        return ({"T2": event, "JF": within}, {"T2": event}, {"JF": within})
    if kind == "paper-conference":
        return ({"T2": event, "C3": within}, {"T2": within}, {"C3": within})
    return ({"T2": within},)


def place_tags(kind: str) -> tuple[Layout, ...]:
    """Return the ways in which places are tagged; the first that fits holds, both ways."""
    event, publisher = "event-place", "publisher-place"
    if kind in GATHERINGS:
        return ({"CY": event, "C1": publisher}, {"CY": event}, {"C1": publisher})
    if kind == "paper-conference":
        return ({"CY": event, "C1": publisher}, {"CY": publisher}, {"C1": publisher})
    return ({"CY": publisher},)
