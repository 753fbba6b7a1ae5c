"""/design: every component in every state, for whoever works on the look; development only."""

from starlette.responses import Response

from bot.console.answering import page
from bot.console.refusals import Fault
from bot.console.visit import Visit
from bot.console.words.states import SHAPES, STATE_WORDS

SAMPLE_FAULTS = (
    Fault("请写明退回的原因", "reason"),
    Fault("发布时间已经过去，请选择以后的时间", "at"),
)


def show_design(visit: Visit) -> Response:
    """The components, with invented content."""
    return page(
        visit,
        "design.html.j2",
        groups={kind.__name__: list(words.values()) for kind, words in STATE_WORDS.items()},
        shapes=SHAPES,
        sample_faults=SAMPLE_FAULTS,
    )
