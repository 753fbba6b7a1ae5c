"""What became of a reply, in the words of staff."""

from collections.abc import Mapping

from bot.console.words.cases import CASE_WORDS
from bot.console.words.states import Tone, Word
from bot.domain.replies.handling import Became
from bot.ports.overview import ReplyRow

_TONES: Mapping[Became, Tone] = {
    Became.ANSWERED_BY_RULE: Tone.DONE,
    Became.ANSWERED_BY_STAFF: Tone.DONE,
    Became.SET_ASIDE: Tone.QUIET,
    Became.WAITS: Tone.ATTENTION,
    Became.NOTHING: Tone.QUIET,
}


def became_word(row: ReplyRow) -> Word:
    """What a list shows beside the reply; without text where nothing had to become of it."""
    tone = CASE_WORDS[row.case_state].tone if row.case_state else _TONES[row.became]
    return Word(row.became_told, tone)
