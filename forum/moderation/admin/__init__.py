"""The staff room: Django's admin, where every act shows what it will change, wants a reason, and is logged."""

from forum.moderation.admin import (
    appeals,
    arguments,
    debates,
    log,
    members,
    reports,
    sources,
    suggestions,
    tags,
)

__all__ = ["appeals", "arguments", "debates", "log", "members", "reports", "sources", "suggestions", "tags"]
