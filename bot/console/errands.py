"""What waits for a person, in whatever room of the console."""

from dataclasses import dataclass
from datetime import datetime

from bot.console.words.states import Word


@dataclass(frozen=True)
class Errand:
    """One thing to do: where, why, by when. `place` says the account or office."""

    title: str
    address: str
    word: Word
    place: str
    reason: str
    deadline: datetime | None
