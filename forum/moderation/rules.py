"""The house rules: what a report and a decision refer to."""

from django.utils.translation import gettext_lazy as _

RULES = {
    "person": (
        _("Argue with claims, not with people"),
        _("No insults, no guesses at motives, no talk about who somebody is."),
    ),
    "hatred": (
        _("No hatred and no threats"),
        _("Nothing that denies people their dignity or wishes them harm."),
    ),
    "private": (
        _("Leave private matters private"),
        _("No addresses, numbers or other facts about people that they did not publish."),
    ),
    "off-claim": (
        _("Answer the claim above"),
        _("An argument speaks for or against the claim it stands under, or it belongs elsewhere."),
    ),
    "stance": (
        _("Take the side you argue for"),
        _("What supports a claim stands under for, what speaks against it under against."),
    ),
    "duplicate": (
        _("Say it once"),
        _("A point already made here is supported where it stands, not repeated."),
    ),
    "source": (
        _("Cite what is there"),
        _("A source exists, and its record says which one it is."),
    ),
    "misquoted": (
        _("Quote word for word"),
        _("What stands between quotation marks stands so in the source."),
    ),
    "not-said": (
        _("Cite a source for what it says"),
        _("Whoever opens the source at that place finds what it is cited for."),
    ),
    "spam": (
        _("No advertising"),
        _("Nothing that is here to sell, to collect clicks or to repeat itself across debates."),
    ),
    "unlawful": (_("Nothing unlawful"), _("Nothing that the law forbids to publish.")),
}
"""Key: the rule, and the sentence that explains it."""

APPLIES = {
    "argument": tuple(RULES),
    "citation": ("misquoted", "not-said", "source", "spam", "unlawful"),
    "source": ("source", "duplicate", "private", "spam", "unlawful"),
    "member": ("person", "hatred", "private", "spam", "unlawful"),
    "topic": ("person", "hatred", "private", "duplicate", "spam", "unlawful"),
}
"""Kind of thing: the rules that it can break."""


def rule_choices(kind: str = "argument") -> list[tuple[str, object]]:
    """Return the rules that a kind of thing can break as choices; a function, so that a new rule needs no migration."""
    return [(key, RULES[key][0]) for key in APPLIES[kind]]
