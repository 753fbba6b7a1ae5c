"""The console at work: its tools, its templates, and what this process remembers."""

from dataclasses import dataclass

from bot.console.drawing import Drawing
from bot.console.tally import Tallies
from bot.console.throttle import Throttle
from bot.console.tools import ConsoleTools


@dataclass(frozen=True)
class Console:
    """The console at work."""

    tools: ConsoleTools
    drawing: Drawing
    throttle: Throttle
    tallies: Tallies

    @property
    def cookie(self) -> str:
        """The session's cookie; over https a name that only this very host can set."""
        return "__Host-tongbu" if self.tools.is_https else "tongbu"
