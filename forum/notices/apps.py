"""Make notices an application."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Name the package and listen to the debates."""

    name = "forum.notices"

    def ready(self) -> None:
        """Listen, and draw mentions where the debates write texts for elsewhere."""
        from debates import signals
        from debates.views.machines.feed_entries import DRAWERS
        from forum.moderation.signals import appeal_decided, report_decided
        from forum.notices import listen, listen_curation, listen_posted
        from forum.notices.waiting import draw_mentions

        if draw_mentions not in DRAWERS:
            DRAWERS.append(draw_mentions)
        for signal, listener in (
            (signals.argument_posted, listen_posted.tell_answered),
            (signals.argument_edited, listen_posted.tell_named),
            (signals.arguments_rearranged, listen_posted.link_split),
            (signals.citation_checked, listen.tell_cited),
            (signals.source_arrived, listen.tell_waiting),
            (signals.argument_moderated, listen.tell_moderated),
            (signals.source_moderated, listen.tell_adder),
            (signals.argument_conceded, listen.tell_conceded),
            (signals.mind_changed, listen.tell_mind_changed),
            (signals.replies_overtaken, listen_curation.tell_overtaken),
            (signals.edit_suggested, listen_curation.tell_suggested),
            (signals.suggestion_decided, listen_curation.tell_decided),
            (signals.arguments_rearranged, listen_curation.tell_rearranged),
            (report_decided, listen.tell_reporter),
            (appeal_decided, listen.tell_appealed),
        ):
            signal.connect(listener, dispatch_uid=listener.__name__)
