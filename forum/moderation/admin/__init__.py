"""The staff room: Django's admin, where every act shows what it will change, wants a reason, and is logged."""

from forum.moderation.admin import content, log, members, reports

__all__ = ["content", "log", "members", "reports"]
