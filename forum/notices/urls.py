"""The addresses of notices."""

from django.urls import path

from forum.notices import views

urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/seen/", views.seen, name="notices_seen"),
]
