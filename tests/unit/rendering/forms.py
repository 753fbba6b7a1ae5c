"""Invented releases: an interpretation of each form, documents of every length and shape."""

from datetime import date

from bot.domain.releases.document import (
    Attachment,
    Block,
    Cell,
    Document,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Quote,
    Run,
    Table,
)
from bot.domain.releases.release import Interpretation, InterpretationKind, ReleaseContent
from tests import factories

from .samples import every_block, long_document, paragraph

POSTER = "https://www.yunling.example/poster.png"
FIGURES = tuple(f"https://www.yunling.example/tu{number}.png" for number in (1, 2, 3))

_LEARNING = (
    paragraph("各镇人民政府、各街道办事处，市政府各部门："),
    paragraph("为方便老年人就近学习，经市政府同意，现就社区老年学堂建设有关事项通知如下。"),
    Heading("一、建设目标", 2),
    paragraph("到2027年底，全市建成社区老年学堂120所，每个街道至少3所，新增学位9600个。"),
    Heading("二、主要措施", 2),
    paragraph("（一）盘活闲置用房。社区闲置用房优先用于学堂建设，面积不少于80平方米。"),
    paragraph("（二）统一课程目录。市教育局每年6月30日前公布课程目录，开设智能手机、保健等课程。"),
    paragraph("（三）给予运行补助。按每所每年18000元的标准给予补助，由市、区两级各承担一半。"),
    Heading("三、组织实施", 2),
    paragraph("本通知自2026年12月1日起施行，有效期三年。"),
    Paragraph((Run("云岭市人民政府办公室"),), align="right"),
    Paragraph((Run("2026年11月20日"),), align="right"),
)
_QUESTIONS = (
    paragraph("近日，市政府办公室印发通知，市教育局负责人就有关问题回答了提问。"),
    paragraph("问：哪些人可以报名？"),
    paragraph("答：年满五十五周岁的本市常住居民都可以报名，不限户籍。"),
    paragraph("一名学员每学期最多选三门课程。"),
    paragraph("问：学费怎么收？"),
    paragraph("答：公共课程免费；材料费按成本收取，每门每学期不超过60元。"),
    Heading("在哪里报名？", 3),
    paragraph("可在所在社区现场报名，也可拨打0871-5550123预约。"),
)
_PRESS = (
    paragraph("主持人：各位记者朋友上午好，下面请市教育局副局长方明介绍情况。"),
    paragraph("方明：今年以来，全市已建成学堂46所，累计开课2300多节。"),
    paragraph("云岭日报记者：偏远的镇怎么办？"),
    paragraph("方明：偏远的镇由流动教学点每周上门两次，明年增加到三次。"),
)


def ordinance(articles: int, sentence: str) -> Document:
    """Numbered articles of one sentence each, under a heading every twenty."""
    blocks: list[Block] = []
    for number in range(1, articles + 1):
        if number % 20 == 1:
            blocks.append(Heading(f"第{in_words(number // 20 + 1)}章　管理与服务", 2))
        blocks.append(paragraph(f"第{in_words(number)}条　{sentence}"))
    return Document(tuple(blocks))


def in_words(number: int) -> str:
    """A number in Chinese figures, one after the other."""
    return "".join("〇一二三四五六七八九"[int(figure)] for figure in str(number))


def table_of_projects() -> Table:
    """A table far too wide for a phone: a running number, long names, long texts, one group."""
    names = ("序号", "举 措", "主要内容", "牵头单位", "完成时限", "推广范围")
    rows = [
        ("1", "闲置用房改造", "对社区闲置的办公用房、商铺进行适老化改造，配备扶手和应急呼叫装置。"),
        ("2", "流动教学点", "由市老年大学派出教师，每周两次到偏远的镇上课，课程与学堂一致。"),
    ]
    return Table(
        (
            tuple(Cell(name) for name in names),
            (Cell("一、场所建设（共2项）", columns=6),),
            *(
                (*map(Cell, row), Cell("市教育局、市民政局"), Cell("2027年6月底"), Cell("全市"))
                for row in rows
            ),
        )
    )


def table_of_figures() -> Table:
    """Seven columns of short numbers, which fit in small type."""
    names = ("年度", "学堂", "学位", "教师", "志愿者", "市级补助", "合计")
    head = tuple(Cell(name, header=True) for name in names)
    body = tuple(
        tuple(map(Cell, (year, "120", "9600", "360", "1500", "216.00", "1,024.50")))
        for year in ("2026", "2027")
    )
    return Table((head, *body), caption="分年度安排（补助单位：万元）")


