"""The addresses of drafts."""

from django.urls import path

from forum.drafts import views

urlpatterns = [
    path("drafts/", views.drafts, name="drafts"),
    path("drafts/keep/", views.keep, name="drafts_keep"),
    path("drafts/<int:draft_id>/", views.draft, name="draft"),
    path("drafts/<int:draft_id>/throw/", views.throw, name="drafts_throw"),
    path("drafts/<int:draft_id>/restore/", views.restore, name="drafts_restore"),
]
