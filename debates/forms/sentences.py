"""The sentences of the core in the reader's language."""

from django.utils.translation import gettext

from debates.sentence import SentenceError


def sentence(error: SentenceError) -> str:
    """Return what an error says, translated."""
    said = gettext(error.template)
    if not error.values:
        return said
    # One sentence may hold another as its reason.
    return said % {
        name: sentence(value) if isinstance(value, SentenceError) else value
        for name, value in error.values.items()
    }
