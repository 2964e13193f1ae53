"""Make notices an application."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Name the package and listen to the debates."""

    name = "forum.notices"

    def ready(self) -> None:
        """Listen."""
        from debates.signals import (
            argument_moderated,
            argument_posted,
            citation_checked,
            source_arrived,
            source_moderated,
        )
        from forum.moderation.signals import report_decided
        from forum.notices.listen import (
            tell_adder,
            tell_answered,
            tell_cited,
            tell_moderated,
            tell_reporter,
            tell_waiting,
        )

        argument_posted.connect(tell_answered, dispatch_uid="tell_answered")
        citation_checked.connect(tell_cited, dispatch_uid="tell_cited")
        source_arrived.connect(tell_waiting, dispatch_uid="tell_waiting")
        argument_moderated.connect(tell_moderated, dispatch_uid="tell_moderated")
        source_moderated.connect(tell_adder, dispatch_uid="tell_adder")
        report_decided.connect(tell_reporter, dispatch_uid="tell_reporter")
