"""Terms of publication and interpretation as staff say them."""

from bot.console.words.states import Tone, Word
from bot.domain.releases.duties import Duty

_NEAR = 1
"""Working days left at which a term asks for attention."""


def interpretation_word(duty: Duty, number: int) -> Word:
    """“2 份”, “无解读，还剩 2 个工作日”, “无解读，已超 3 个工作日”."""
    if duty.done:
        return Word(f"{number} 份", Tone.DONE)
    provisional = "（暂定）" if duty.last.is_provisional else ""
    if duty.left < 0:
        return Word(f"无解读，已超 {-duty.left} 个工作日", Tone.ATTENTION)
    if duty.left == 0:
        return Word("无解读，今天到期", Tone.ATTENTION)
    tone = Tone.ATTENTION if duty.left <= _NEAR else Tone.QUIET
    return Word(f"无解读，还剩 {duty.left} 个工作日{provisional}", tone)


def publication_word(duty: Duty) -> Word | None:
    """Nothing of a document that was published in time."""
    if duty.done and duty.in_time:
        return None
    if duty.done:
        return Word("超过 20 个工作日", Tone.ATTENTION)
    if duty.left < 0:
        return Word(f"未上网，已超 {-duty.left} 个工作日", Tone.DANGER)
    tone = Tone.ATTENTION if duty.left <= _NEAR else Tone.QUIET
    return Word(f"未上网，还剩 {duty.left} 个工作日", tone)
