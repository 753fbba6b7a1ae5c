"""What the buttons of 写稿 say will happen, and the words its preview marks."""

from dataclasses import dataclass

from bot.domain.posts.draft import Draft
from bot.domain.posts.post import Post, PostState
from bot.domain.posts.review import ONE_STEP, STEP_NAMES


@dataclass(frozen=True)
class SubmitWords:
    """The words of the two buttons, and what saving costs."""

    save: str
    submit: str
    consequence: str


def submit_words(post: Post, *, is_changed: bool) -> SubmitWords:
    """As the post stands, and with something to be saved or not."""
    names = [STEP_NAMES[step] for step in post.steps or ONE_STEP]
    who = f"由另一人{names[0]}" if len(names) == 1 else f"{'、'.join(names)}，每步由不同的人审"
    submit = f"保存并提交审核（{who}）" if is_changed else f"提交审核（{who}）"
    return SubmitWords(
        f"保存为第 {post.revision + 1} 稿", submit, _CONSEQUENCES.get(post.state, _KEPT)
    )


_KEPT = "保存后是新一稿草稿，前一稿仍可恢复；通过审核之前不会发出"
_CONSEQUENCES = {
    PostState.IN_REVIEW: "稿件正在审核：保存改动会把它撤回为草稿，须重新提交审核",
    PostState.APPROVED: "稿件已通过审核：保存改动后批准失效，须由另一人重新审核",
    PostState.SCHEDULED: "稿件已通过审核并定时：保存改动后批准失效、定时取消，须由另一人重新审核",
    PostState.HELD: "稿件已暂停：保存改动后成为草稿，须由另一人重新审核",
}


def marks_of(draft: Draft) -> tuple[str, ...]:
    """The words of findings that nobody has settled."""
    return tuple(each.quote for each in draft.violations if each.quote and not each.justified)
