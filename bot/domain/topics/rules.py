"""What an office watches for in followers' words, as data: its names, grave words, thresholds, and
the register of sources."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.errors import Problem
from bot.domain.ids import DepartmentId


class Level(StrEnum):
    """How grave public concern is (政务舆情 levels). A person decides; numbers only suggest."""

    ORDINARY = "ordinary"
    MAJOR = "major"
    VERY_GRAVE = "very_grave"


LEVEL_NAMES = {
    Level.ORDINARY: "一般",
    Level.MAJOR: "重大",
    Level.VERY_GRAVE: "特别重大",
}


@dataclass(frozen=True)
class WatchedSource:
    """One line of the register of sources: who looks at it, how often, and who answers for it."""

    name: str
    department: DepartmentId | None = None
    how: str = ""


@dataclass(frozen=True)
class WatchRules:
    """`names` are the office's own (names, short names, leaders' offices, places it answers for);
    `grave_words` alarm when they come with one of them. `chance` is how seldom a number that is no
    growth may be taken for one; thresholds count askers, not replies."""

    names: tuple[str, ...] = ()
    grave_words: tuple[str, ...] = ()
    common_words: tuple[str, ...] = ()
    hour_from: int = 5
    day_from: int = 8
    grave_from: int = 3
    chance: float = 0.00001
    times: float = 2.5
    statement_from: int = 10
    major_from: int = 50
    very_grave_from: int = 200
    sources: tuple[WatchedSource, ...] = ()

    def level_of(self, askers: int) -> Level:
        """What so many askers suggest."""
        if askers >= self.very_grave_from:
            return Level.VERY_GRAVE
        return Level.MAJOR if askers >= self.major_from else Level.ORDINARY


def watch_faults(rules: WatchRules, departments: frozenset[DepartmentId]) -> Sequence[Problem]:
    """Why rules cannot be used."""
    problems = [
        Problem(name, "至少为 2，一个人说几遍不算热点")
        for name, number in (("hour_from", rules.hour_from), ("day_from", rules.day_from))
        if number < 2
    ]
    if not 0 < rules.chance <= 0.01:
        problems.append(Problem("chance", "请写大于 0、不大于 0.01 的数"))
    if rules.times < 1:
        problems.append(Problem("times", "至少为 1"))
    if not rules.statement_from <= rules.major_from <= rules.very_grave_from:
        problems.append(Problem("major_from", "门槛应当依次升高"))
    problems += [
        Problem("names", f"“{name}”太短，会把不相干的留言算进来")
        for name in rules.names
        if len(name.strip()) < 2
    ]
    problems += [
        Problem("sources", f"没有部门 {source.department}，请先登记部门")
        for source in rules.sources
        if source.department is not None and source.department not in departments
    ]
    return problems
