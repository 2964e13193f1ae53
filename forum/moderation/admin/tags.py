"""Tags in the staff room: topics are renamed, merged and given synonyms, with a reason that the log shows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from debates.actions.moderating.free_synonym import free_synonym
from debates.actions.moderating.merge_tags import merge_tags
from debates.actions.moderating.name_synonym import name_synonym
from debates.actions.moderating.rename_tag import rename_tag
from debates.models import Argument, Debate, Tag
from debates.models.tag import tag_named, tags_named, topic_key, topic_names
from debates.models.visibility import Viewer, is_moderator
from forum.moderation.admin.staffroom import StaffRoomAdmin


class TagForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes no parameter when it runs
    """What a topic is called, the words that mean the same, and why."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("The old name leads to the new one, and so does its address."),
        max_length=60,
    )
    synonyms = forms.CharField(
        label=_("Also"),
        help_text=_(
            "Words that mean the same, with commas between them. Whoever writes one of them gets this topic."
        ),
        widget=forms.Textarea(attrs={"rows": 2, "cols": 80}),
        max_length=2000,
        required=False,
        show_hidden_initial=True,
    )
    merge = forms.BooleanField(
        label=_("Merge what is a topic already"),
        help_text=_(
            "If the name, or a word under “Also”, is another topic: make one of the two. What carried either carries "
            "the one that stays. Taking the word away again does not part them."
        ),
        required=False,
    )
    reason = forms.CharField(
        label=_("Reason"), help_text=_("The public log shows it."), max_length=1000, strip=True
    )

    class Meta:
        model = Tag
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Fill in what the topic is called. Any: Django's own signature."""
        tag = kwargs.get("instance")
        known = {}
        if tag is not None and tag.pk:
            known = {"name": tag.name, "synonyms": ", ".join(one.name for one in tag.synonyms.all())}
        kwargs["initial"] = {**(kwargs.get("initial") or {}), **known}
        super().__init__(*args, **kwargs)

    def clean_name(self) -> str:
        """Return a name that an address can hold."""
        names = topic_names([self.cleaned_data["name"]])
        if not names:
            raise forms.ValidationError(_t("Write a word or two, with a letter or a digit in it."))
        return names[0]

    def clean_synonyms(self) -> list[str]:
        """Return the words, each once."""
        return topic_names(self.cleaned_data["synonyms"].split(","))

    def validate_unique(self) -> None:
        """Leave it to `clean`: a name that is another topic’s asks for a merge."""

    @property
    def taken_away(self) -> list[str]:
        """Return the words that stood in the form as it was opened and do not any more."""
        opened = str(self.data.get(self.add_initial_prefix("synonyms"), ""))
        kept = {topic_key(word) for word in self.cleaned_data["synonyms"]}
        return [word for word in topic_names(opened.split(",")) if topic_key(word) not in kept]

    def clean(self) -> dict[str, Any]:
        """Ask before two topics become one, and leave the words of rebuttals alone. Any: cleaned values."""
        data = super().clean() or {}
        asked = {"name": [data.get("name", "")], "synonyms": data.get("synonyms", [])}
        for field, words in asked.items():
            for word, tag in tags_named(words).items():
                if tag.kind != Tag.Kind.TOPIC:
                    self.add_error(
                        field, _t("“%(word)s” is a word of rebuttals and no topic.") % {"word": word}
                    )
                elif tag.pk != self.instance.pk and not data.get("merge"):
                    self.add_error(
                        field,
                        _t("“%(word)s” leads to the topic “%(name)s” already. Tick “Merge” to make them one.")
                        % {"word": word, "name": tag.name},
                    )
        return data


@admin.register(Tag)
class TagAdmin(StaffRoomAdmin):
    """Tags; topics are renamed, merged and given synonyms."""

    form = TagForm
    list_display = ("name", "kind", "also", "argument_count", "debate_count")
    list_filter = ("kind",)
    search_fields = ("name", "synonyms__name")
    fields = ("name", "synonyms", "merge", "reason")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        """Count what carries each tag; leave out a topic that only texts carry which a moderator may not read."""
        arguments = Argument.objects.filter(argument_tags__tag=OuterRef("pk"))
        debates = Debate.objects.filter(debate_tags__tag=OuterRef("pk"))
        rows: QuerySet[Tag] = (
            Tag.objects.filter(
                Q(kind=Tag.Kind.REBUTTAL)
                | Exists(arguments.visible_to(request.user))
                | Exists(debates.visible_to(request.user))
                | ~(Exists(arguments) | Exists(debates))
            )
            .annotate(
                in_arguments=Count("argument_tags", distinct=True),
                in_debates=Count("debate_tags", distinct=True),
            )
            .prefetch_related("synonyms")
        )
        return rows

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Let moderators rename and merge topics; the vocabulary of rebuttals belongs to the code."""
        return is_moderator(request.user) and (not isinstance(obj, Tag) or obj.kind == Tag.Kind.TOPIC)

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """Return what can be changed; of a word of rebuttals what there is to see. Any: Django's own type."""
        return (
            super().get_fields(request, obj) if self.has_change_permission(request, obj) else ("name", "kind")
        )

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Return the form; what is only shown needs none. Any: Django's own types."""
        if not self.has_change_permission(request, obj):
            kwargs["form"] = forms.ModelForm
        return super().get_form(request, obj, change, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Do what the form says through the verbs, which log. Any: a tag, the form above.

        What was merged into another topic is that one from here on, so that the page of what stays is shown.
        """
        data, reason = form.cleaned_data, form.cleaned_data["reason"]
        tag = Tag.objects.get(pk=obj.pk)
        for word in form.taken_away:
            free_synonym(request.user, tag, word, reason)
        for word in data["synonyms"]:
            _let_mean(request.user, word, tag, reason)
        kept = _call(request.user, tag, data["name"], reason)
        obj.pk, obj.name, obj.slug = kept.pk, kept.name, kept.slug

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Show what stays of two topics: the page that was asked for is gone. Any: a tag."""
        response = super().response_change(request, obj)
        match = request.resolver_match
        if match is not None and match.kwargs.get("object_id") == str(obj.pk):
            return response
        return redirect("admin:debates_tag_change", obj.pk)

    @admin.display(description=_("also"))
    def also(self, tag: Tag) -> str:
        """Return the synonyms in one line."""
        return ", ".join(one.name for one in tag.synonyms.all())

    @admin.display(description=_("arguments"), ordering="in_arguments")
    def argument_count(self, tag: Any) -> int:
        """Return how many arguments carry it. Any: a tag with the count attached."""
        return int(tag.in_arguments)

    @admin.display(description=_("debates"), ordering="in_debates")
    def debate_count(self, tag: Any) -> int:
        """Return how many debates carry it. Any: a tag with the count attached."""
        return int(tag.in_debates)


def _let_mean(moderator: Viewer, word: str, tag: Tag, reason: str) -> None:
    """Make a word mean a topic; if it is one itself, that one is merged into it."""
    other = tag_named(word)
    if other is None:
        name_synonym(moderator, tag, word, reason)
    elif other.pk != tag.pk:
        merge_tags(moderator, other, tag, reason)


def _call(moderator: Viewer, tag: Tag, name: str, reason: str) -> Tag:
    """Give a topic a name, or merge it into the one that has it; return the one that stays."""
    other = tag_named(name)
    if other is None or other.pk == tag.pk:
        rename_tag(moderator, tag, name, reason)
        tag.refresh_from_db()
        return tag
    merge_tags(moderator, tag, other, reason)
    return other
