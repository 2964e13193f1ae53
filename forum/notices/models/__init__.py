"""What members are told, how they want to hear of it, and what was mailed."""

from forum.notices.models.letter import Letter
from forum.notices.models.mention import Mention
from forum.notices.models.notice import Notice
from forum.notices.models.pause import Pause
from forum.notices.models.preference import Channel, Group, Preference

__all__ = ["Channel", "Group", "Letter", "Mention", "Notice", "Pause", "Preference"]
