"""`/zhidu`: the written rules and their terms, for anybody."""

from datetime import date

from starlette.applications import Starlette

from bot.domain.cases.reply_system import Chapter, ReplySystem
from bot.domain.ids import AccountId
from bot.public.pages import Pages
from bot.public.reply_system import reply_system_route
from bot.regulations.case_rules import default_deadlines, read_deadlines
from tests.fakes.clock import StillClock
from tests.unit.console.browser import Browser
from tests.unit.console.desk import TEMPLATES

OLD = ReplySystem("1", "旧制度", date(2025, 1, 1), (Chapter("总则", ("旧。",)),))
NEW = ReplySystem(
    "2",
    "新制度",
    date(2026, 1, 1),
    (Chapter("总则", ("甲。", "乙。")), Chapter("附则", ("丙 <b>。",))),
)
LATER = ReplySystem("3", "以后的", date(2027, 1, 1), ())


def page(*systems: ReplySystem, rules: str = "") -> tuple[int, str]:
    pages = Pages(TEMPLATES, unit_name="云岭市政务公开")
    terms = read_deadlines(rules) if rules else default_deadlines()
    route = reply_system_route(systems, lambda: terms, StillClock(), pages)
    answer = Browser(Starlette(routes=[route])).get("/zhidu")
    return answer.status_code, answer.text


def test_the_version_in_force_is_shown_with_its_articles_and_former_ones() -> None:
    """Articles are numbered through the chapters; what is not yet in force is not told."""
    status, text = page(OLD, NEW, LATER)

    assert status == 200
    assert "版本 2，2026年1月1日起施行" in text
    assert "第 3 条</strong>　丙 &lt;b&gt;。" in text
    assert "旧制度（版本 1，2025年1月1日起施行）" in text
    assert "以后的" not in text


def test_the_terms_that_the_office_has_set_are_listed() -> None:
    """In its words, with the basis; those of one account are its own affair."""
    rules = """
    [[deadlines]]
    id = "own"
    accounts = ["acc_1"]
    term = "1 hours"
    basis = "内部"

    [[deadlines]]
    id = "complaint"
    classes = ["complaint"]
    entries = ["hotline"]
    urgent = true
    term = "2 working_days"
    basis = "本市办法第六条"

    [[deadlines]]
    id = "general"
    term = "5 working_days"
    basis = "本市办法第五条"
    """
    _, text = page(NEW, rules=rules)

    assert "投诉（12345 热线），紧急" in text
    assert "2 个工作日" in text
    assert "本市办法第六条" in text
    assert "其他来件" in text
    assert "内部" not in text
    assert AccountId("acc_1") not in text


def test_before_the_first_version_there_is_no_page() -> None:
    """404, not an empty one."""
    assert page(LATER)[0] == 404
