"""What moderation keeps."""

from forum.moderation.models.appeal import Appeal
from forum.moderation.models.report import Report

__all__ = ["Appeal", "Report"]
