"""Let all that one member does with what they keep wait in one line."""

from debates.models.visibility import Viewer
from forum.accounts.models import User


def wait_in_line(member: Viewer) -> None:
    """Lock a member until the transaction ends: no two of their requests make, order and take a row at once."""
    User.objects.select_for_update(no_key=True).get(pk=member.pk)
