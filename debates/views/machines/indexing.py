"""Which pages a search engine may list: one rule, asked by the page's own head and by the map of the site.

Out of the lists stay pages that are thin (nothing stands there that does not stand elsewhere, too), pages that only
sort, filter or repeat (searches, members, histories, forms, the further views of a debate), and whatever is not
published. `docs/machines.md` has the table.
"""

from django.db.models import Exists, Model, OuterRef, Q

from debates.models import Argument, ArgumentTag, Citation, Debate, DebateTag, Source, Tag
from debates.models.visibility import listed


def indexable(kind: type[Model]) -> Q:
    """Return the condition under which the page of a debate, an argument, a source or a tag may be listed."""
    return _RULES[kind]()


def is_indexable(row: Model) -> bool:
    """Say of one row at hand what `indexable` says of many; one statement."""
    return type(row)._default_manager.filter(indexable(type(row)), pk=row.pk).exists()


def _debate() -> Q:
    """A question under which at least one thesis can be read."""
    theses = Argument.objects.filter(listed(), debate=OuterRef("pk"), kind=Argument.Kind.THESIS)
    return listed() & Q(Exists(theses))


def _argument() -> Q:
    """More than the bare sentence, which stands on its debate's page: an elaboration, an answer or a source."""
    answers = Argument.objects.filter(listed(), parent=OuterRef("pk"))
    cited = Citation.objects.filter(listed("source__"), argument=OuterRef("pk"))
    return listed("", "debate") & (~Q(elaboration="") | Q(Exists(answers)) | Q(Exists(cited)))


def _source() -> Q:
    """A work that something rests on; a bare record stands in every catalogue."""
    cited = Citation.objects.filter(listed("argument__", "debate"), source=OuterRef("pk"))
    grown = Debate.objects.filter(listed(), article=OuterRef("pk"))
    return listed() & Q(merged_into=None) & (Q(Exists(cited)) | Q(Exists(grown)))


def _tag() -> Q:
    """A word that something carries."""
    arguments = ArgumentTag.objects.filter(listed("content_object__", "debate"), tag=OuterRef("pk"))
    debates = DebateTag.objects.filter(listed("content_object__"), tag=OuterRef("pk"))
    return Q(Exists(arguments)) | Q(Exists(debates))


_RULES = {Debate: _debate, Argument: _argument, Source: _source, Tag: _tag}
