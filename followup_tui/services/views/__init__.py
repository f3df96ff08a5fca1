"""What services hand out: frozen views. Their field names are the JSON contract of the command line (interface §2).

A file of them is imported when one of its views is first used: the day's plan needs two of the six.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from followup_tui.services.views.cadences import (
        AwayKept,
        AwayMove,
        AwayView,
        CadenceView,
        EnrolView,
        MigrationRow,
        StandingView,
    )
    from followup_tui.services.views.day import (
        BlockView,
        ChoiceView,
        DecisionView,
        LeftOver,
        LeftOverView,
        SlotView,
        TodayView,
        TotalsView,
        UpcomingView,
    )
    from followup_tui.services.views.files import (
        CheckView,
        CoachView,
        FileReportView,
        ImportView,
        ReasonView,
        RejectedView,
    )
    from followup_tui.services.views.logging import (
        CorrectionView,
        HistoryView,
        LogDraft,
        LogView,
        OutcomeView,
        PauseView,
        PreviewView,
    )
    from followup_tui.services.views.people import (
        AheadView,
        BulkView,
        DetailView,
        ListingView,
        NextTouchView,
        PromisesView,
        ProspectDraft,
        ProspectRow,
        ProspectView,
        ReferredView,
        TimelineView,
        TouchView,
        WhoView,
    )
    from followup_tui.services.views.saying import (
        DialView,
        FindingView,
        MessageView,
        NumberView,
        PromptView,
        TemplateDraft,
        TemplateView,
        ValueChoiceView,
        ValueDraft,
        ValueItemView,
    )

_HOMES = {
    "cadences": "AwayKept AwayMove AwayView CadenceView EnrolView MigrationRow StandingView",
    "day": "BlockView ChoiceView DecisionView LeftOver LeftOverView SlotView TodayView TotalsView UpcomingView",
    "files": "CheckView CoachView FileReportView ImportView ReasonView RejectedView",
    "logging": "CorrectionView HistoryView LogDraft LogView OutcomeView PauseView PreviewView",
    "people": "AheadView BulkView DetailView ListingView NextTouchView PromisesView ProspectDraft ProspectRow "
    "ProspectView ReferredView TimelineView TouchView WhoView",
    "saying": "DialView FindingView MessageView NumberView PromptView TemplateDraft TemplateView "
    "ValueChoiceView ValueDraft ValueItemView",
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = [
    "AheadView",
    "AwayKept",
    "AwayMove",
    "AwayView",
    "BlockView",
    "BulkView",
    "CadenceView",
    "CheckView",
    "ChoiceView",
    "CoachView",
    "CorrectionView",
    "DecisionView",
    "DetailView",
    "DialView",
    "EnrolView",
    "FileReportView",
    "FindingView",
    "HistoryView",
    "ImportView",
    "LeftOver",
    "LeftOverView",
    "ListingView",
    "LogDraft",
    "LogView",
    "MessageView",
    "MigrationRow",
    "NextTouchView",
    "NumberView",
    "OutcomeView",
    "PauseView",
    "PreviewView",
    "PromisesView",
    "PromptView",
    "ProspectDraft",
    "ProspectRow",
    "ProspectView",
    "ReasonView",
    "ReferredView",
    "RejectedView",
    "SlotView",
    "StandingView",
    "TemplateDraft",
    "TemplateView",
    "TimelineView",
    "TodayView",
    "TotalsView",
    "TouchView",
    "UpcomingView",
    "ValueChoiceView",
    "ValueDraft",
    "ValueItemView",
    "WhoView",
]


if not TYPE_CHECKING:

    def __getattr__(name):
        """Import the file of a view."""
        if name not in _HOME_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = globals()[name] = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
        return found
