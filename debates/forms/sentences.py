"""The sentences of the core in the reader's language."""

from django.utils.translation import gettext

from debates.sentence import SentenceError


def sentence(error: SentenceError) -> str:
    """Return what an error says, translated."""
    said = gettext(error.template)
    return said % error.values if error.values else said
