"""The addresses of what is read and followed."""

from django.urls import path

from forum.following.views import following, reading

urlpatterns = [
    path("following/", following.following, name="following"),
    path("follow/", following.follow, name="follow"),
    path("debates/<str:slug>/read/", reading.read_debate, name="read_debate"),
    path("debates/<str:slug>/next-new/", reading.next_new, name="next_new"),
    path("arguments/<str:argument_id>/read/", reading.read_argument, name="read_argument"),
]
