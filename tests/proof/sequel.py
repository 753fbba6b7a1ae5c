"""What the parts of a case beside publishing must offer: those before it, and those after."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol


class Sequel(Protocol):
    """What is cut after a day without trouble: made on that day, in quiet."""

    def run(self) -> None:
        """Until it rests by itself; here faults strike."""
        ...

    def wrongs_at_rest(self) -> Iterable[str]:
        """What may not be so although nobody has helped."""
        ...

    def go_on(self) -> None:
        """Everything works again; who was turned away asks again."""
        ...

    def decide(self) -> None:
        """People look at the platform and say what became of what is unsure."""
        ...

    def wrongs_in_the_end(self) -> Iterable[str]:
        """What may not be so when all is said."""
        ...


class Shift(Protocol):
    """Work of the office beside publishing, with jobs of its own."""

    def tick(self) -> None:
        """Look for what is due, and ring for it."""
        ...

    def work_off(self) -> int:
        """Do the jobs that have arrived; returns how many."""
        ...

    def work_again(self) -> None:
        """A second worker does what the first may be doing."""
        ...

    @property
    def next_at(self) -> datetime | None:
        """When something happens next by itself, by our clock; None if nothing will."""
        ...


class Morning(Shift, Protocol):
    """What makes the posts of a day: it is cut too."""

    def correct(self) -> None:
        """The office corrects the release."""
        ...
