"""An error in one sentence that a person reads: written here, translated where a page shows it."""


def gettext_noop(text: str) -> str:
    """Mark a sentence for the translators; the core itself speaks no language but its own."""
    return text


class SentenceError(ValueError):
    """Say in one sentence what is not so: a template and what is put into it, kept apart for translation."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template % values if values else template)
        self.template = template
        self.values = values
