"""The services of what to say and give: a part of the composition root, each imported when it is first used."""

from __future__ import annotations

from abc import abstractmethod
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from followup_tui.services.compose import ComposeService
    from followup_tui.services.context import Context
    from followup_tui.services.library import LibraryService
    from followup_tui.services.reach import ReachService
    from followup_tui.services.templates import TemplateService


class SayingServices:
    """Value items, templates, messages, calls."""

    @cached_property
    @abstractmethod
    def _context(self) -> Context:
        """What services stand on."""

    @cached_property
    def library(self) -> LibraryService:
        """Value items: what is given."""
        from followup_tui.services.library import LibraryService

        return LibraryService(self._context)

    @cached_property
    def templates(self) -> TemplateService:
        """Words with places to fill."""
        from followup_tui.services.templates import TemplateService

        return TemplateService(self._context)

    @cached_property
    def compose(self) -> ComposeService:
        """Messages before they are sent."""
        from followup_tui.services.compose import ComposeService

        return ComposeService(self._context)

    @cached_property
    def reach(self) -> ReachService:
        """Calling, and opening links."""
        from followup_tui.services.reach import ReachService

        return ReachService(self._context)
