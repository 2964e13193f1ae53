"""What moderation keeps."""

from forum.moderation.models.report import Report

__all__ = ["Report"]
