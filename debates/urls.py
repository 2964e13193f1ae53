"""The addresses of the debates: page, view, template and test share a word."""

from django.urls import path

from debates.views import (
    argument,
    check,
    debate,
    edit,
    home,
    open_debate,
    reply,
    search,
    source,
    tag,
    text,
    wanted,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("debates/open/", open_debate.open_debate, name="open_debate"),
    path("debates/<str:slug>/", debate.debate, name="debate"),
    path("debates/<str:slug>/article/", debate.article, name="article"),
    path("arguments/<str:argument_id>/", argument.argument, name="argument"),
    path("arguments/<str:argument_id>/branch/", argument.branch, name="branch"),
    path("arguments/<str:argument_id>/history/", argument.history, name="history"),
    path("arguments/<str:argument_id>/reply/", reply.reply, name="reply"),
    path("arguments/<str:argument_id>/rebut/", reply.rebut, name="rebut"),
    path("arguments/<str:argument_id>/edit/", edit.edit, name="edit"),
    path("arguments/<str:argument_id>/withdraw/", edit.withdraw, name="withdraw"),
    path("arguments/<str:argument_id>/reinstate/", edit.reinstate, name="reinstate"),
    path("sources/", source.sources, name="sources"),
    path("sources/wanted/", wanted.wanted, name="wanted"),
    path("arguments/<str:argument_id>/ask/", wanted.ask, name="ask"),
    path("sources/<str:source_id>/", source.source, name="source"),
    path("sources/<str:source_id>/text/", text.text, name="text"),
    path("checks/", check.checks, name="checks"),
    path("citations/<int:citation_id>/check/", check.check, name="check"),
    path("tags/<str:name>/", tag.tag, name="tag"),
    path("search/", search.search, name="search"),
]
