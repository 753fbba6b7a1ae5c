"""Questions that many ask, and demands, in the words of staff."""

from collections.abc import Mapping

from bot.console.words.states import Tone, Word
from bot.domain.questions.demand import DEMAND_STATE_NAMES, DemandState
from bot.domain.questions.group import GROUP_STATE_NAMES, GroupState, Standing

_G, _D, _T = GroupState, DemandState, Tone
_TONES: Mapping[str, Tone] = {
    _G.OPEN: _T.ATTENTION,
    _G.IN_REVIEW: _T.ATTENTION,
    _G.ANSWERING: _T.MOVING,
    _G.ANSWERED: _T.DONE,
    _D.PENDING: _T.ATTENTION,
    _D.TRANSFERRED: _T.MOVING,
    _D.PUBLISHED: _T.DONE,
    _D.DECLINED: _T.QUIET,
}
GROUP_WORDS = {state.value: Word(name, _TONES[state]) for state, name in GROUP_STATE_NAMES.items()}
DEMAND_WORDS = {
    state.value: Word(name, _TONES[state]) for state, name in DEMAND_STATE_NAMES.items()
}
STANDING_WORDS = {
    Standing.PROPOSED.value: Word("建议，待核对", _T.ATTENTION),
    Standing.CONFIRMED.value: Word("已确认", _T.DONE),
    Standing.TAKEN_OUT.value: Word("已移出", _T.QUIET),
}
