"""What the debates announce; `forum` listens and tells people. Sent inside the transaction that made the change."""

from django.dispatch import Signal

argument_posted = Signal()
"""Sent with `argument`: somebody answered something, opened a thesis or left a note, and it can be read."""

argument_edited = Signal()
"""Sent with `argument`: a version was laid on it that differs from the one before, whether it can be read or not."""

citation_checked = Signal()
"""Sent with `citation`, `member`, `verdict` (CitationCheck.Verdict), `note`."""

source_arrived = Signal()
"""Sent with `argument` and `members`, those who had waited for a source of it."""

argument_moderated = Signal()
"""Sent with `argument`, `act` (LogEntry.Act), `actor`, `rule`, `reason`."""

source_moderated = Signal()
"""Sent with `source`, `act` (LogEntry.Act), `actor`, `rule`, `reason`; of a merge with the source that is gone."""

replies_overtaken = Signal()
"""Sent with `argument`, whose text changed, and `replies`: those that were written against the earlier text."""

argument_conceded = Signal()
"""Sent with `concession`."""

mind_changed = Signal()
"""Sent with `delta`: a reader says that an argument changed their mind."""

edit_suggested = Signal()
"""Sent with `suggestion`, a new one."""

suggestion_decided = Signal()
"""Sent with `suggestion`, as it was decided (Suggestion.outcome), and `actor`."""

arguments_rearranged = Signal()
"""Sent with `rearrangement`, `undone` (bool), `actor`, and `raters`, the members whose ratings went along (ids)."""

tags_merged = Signal()
"""Sent with `gone` and `kept`, two topics, before the one is deleted: what was said of it is said of the other from now on."""
