"""Draws the console's pages from `templates/console`."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from bot.console.words import cases, figures, names, places, questions, replies, states, times
from bot.console.words.help import words_on
from bot.domain.accounts.account import Mode, PlatformName
from bot.domain.accounts.authorisation import asks_for_consent, life_in_words
from bot.domain.accounts.badge import colour_of, initials_of
from bot.domain.accounts.budgets import Purpose
from bot.domain.cases.names import CaseClass
from bot.domain.durations import span
from bot.domain.notices.channel import ChannelKind
from bot.domain.permissions import Permission
from bot.domain.personal.masking import mask
from bot.domain.posts.post import PostKind
from bot.domain.publishing.route import StepRole
from bot.domain.releases.fast_lane import STAGE_NAMES
from bot.domain.releases.release import DisclosureAttribute, FiveOpens, InterpretationKind
from bot.domain.replies.reply import Channel, ReplyKind
from bot.ports.clock import Clock
from bot.ports.overview import AccountRow

_NAMED = {
    "case_class": CaseClass,
    "platform": PlatformName,
    "mode": Mode,
    "post_kind": PostKind,
    "interpretation_kind": InterpretationKind,
    "five_opens": FiveOpens,
    "disclosure": DisclosureAttribute,
    "channel": Channel,
    "notice_channel": ChannelKind,
    "reply_kind": ReplyKind,
    "step_role": StepRole,
    "purpose": Purpose,
}


class Drawing:
    """The templates with the console's words. Safe to share between threads."""

    def __init__(
        self,
        templates: Path,
        clock: Clock,
        *,
        unit_name: str,
        picture_url: Callable[[str], str],
    ) -> None:
        self.static = templates / "console" / "static"
        self._clock = clock
        self._environment = Environment(
            loader=FileSystemLoader(templates / "console"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= _filters()
        self._environment.globals |= {
            "static": self._static_address,
            "unit_name": unit_name,
            "P": Permission,
            "standing": states.standing,
            "words_on": words_on,
            "action_of": states.action_of,
            "ok_word": states.WITHIN_LIMITS,
            "justified_word": states.JUSTIFIED,
            "emergency_stages": STAGE_NAMES,
            "picture_url": picture_url,
        }

    def draw(self, template: str, context: Mapping[str, Any]) -> str:
        """One page or part; a name that is missing from the context is a programming error."""
        return self._environment.get_template(template).render(now=self._clock.now(), **context)

    def _static_address(self, name: str) -> str:
        """The address changes with the content, so that browsers may keep the file for good."""
        file = self.static / name
        return f"/static/{name}?v={_digest(file, file.stat().st_mtime_ns)}"


@lru_cache(maxsize=64)
def _digest(file: Path, _changed_at: int) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]


def _filters() -> dict[str, Any]:
    return {
        "moment": _with_now(times.moment),
        "until": _with_now(times.until),
        "ago": _with_now(times.ago),
        "overdue": _with_now(times.overdue),
        "day": times.day,
        "span": span,
        "lateness": times.lateness,
        "days_to": times.days_between,
        "beijing_date": times.beijing_date,
        "as_input": times.as_input,
        "life_told": _with_now(life_in_words),
        "asks_for_consent": _asks_for_consent,
        "silence_word": _silence_word,
        "badge_colour": colour_of,
        "initials": initials_of,
        "person": _person,
        "calls_told": names.calls_told,
        "masked": names.masked,
        "short_day": times.short_day,
        "grouped": figures.grouped,
        "signed": figures.signed,
        "percent": figures.percent,
        "file_size": figures.file_size,
        "notice_word": states.NOTICE_WORDS.__getitem__,
        "release_word": states.RELEASE_WORDS.__getitem__,
        "case_word": cases.CASE_WORDS.__getitem__,
        "became_word": replies.became_word,
        "group_word": questions.GROUP_WORDS.__getitem__,
        "standing_word": questions.STANDING_WORDS.__getitem__,
        "demand_word": questions.DEMAND_WORDS.__getitem__,
        "without_personal": mask,
        "answer_word": states.ANSWER_WORDS.__getitem__,
        "outcome_word": states.OUTCOME_WORDS.__getitem__,
        "place_word": places.place_in_words,
        "severity_word": states.SEVERITY_WORDS.__getitem__,
        "coverage_word": states.coverage_word,
        **{f"{name}_name": partial(names.name_of, kind) for name, kind in _NAMED.items()},
    }


@pass_context
def _person(context: Context, login: str | None) -> str:
    """What to call who acted."""
    return str(context["people_names"](login))


@pass_context
def _asks_for_consent(context: Context, account: AccountRow) -> bool:
    """Whether somebody must authorise the account again, soon or now."""
    return asks_for_consent(account.platform, account.token_expires_at, context["now"])


@pass_context
def _silence_word(context: Context, last_published_at: datetime) -> states.Word | None:
    """What two weeks without a post come to; nothing while there is time."""
    return states.silence_word(last_published_at, context["now"])


def _with_now(say: Any) -> Any:
    @pass_context
    def said(context: Context, at: datetime) -> str:
        return str(say(at, context["now"]))

    return said
