"""What the debates announce; `forum` listens and tells people. Sent inside the transaction that made the change."""

from django.dispatch import Signal

argument_posted = Signal()
"""Sent with `argument`: somebody answered something, opened a thesis or left a note, and it can be read."""

citation_checked = Signal()
"""Sent with `citation`, `member`, `verdict` (CitationCheck.Verdict), `note`."""

source_arrived = Signal()
"""Sent with `argument` and `members`, those who had waited for a source of it."""

argument_moderated = Signal()
"""Sent with `argument`, `act` (LogEntry.Act), `actor`, `rule`, `reason`."""

source_moderated = Signal()
"""Sent with `source`, `act` (LogEntry.Act), `actor`, `rule`, `reason`; of a merge with the source that is gone."""
