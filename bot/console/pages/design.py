"""/design: every component in every state, for whoever works on the look; development only."""

from collections.abc import Mapping, Sequence

from starlette.responses import Response

from bot.console.answering import page
from bot.console.refusals import Fault
from bot.console.visit import Visit
from bot.console.words.cases import CASE_WORDS
from bot.console.words.states import SHAPES, STATE_WORDS, Word
from bot.domain.cases.case import CaseState

SAMPLE_FAULTS = (
    Fault("请写明退回的原因", "reason"),
    Fault("发布时间已经过去，请选择以后的时间", "at"),
)


def _groups() -> Mapping[str, Sequence[Word]]:
    named = {kind.__name__: list(words.values()) for kind, words in STATE_WORDS.items()}
    return named | {CaseState.__name__: list(CASE_WORDS.values())}


def show_design(visit: Visit) -> Response:
    """The components, with invented content."""
    return page(
        visit,
        "design.html.j2",
        groups=_groups(),
        shapes=SHAPES,
        sample_faults=SAMPLE_FAULTS,
    )
