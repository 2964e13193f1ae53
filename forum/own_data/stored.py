"""What is stored, for the page about privacy: periods come from the constants and settings that enforce them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from debates.actions.writing.form_key import KEPT as KEYS_KEPT
from forum.drafts.actions.forget_drafts import AFTERWARDS as DRAFTS_AFTERWARDS
from forum.drafts.actions.forget_drafts import KEPT as DRAFTS_KEPT
from forum.own_data.models import GRACE
from forum.own_data.models import KEPT as EXPORTS_KEPT


@dataclass(frozen=True)
class Stored:
    """One kind of what is stored."""

    what: str
    why: str
    who: str
    """Who sees it."""
    how_long: str


@dataclass(frozen=True)
class Cookie:
    """One cookie that the site sets."""

    name: str
    why: str
    how_long: str


@dataclass(frozen=True)
class InBrowser:
    """What a script of ours keeps in the browser's own store; nothing of it is sent but to this site."""

    key: str
    """How the name of the entry begins."""
    what: str | Promise


IN_BROWSER = (
    InBrowser(
        "draft:",
        gettext_lazy(
            "What you are typing, until the server has it: so that nothing is lost when the connection breaks."
        ),
    ),
    InBrowser("keys-off", gettext_lazy("That single keys are turned off, if you turned them off.")),
)


