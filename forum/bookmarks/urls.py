"""The addresses of bookmarks and lists."""

from django.urls import path

from forum.bookmarks.views import bookmarks, lists, shared_list

urlpatterns = [
    path("bookmarks/", bookmarks.bookmarks, name="bookmarks"),
    path("bookmarks/set/", bookmarks.set_bookmark, name="set_bookmark"),
    path("arguments/<str:argument_id>/bookmark/", bookmarks.bookmark, name="bookmark"),
    path("lists/", lists.lists, name="lists"),
    path("lists/<str:list_id>/edit/", lists.edit_list, name="edit_list"),
    path("lists/<str:list_id>/arrange/", lists.arrange_list, name="arrange_list"),
    path("lists/<str:list_id>/share/", lists.share_list, name="share_list"),
    path("lists/<str:list_id>/delete/", lists.delete_list, name="delete_list"),
    path("lists/shared/<str:secret>/", shared_list.shared_list, name="shared_list"),
    path(
        "lists/shared/<str:secret>/references.<str:ending>",
        shared_list.list_references,
        name="list_references",
    ),
]
