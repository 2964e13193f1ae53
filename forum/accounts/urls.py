"""The addresses of members, their accounts and voices."""

from django.urls import path

from forum.accounts.views import account, invited, member, voice

urlpatterns = [
    path("account/", account.account, name="account"),
    path("account/invited/", invited.invited, name="invited"),
    path("account/rename/", account.rename, name="rename"),
    path("members/<str:name>/", member.member, name="member"),
    path("members/<str:name>/references.<str:ending>", member.member_references, name="member_references"),
    path("members/<str:name>/picture.svg", member.member_picture, name="member_picture"),
    path("voices/", voice.voices, name="voices"),
    path("voices/<str:slug>/", voice.voice, name="voice"),
    path("voices/<str:slug>/claim/", voice.claim_voice, name="claim_voice"),
]
