"""Read the numbers that buttons and hidden fields send."""

from django.utils.translation import gettext as _

from debates.permissions import Refused


def read_number(field: str, written: str) -> int | None:
    """Return a number of a button or a hidden field, None for an empty one; refuse what no page of ours sends."""
    if not written:
        return None
    if not (written.isascii() and written.isdecimal() and len(written) <= 18):
        raise Refused(_("That is none of the answers; choose one of those that are shown."), field, 400)
    return int(written)
