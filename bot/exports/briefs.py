"""The weekly brief as a document that a leader is handed."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.domain.durations import HOUR, span
from bot.domain.topics.brief import Brief, Concern, WeekFigures
from bot.exports.cells import moment_cell
from bot.exports.word import Grid, Heading, Line, Part, write_word

NOTHING = "没有"


def export_brief(path: Path, brief: Brief, *, unit: str) -> None:
    """Write the brief as a .docx.

    Raises:
        OSError: the file cannot be written.
    """
    write_word(path, _parts(brief, unit))


def _parts(brief: Brief, unit: str) -> Iterator[Part]:
    yield Heading(f"{unit}留言和舆情周报", 0)
    made = f"{moment_cell(brief.made_at)[:16]}（北京时间）生成"
    yield Line(f"{_day(brief.monday)}至{_day(brief.sunday)}，{made}")
    yield Heading("一、群众最关心什么")
    for number, concern in enumerate(brief.concerns, start=1):
        yield from _concern(number, concern)
    if not brief.concerns:
        yield Line("这一周没有比平时多的话题。")
    for alert in brief.alerts:
        yield Line(f"预警：{alert}")
    yield Heading("二、答复情况")
    yield Grid((("项目", "这一周", "上一周"), *_compared(brief.figures, brief.before)))
    yield Heading("三、还没有答复的")
    owed = brief.owed
    yield Line(f"共 {owed.running} 件，其中超期 {owed.overdue} 件，下周内到期 {owed.due_soon} 件。")
    yield Heading("四、建议")
    for number, proposal in enumerate(brief.proposals, start=1):
        yield Line(f"{number}. {proposal.words}")
    if not brief.proposals:
        yield Line("没有需要领导决定的事项。")


def _concern(number: int, concern: Concern) -> Iterator[Part]:
    words = f"{concern.words}：最多一天 {concern.askers} 人，{concern.days} 天提到"
    yield Line(f"{number}. {words}")
    yield from (Line(f"“{quote}”", is_quote=True) for quote in concern.quotes)


def _compared(now: WeekFigures, before: WeekFigures) -> Iterator[tuple[str, str, str]]:
    yield "到期应答复", f"{now.due} 件", f"{before.due} 件"
    yield "按期答复", _in_time(now), _in_time(before)
    yield "答复用时（中位数）", _median(now), _median(before)
    yield "群众评价", _votes(now), _votes(before)


def _in_time(week: WeekFigures) -> str:
    return f"{week.in_time * 100 // week.due}%" if week.due else "没有到期"


def _median(week: WeekFigures) -> str:
    return NOTHING if week.median_hours is None else span(week.median_hours * HOUR)


def _votes(week: WeekFigures) -> str:
    return NOTHING if week.mean_stars is None else f"{week.mean_stars:.1f} 分，{week.votes} 人"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