def in_words(period: timedelta) -> str:
    """Return a period as a reader says it: days from two on, else hours, minutes or seconds."""
    if period >= timedelta(days=2):
        return ngettext("%(n)d day", "%(n)d days", period.days) % {"n": period.days}
    seconds = int(period.total_seconds())
    if seconds >= 7200:
        return ngettext("%(n)d hour", "%(n)d hours", seconds // 3600) % {"n": seconds // 3600}
    if seconds >= 120:
        return ngettext("%(n)d minute", "%(n)d minutes", seconds // 60) % {"n": seconds // 60}
    return ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}


def cookies() -> list[Cookie]:
    """Return the cookies that the site sets."""
    session = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    token = timedelta(seconds=settings.CSRF_COOKIE_AGE)
    return [
        Cookie(
            settings.SESSION_COOKIE_NAME,
            _(
                "Keeps you signed in, a form that you sent before signing in, the style of references that you chose, "
                "and what a page has to tell you once. Set when there is something to keep."
            ),
            in_words(session),
        ),
        Cookie(
            settings.CSRF_COOKIE_NAME,
            _("Protects forms from being sent by other sites in your name. Set where a page has a form."),
            in_words(token),
        ),
    ]


def stored() -> list[Stored]:
    """Return what is stored, in the order of the page."""
    return [*_of_the_account(), *_of_texts(), *_of_reading(), *_of_machines()]


ALWAYS = gettext_lazy("Until you leave.")


def _of_the_account() -> list[Stored]:
    you_and_keepers = _("You, and who administers the site.")
    return [
        Stored(_("Your name"), _("So that others know who argues."), _("Everyone."), str(ALWAYS)),
        Stored(
            _("A name that you gave up, by renaming or by leaving"),
            _("So that nobody else passes for you."),
            _("Everyone, after renaming: it leads to your page. Nobody, after leaving."),
            _(
                "For good; after you have left only as a digest with a key of the site: nobody reads the name from it, "
                "but who has the key can try whether a name was yours."
            ),
        ),
        Stored(
            _("Your e-mail addresses"),
            _("For signing in, for a forgotten password, and for the letters that you chose."),
            you_and_keepers,
            str(ALWAYS),
        ),
        Stored(
            _("Your password as a digest, passkeys and codes"),
            _("For signing in."),
            _("Nobody can read the password from it."),
            str(ALWAYS),
        ),
        Stored(
            _("Sessions: when, from which network address, with which browser"),
            _("So that you see who is signed in as you, and end it."),
            you_and_keepers,
            _("Until you sign out or end it; unused after %(period)s.")
            % {"period": in_words(timedelta(seconds=settings.SESSION_COOKIE_AGE))},
        ),
        Stored(
            _("An invitation that you made or used, with the address it was for"),
            _("So that each is used once."),
            you_and_keepers,
            _("The address until you leave, if you used it; that there was one, for good."),
        ),
        Stored(
            _("That you say to be one of the voices, and how one can tell"),
            _("So that a moderator can decide."),
            _("You and the moderators; once granted, everyone sees whose the voice is."),
            str(ALWAYS),
        ),
        Stored(
            _("That you leave"),
            _("So that you can still stay."),
            you_and_keepers,
            in_words(GRACE),
        ),
        Stored(
            _("Exports of your data"),
            _("So that you can fetch them."),
            _("You."),
            in_words(EXPORTS_KEPT),
        ),
    ]


def _of_texts() -> list[Stored]:
    moderators = _("Everyone; while it is hidden, you and the moderators.")
    for_good = _("For good, with all versions; when you leave, you choose what becomes of it.")
    return [
        Stored(
            _("Arguments, citations, sources, debates, suggestions, changes of mind, checks of citations"),
            _("They are what this site is for."),
            moderators,
            for_good,
        ),
        Stored(
            _("Your number in an anonymous debate"),
            _("So that others can tell who says what there, and not who you are."),
            _("Everyone sees the number; whose it is, you and the moderators."),
            _("For good; after you have left without your name."),
        ),
        Stored(
            _("Ratings and opinions"),
            _("How claims stand is computed from them."),
            _("Everyone as numbers; whose they are, only you."),
            _("For good; after you have left without your name."),
        ),
        Stored(
            _("Drafts"),
            _("So that nothing is lost that you type."),
            _("You alone; moderators do not see them."),
            _("%(period)s after the last key; thrown away or posted, %(after)s.")
            % {"period": in_words(DRAFTS_KEPT), "after": in_words(DRAFTS_AFTERWARDS)},
        ),
        Stored(
            _("Reports and appeals"),
            _("So that moderators can decide, and you hear of it."),
            _("You and the moderators."),
            _("For good; after you have left without your name."),
        ),
        Stored(
            _(
                "What moderators did, with their names and those of members whom they suspended, or of whom they upheld a report"
            ),
            _("So that power is accountable: nothing is ever taken out of this log."),
            _("Everyone; the names of members who have left are kept, and the page does not show them."),
            _("For good."),
        ),
    ]


def _of_reading() -> list[Stored]:
    return [
        Stored(
            _(
                "What you follow and mute, how far you have read, notices and where you want them, letters sent"
            ),
            _("So that you hear of what you asked to hear of."),
            _("You."),
            str(ALWAYS),
        ),
        Stored(
            _("Bookmarks, with your notes"),
            _("So that you find again what you want to keep."),
            _("You alone; moderators do not see them."),
            _(
                "Until you take them away, and a day more, in which you can put them back; else until you leave."
            ),
        ),
        Stored(
            _("Lists of arguments that you made"),
            _("So that you can gather arguments, and share them."),
            _("You alone; while you share a list, whoever has its address."),
            _("Until you delete them, or leave."),
        ),
        Stored(
            _("Keys of forms that you sent, each with a digest of what it sent"),
            _("So that what is sent twice is done once."),
            _("Nobody."),
            in_words(KEYS_KEPT),
        ),
    ]


def _of_machines() -> list[Stored]:
    return [
        Stored(
            _("Mail to you"),
            _("Only letters that you chose, and such as concern your account."),
            _("The mail servers on its way. A letter holds no picture or mark that tells when it is opened."),
            _(
                "Here: that it was sent, to which address, and that your mail server takes none; until you leave."
            ),
        ),
        Stored(
            _("The server’s log: address, time and page of each request, and the number of who is signed in"),
            _("To find faults and attacks."),
            _("Who runs the server."),
            _("As long as whoever runs the server keeps it; the program itself keeps none."),
        ),
        Stored(
            _("How often a network address asked the API, as a keyed digest of the address"),
            _("So that one program does not take the site from all others."),
            _("Nobody."),
            in_words(timedelta(seconds=settings.API_WINDOW)),
        ),
        Stored(
            _("How often somebody tried to sign in"),
            _("So that nobody guesses passwords."),
            _("Nobody."),
            _("Minutes, at most a day."),
        ),
    ]
