"""The checklist of a release: each rule passes and fails for its own reason."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.domain.personal.found import PersonalKind
from bot.domain.releases.checklist import RULES, Checklist, Facts, check_release, in_the_way
from bot.domain.releases.document import Attachment, Document, Image
from bot.domain.releases.inspection import Inspection, PersonalData, Spot
from bot.domain.releases.release import Finding, Interpretation, InterpretationKind
from bot.regulations.calendar import work_calendar
from tests import factories as make

BODY = make.document("正文。", "附件：1. 申请表")
GOOD = make.content(
    title="云岭市水务局关于停水的通知",
    body=Document((*BODY.blocks, Image("", credit="张三", sha256="0" * 64))),
    document_number="云水发〔2026〕7号",
    index_number="053533505/2026-00106",
    issued_on=date(2026, 11, 20),
    published_on=date(2026, 11, 23),
    contact="停车科",
    source_url="https://www.yunling.example/7.html",
    attachments=(Attachment("申请表", "https://www.yunling.example/a.pdf"),),
    interpretations=(Interpretation("问答", InterpretationKind.QA, BODY),),
)


def _checked(
    channels: bool = True, findings: tuple[Finding, ...] = (), **changes: Any
) -> Checklist:
    release = make.release(content=replace(GOOD, **changes), findings=findings)
    return check_release(
        Facts(release, {"云岭发布": channels}, None, date(2026, 11, 26), work_calendar())
    )


def _failed(checklist: Checklist) -> set[str]:
    return {each.rule.id for each in checklist.checks if not each.passed}


def test_a_complete_release_passes_everything() -> None:
    """A hundred, and nothing in the way."""
    checklist = _checked()

    assert (_failed(checklist), checklist.score, checklist.blocking) == (set(), 100, ())


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("complete.attachments", {"attachments": ()}),
        ("complete.contact", {"contact": None}),
        ("complete.channels", {"channels": False}),
        ("accurate.links", {"source_url": "https：//www.yunling.example/7.html"}),
        ("accurate.number", {"document_number": "云水发(2026)第07号"}),
        ("accurate.index", {"index_number": "7"}),
        ("accurate.issued_on", {"issued_on": None}),
        ("accurate.title", {"title": "关于" * 33}),
        ("accurate.source", {"source_url": None}),
        ("accurate.reading", {"findings": (Finding("damaged", "乱码"),)}),
        ("pictures.credit", {"body": Document((*BODY.blocks, Image("a")))}),
        ("pictures.nobody", {"body": Document((*BODY.blocks, Image("a", credit="网络")))}),
        ("timely.publication", {"published_on": date(2026, 12, 30)}),
    ],
)
def test_each_fault_fails_its_own_rule(rule: str, changes: dict[str, Any]) -> None:
    """And no other."""
    checklist = _checked(**changes)

    assert _failed(checklist) == {rule}
    assert checklist.score < 100
    assert checklist.checks[0].told


def test_a_release_without_interpretation_fails_twice_once_it_is_late() -> None:
    """It lacks, and after three working days it is also late."""
    early, late = (
        _checked(interpretations=()),
        _checked(interpretations=(), published_on=date(2026, 11, 20)),
    )

    assert _failed(early) == {"complete.interpretation"}
    assert _failed(late) == {"complete.interpretation", "timely.interpretation"}


def test_what_does_not_apply_is_not_counted() -> None:
    """Not every document has a number."""
    ids = {each.rule.id for each in _checked(document_number=None, index_number=None).checks}

    assert not ids & {"accurate.number", "accurate.index"}


KEPT = Attachment("名单.xlsx", "", "f" * 64, size=9)


def _data(kind: PersonalKind, *, certain: bool = True, count: int = 2) -> PersonalData:
    spots = (Spot("第 3 行", 1), Spot("第 7 行", 1))
    return PersonalData(kind, certain, "工作表“名单”", count, spots, "33****12")


@pytest.mark.parametrize(
    ("rule", "inspection", "told"),
    [
        (
            "attachments.personal",
            Inspection((_data(PersonalKind.ID_NUMBER),)),
            "“名单.xlsx”：身份证号码 2 处（工作表“名单”第 3、7 行，例如 33****12）",
        ),
        (
            "attachments.contacts",
            Inspection((_data(PersonalKind.PHONE, count=5),)),
            "“名单.xlsx”：手机号码 5 处（工作表“名单”第 3、7 行等，例如 33****12）",
        ),
        (
            "attachments.contacts",
            Inspection((_data(PersonalKind.BANK_CARD, certain=False),)),
            "“名单.xlsx”：疑似银行账号 2 处（工作表“名单”第 3、7 行，例如 33****12）",
        ),
        ("attachments.hidden", Inspection(hidden=("有批注",)), "“名单.xlsx”：有批注"),
        ("attachments.read", Inspection(unread=("是图片",)), "“名单.xlsx”：是图片"),
        ("attachments.personal", None, "“名单.xlsx”还在检查，请过一两分钟刷新页面再审批"),
    ],
    ids=["number", "telephone", "doubtful", "hidden", "unread", "waiting"],
)
def test_what_is_inside_an_attachment_is_told_with_its_place(
    rule: str, inspection: Inspection | None, told: str
) -> None:
    """Each by its own rule; numbers and files that nobody knows yet stand in the way."""
    release = make.release(content=replace(GOOD, attachments=(KEPT,)))
    known = {"f" * 64: inspection} if inspection else {}
    facts = Facts(
        release, {"云岭发布": True}, None, date(2026, 11, 26), work_calendar(), inspections=known
    )

    checklist = check_release(facts)

    assert _failed(checklist) == {rule}
    assert checklist.checks[0].told == told
    assert [each.rule.id for each in in_the_way(release, known)] == [
        each.rule.id for each in checklist.blocking
    ]
    assert bool(checklist.blocking) == (rule == "attachments.personal")


def test_ids_are_unique_and_versioned() -> None:
    """They stand in reports."""
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(rule.version >= 1 and rule.basis for rule in RULES)


def test_damaged_text_and_pictures_from_nowhere_block() -> None:
    """The rest only costs points."""
    found = _checked(findings=(Finding("damaged", "乱码"),)).blocking

    assert [each.rule.id for each in found] == ["accurate.reading"]
