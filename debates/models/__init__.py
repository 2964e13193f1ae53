"""Keep what a debate is made of."""

from debates.models.anchor import Anchor
from debates.models.argument import Argument, Link
from debates.models.check import CitationCheck
from debates.models.debate import Debate, DebateAddress, RelatedDebate
from debates.models.document import Document, DocumentPassage, Origin
from debates.models.form_key import FormKey
from debates.models.link_check import LinkCheck, LinkState
from debates.models.log import LogEntry, LogSeal
from debates.models.mask import Mask
from debates.models.quote import Quote
from debates.models.rating import Concession, Delta, LinkRating, Opinion, Rating
from debates.models.rearrangement import Rearrangement, Wording
from debates.models.request import SourceRequest
from debates.models.revision import Revision
from debates.models.search import SearchEntry, SearchWord
from debates.models.source import Citation, Source
from debates.models.source_key import SourceKey
from debates.models.source_merge import SourceMerge, SourceRelation
from debates.models.source_revision import SourceRevision
from debates.models.standing import Standing, StandingChange
from debates.models.state import State
from debates.models.suggestion import Suggestion
from debates.models.tag import ArgumentTag, DebateTag, Tag, TagSynonym
from debates.models.voice import Appearance, Voice

__all__ = [
    "Anchor",
    "Appearance",
    "Argument",
    "ArgumentTag",
    "Citation",
    "CitationCheck",
    "Concession",
    "Debate",
    "DebateAddress",
    "DebateTag",
    "Delta",
    "Document",
    "DocumentPassage",
    "FormKey",
    "Link",
    "LinkCheck",
    "LinkRating",
    "LinkState",
    "LogEntry",
    "LogSeal",
    "Mask",
    "Opinion",
    "Origin",
    "Quote",
    "Rating",
    "Rearrangement",
    "RelatedDebate",
    "Revision",
    "SearchEntry",
    "SearchWord",
    "Source",
    "SourceKey",
    "SourceMerge",
    "SourceRelation",
    "SourceRequest",
    "SourceRevision",
    "Standing",
    "StandingChange",
    "State",
    "Suggestion",
    "Tag",
    "TagSynonym",
    "Voice",
    "Wording",
]
