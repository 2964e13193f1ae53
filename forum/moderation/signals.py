"""What moderation announces; notices listen. Sent inside the transaction that made the change."""

from django.dispatch import Signal

report_decided = Signal()
"""Sent with `report`, which has its outcome and the moderator's answer."""

appeal_decided = Signal()
"""Sent with `appeal`, which has its outcome and the second moderator's answer, and `first`, the number of the first one."""
