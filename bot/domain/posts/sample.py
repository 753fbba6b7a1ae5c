"""An invented policy that shows what a template does with titles, lists, tables and a reading."""

from datetime import date, datetime

from bot.domain.ids import ReleaseId, SourceId
from bot.domain.posts.post import PostKind
from bot.domain.releases.document import (
    Block,
    Cell,
    Document,
    Heading,
    ListBlock,
    Paragraph,
    Run,
    Table,
)
from bot.domain.releases.release import (
    Approval,
    Interpretation,
    InterpretationKind,
    Release,
    ReleaseContent,
    ReleaseState,
)

KINDS: tuple[PostKind, ...] = tuple(kind for kind in PostKind if kind is not PostKind.PICTURES)
"""Kinds it shows; picture messages are made of an interpretation's pictures, and it has none."""


def _text(words: str) -> Paragraph:
    return Paragraph((Run(words),))


_BODY: tuple[Block, ...] = (
    _text("各区县人民政府，市政府各部门："),
    _text("为方便群众办事，现将便民服务事项办理指南印发给你们，请遵照执行。"),
    Heading("一、办理范围", 2),
    _text("本指南适用于在本市办理的居住证、老年优待证、停车泊位等便民服务事项。"),
    Heading("二、需要的材料", 2),
    ListBlock(
        (
            (Run("本人有效身份证件"),),
            (Run("申请表一份，可在窗口领取"),),
            (Run("委托他人办理的，另附委托书"),),
        )
    ),
    Heading("三、办理时限和费用", 2),
    Table(
        (
            (Cell("事项", header=True), Cell("时限", header=True), Cell("费用", header=True)),
            (Cell("居住证"), Cell("15 个工作日"), Cell("不收费")),
            (Cell("老年优待证"), Cell("当场办结"), Cell("不收费")),
            (Cell("停车泊位"), Cell("5 个工作日"), Cell("按公示标准")),
        )
    ),
    Paragraph((Run("本指南自印发之日起施行。", bold=True),)),
    Paragraph((Run("样张市人民政府办公室"),), align="right"),
    Paragraph((Run("2026年1月5日"),), align="right"),
)
_READING: tuple[Block, ...] = (
    Heading("为什么出台", 2),
    _text("群众反映办事材料不清楚、跑的次数多，这次把三类事项的材料和时限一次说清。"),
    Heading("和我有什么关系", 2),
    _text("在本市居住的群众，带好身份证件和申请表，就近到服务窗口办理。"),
)


def sample_release(now: datetime) -> Release:
    """The policy, received and approved at `now`. No office, document number or figure in it is
    real, and it has no picture that would have to be fetched."""
    office = "样张市人民政府办公室"
    content = ReleaseContent(
        title="样张市人民政府办公室关于印发便民服务事项办理指南（样张）的通知",
        issuing_bodies=(office,),
        body=Document(_BODY),
        document_number="样政办发〔2026〕1号",
        issued_on=date(2026, 1, 5),
        published_on=date(2026, 1, 6),
        source_url="https://www.example.gov.cn/sample/1.html",
        interpretations=(
            Interpretation(
                "一读就懂：便民服务事项怎么办", InterpretationKind.TEXT, Document(_READING)
            ),
        ),
    )
    return Release(
        id=ReleaseId("sample"),
        source=SourceId("sample"),
        source_key="sample",
        version=1,
        content=content,
        content_hash=content.hash,
        state=ReleaseState.APPROVED,
        received_at=now,
        approval=Approval(by="样张", evidence="样张", at=now),
    )
