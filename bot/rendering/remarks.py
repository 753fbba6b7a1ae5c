"""What a rendering has to say besides its content: notes, problems and the form it took."""

from collections.abc import Sequence

from bot.domain.errors import Problem

_FORMS = ("whole", "split", "excerpt")


class Remarks:
    """Collects Chinese sentences, each once, in the order they came up."""

    def __init__(self) -> None:
        self._notes: dict[str, None] = {}
        self._problems: dict[Problem, None] = {}
        self.form = _FORMS[0]

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(self._notes)

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(self._problems)

    def note(self, *sentences: str) -> None:
        """Something was done that staff should see."""
        self._notes.update(dict.fromkeys(sentences))

    def problem(self, about: str, sentence: str) -> None:
        """Something only a person can solve; `about` names the part: title, link, text, …"""
        self._problems[Problem(about, sentence)] = None

    def became(self, form: str, *, because: str, also: Sequence[str] = ()) -> None:
        """The content took `form`; the furthest from `whole` stays."""
        self.form = max(self.form, form, key=_FORMS.index)
        self.note(because, *also)