def policy(**changes: object) -> ReleaseContent:
    """A short policy in the shape most have."""
    values: dict[str, object] = {
        "title": "云岭市人民政府办公室关于建设社区老年学堂的通知",
        "document_number": "云岭政办发〔2026〕21号",
        "index_number": "000123456/2026-00021",
        "topic": "教育/成人教育",
        "body": Document(_LEARNING),
        "attachments": (Attachment("社区老年学堂申报表", "https://www.yunling.example/f/21.xlsx"),),
        "source_url": "https://www.yunling.example/zhengce/21.html",
        "contact": "市教育局终身教育科，0871-5550123（工作日9:00—17:00）",
    }
    return factories.content(**(values | changes))


def interpretation(kind: InterpretationKind, *blocks: Block, **changes: object) -> Interpretation:
    """An interpretation of the policy in one form."""
    values: dict[str, object] = {
        "title": f"社区老年学堂怎么建：{kind.value}",
        "url": f"https://www.yunling.example/jiedu/{kind.value}.html",
        "published_on": date(2026, 11, 24),
    }
    return Interpretation(kind=kind, body=Document(blocks), **(values | changes))  # type: ignore[arg-type]  # a test names only what it is about


def figures() -> tuple[Block, ...]:
    """An infographic: figures with captions, words and a credit; one is made with AI."""
    first, second, third = FIGURES
    return (
        Image(
            first,
            alt="到2027年底建成学堂120所，新增学位9600个",
            caption="建设目标",
            credit="市教育局",
        ),
        paragraph("每个街道至少3所学堂。"),
        Image(second, alt="补助标准", caption="每所每年补助18000元", ai_generated=True),
        Image(third, alt="报名可到社区现场办理，也可电话预约"),
    )


_SPOKEN = (
    InterpretationKind.PRESS_CONFERENCE,
    InterpretationKind.INTERVIEW,
    InterpretationKind.BRIEFING,
)
_WATCHED = InterpretationKind.VIDEO, InterpretationKind.ANIMATION


def interpretations() -> tuple[Interpretation, ...]:
    """One of every form."""
    return tuple(map(in_form, InterpretationKind))


def in_form(kind: InterpretationKind) -> Interpretation:
    """An interpretation as offices make it in this form."""
    if kind is InterpretationKind.QA or kind is InterpretationKind.OFFICIAL:
        return interpretation(kind, *_QUESTIONS, speaker="方明（市教育局副局长）")
    if kind is InterpretationKind.INFOGRAPHIC:
        return interpretation(kind, *figures())
    if kind in _SPOKEN:
        return interpretation(kind, *_PRESS, speaker="方明（市教育局副局长）")
    if kind in _WATCHED:
        still = Image(POSTER, alt="短片画面：老人在学堂学习使用手机", caption="短片画面")
        return interpretation(kind, still, paragraph("短片介绍了学堂的课程和报名办法。"))
    if kind is InterpretationKind.EXPERT:
        quote = Quote(("家门口的学堂让学习变得容易，关键在课程对路。",))
        told = paragraph("云岭大学教授林岚认为，学堂建设应当与社区养老服务结合起来。")
        return interpretation(kind, told, quote, speaker="林岚（云岭大学教授）")
    return interpretation(kind, *_LEARNING[2:10], ai_generated=kind is InterpretationKind.MEDIA)


def every_release() -> dict[str, ReleaseContent]:
    """Releases of every shape and length that the templates meet."""
    lists = Document((ListBlock((((Run("甲")),), ((Run("乙")),))), *_LEARNING))
    return {
        "usual": policy(interpretations=interpretations()),
        "tables": policy(body=Document((*_LEARNING, table_of_projects(), table_of_figures()))),
        "every-block": policy(body=every_block()),
        "long": policy(body=long_document(), interpretations=(in_form(InterpretationKind.QA),)),
        "one-line": policy(body=Document((paragraph("此复。"),)), attachments=()),
        "lists": policy(body=lists),
        "only-a-video-address": policy(
            interpretations=(interpretation(InterpretationKind.VIDEO),), document_number=None
        ),
    }
