"""States of the house's own pages: accounts, notices, rules, the moderators' room, and what goes wrong."""

from django.urls import reverse

from tests.pages.reading import once
from tests.pages.states import state
from tests.pages.writing import WHOLE, each

# --- Accounts

state("login", once("account_login"))
state("login, with mistakes", once("account_login"), data={"login": "ada", "password": "wrong"})
state("signup", once("account_signup"))
state(
    "signup, with mistakes",
    once("account_signup"),
    data={"username": "a", "email": "x", "password1": "short"},
)
state("logout", once("account_logout"), "dan")
state("reset password", once("account_reset_password"))
state("reset password, sent", once("account_reset_password_done"))
state("reset password, with a key that is none", once("account_reset_password_from_key", "", "1", "nothing"))
state("reset password, done", once("account_reset_password_from_key_done"))
state("change password", once("account_change_password"), "dan")
state("change password, with mistakes", once("account_change_password"), "dan", data={"oldpassword": "x"})
state("reauthenticate", once("account_reauthenticate"), "dan")
state("e-mail addresses", once("account_email"), "dan")
state("e-mail addresses, with mistakes", once("account_email"), "dan", data={"action_add": "", "email": "x"})
state("e-mail sent", once("account_email_verification_sent"))
state("e-mail confirmed with a key that is none", once("account_confirm_email", "", "nothing"))
state("inactive", once("account_inactive"))
state("two-factor sign-in", once("mfa_index"), "dan")
state("member", once("member", "", "ada"))
state("member, to herself", once("member", "", "ada"), "ada")
state("member, to herself, withdrawn", once("member", "?state=withdrawn", "ada"), "ada")
state("member, to herself, nothing in that state", once("member", "?state=removed", "newcomer"), "newcomer")
state("member, who has written nothing", once("member", "", "newcomer"), "newcomer")
state("member, unknown", once("member", "", "nobody"), status=404)
state("a form before signing in", each("reply", "reason"), data=WHOLE, follow=True)

# --- The house

state("notices", once("notices"), "ada")
state("notices, none", once("notices"), "newcomer")
state("rules", once("rules"))
state("log", once("log"))
state("log, of one kind", once("log", "?act=hide"))
state("log, nothing fits", once("log", "?act=merge-topics&before=1"))
state("transparency", once("transparency"))
state("reports", once("reports"), "dan")
state("appeal", each("appeal", "hidden"), "ben")
state("appeal, with mistakes", each("appeal", "hidden"), "ben", data={"words": ""}, status=422)
state("reports, none", once("reports"), "newcomer")
state("report a member", once("report_member", "", "ben"), "dan")
state(
    "report a topic, with mistakes",
    once("report_tag", "", "memory"),
    "dan",
    data={"words": "Look at it."},
    status=422,
)
state(
    "report a citation",
    lambda w: reverse("report_citation", args=[w.rebuttal.citations.all()[0].pk]),
    "dan",
)
state(
    "report a source",
    lambda w: reverse("report_source", args=[w.rebuttal.citations.all()[0].source.public_id]),
    "dan",
)
state("not found", lambda _w: "/nothing/of/the/kind/", status=404)

# --- The moderators' room

for model in (
    "debates_argument",
    "debates_debate",
    "debates_source",
    "debates_citation",
    "moderation_report",
):
    state(f"admin, list of {model}", once(f"admin:{model}_changelist"), "cleo")
state("admin", once("admin:index"), "cleo")
state("admin, an argument", lambda w: reverse("admin:debates_argument_change", args=[w.rebuttal.pk]), "cleo")
state("admin, a debate", lambda w: reverse("admin:debates_debate_change", args=[w.debate.pk]), "cleo")
state("admin, a source", lambda w: reverse("admin:debates_source_change", args=[w.book.pk]), "cleo")
state("admin, a report", lambda w: reverse("admin:moderation_report_change", args=[w.report.pk]), "cleo")
state(
    "admin, a suggestion",
    lambda w: reverse("admin:debates_suggestion_change", args=[w.suggestion.pk]),
    "cleo",
)

# --- Comfort

state("keys", once("keys"))
state("keys, as a sheet", once("keys"), piece=True)
state("accessibility", once("accessibility"))
