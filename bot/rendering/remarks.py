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

    def made_by_machine(self, title: str) -> None:
        """What `title` names holds material made with artificial intelligence, and says so."""
        self.note(
            f"“{title}”含人工智能生成的内容，文中已注明；"
            "平台自带的“创作来源”标识不能通过接口填写，请在平台后台勾选后再发布"
        )

    def problem(self, about: str, sentence: str) -> None:
        """Something only a person can solve; `about` names the part: title, link, text, …"""
        self._problems[Problem(about, sentence)] = None

    def became(self, form: str, *, because: str, also: Sequence[str] = ()) -> None:
        """The content took `form`; the furthest from `whole` stays."""
        self.form = max(self.form, form, key=_FORMS.index)
        self.note(because, *also)
