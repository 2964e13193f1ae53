"""The addresses of members."""

from django.urls import path

from forum.accounts import views

urlpatterns = [
    path("members/<str:name>/", views.member, name="member"),
    path("members/<str:name>/references.<str:ending>", views.member_references, name="member_references"),
]
