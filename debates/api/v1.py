"""Version 1 of the API: what is mounted at /api/v1/. What is added here may be relied on; what would break it is version 2."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_noop
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from debates.api import arguments, debates, sources, tags
from debates.api.answers import answer_problems, known_parameters_only
from debates.api.description import complete

ABOUT = gettext_noop(
    "What stands in the lists of this site, for programs: debates, arguments, sources and tags. It can be read by anyone, "
    "without an account, and is the same for everyone."
)


class ReadApi(NinjaAPI):
    """An API whose description says all that its answers bear."""

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> OpenAPISchema:
        """Return the description, made once. Any: none of our addresses has a word before its mount."""
        return self._described

    @cached_property
    def _described(self) -> OpenAPISchema:
        described = super().get_openapi_schema(path_prefix=reverse("api:api-root"))
        complete(described)
        return described


api = ReadApi(
    title=f"{settings.SITE_NAME} API",
    version="1.0.0",
    description=ABOUT,
    urls_namespace="api",
    docs_url=None,
    openapi_url="openapi.json",
)
answer_problems(api)
api.add_decorator(known_parameters_only, mode="view")
for part in (debates, arguments, sources, tags):
    api.add_router("", part.router)
