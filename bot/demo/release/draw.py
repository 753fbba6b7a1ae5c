"""Draws the release's pictures anew: python -m bot.demo.release.draw."""

from pathlib import Path

from bot.demo.release.canvas import AMBER, GREY, INK, LINE, MIST, PAPER, SHADES, TEAL, Sheet

PICTURES = Path(__file__).parent / "pictures"

# Class, who, share in per cent, most a household gets in yuan: as in the release's table.
SUBSIDIES = (
    ("第一类", "特困、低保家庭老年人", 100, 8000),
    ("第二类", "低保边缘、计划生育特殊家庭老年人", 70, 6000),
    ("第三类", "中度以上失能、年满80周岁老年人", 50, 4000),
    ("第四类", "其他年满60周岁老年人", 30, 2000),
)
STEPS = (
    ("申请", "村（社区）窗口", "或“云汀通”应用"),
    ("审核", "5个工作日", "通过后公示5个工作日"),
    ("评估", "10个工作日", "上门定方案"),
    ("施工", "30日", "自主选择施工单位"),
    ("验收", "5个工作日", "不合格10日内整改"),
    ("结算", "15个工作日", "家庭不用垫付补贴"),
)
ITEMS = (
    ("地面和通道", "防滑处理、高差处理、扶手、地灯"),
    ("门和开关", "门槛移除、门洞拓宽、大面板开关"),
    ("卧室", "床边护栏、护理床、起身助力架"),
    ("如厕洗浴", "扶手、坐便器、浴缸改淋浴、浴凳"),
    ("厨房", "燃气报警器、断火灶具、升降吊柜"),
    ("用品和监测", "助行器、轮椅、紧急呼叫器"),
)
WHO = (
    "年满60周岁，本市户籍，在本市居住",
    "改造的是常住住所，产权清晰；租住、借住须产权人书面同意",
    "住房不在征收拆迁范围，不是危房",
    "政策有效期内未享受过本补贴",
)
SOURCE = "依据：云汀民发〔2026〕18号"


def subsidy_standard() -> Sheet:
    """The most a household gets, class by class, as columns."""
    sheet = Sheet(1080, 800)
    _title(sheet, "居家适老化改造补贴标准", "每户最高补贴（元）和补贴比例")
    floor, tallest = 620, 380
    sheet.line([(90, floor), (990, floor)], colour=GREY)
    for number, (name, _, share, most) in enumerate(SUBSIDIES):
        middle = 202 + number * 225
        top = floor - tallest * most / SUBSIDIES[0][3]
        sheet.box(middle - 62, top, middle + 62, floor, fill=SHADES[number], round_by=4)
        sheet.text(middle, top - 30, f"{most}元", size=34, bold=True, anchor="mm")
        sheet.text(middle, floor + 36, name, size=32, bold=True, anchor="mm")
        sheet.text(middle, floor + 80, f"补贴{share}%", size=28, colour=AMBER, anchor="mm")
    sheet.text(540, 760, SOURCE, size=24, colour=GREY, anchor="mm")
    return sheet


def procedure() -> Sheet:
    """The six steps, three in a row."""
    sheet = Sheet(1080, 760)
    _title(sheet, "办理流程", "全程不收取任何费用")
    for number, (name, term, note) in enumerate(STEPS):
        left = 70 + number % 3 * 330
        top = 200 + number // 3 * 255
        sheet.box(left, top, left + 280, top + 190, fill=MIST, edge=LINE)
        sheet.disc(left + 44, top + 48, 24, fill=TEAL)
        sheet.text(left + 44, top + 48, str(number + 1), size=28, colour=PAPER, anchor="mm")
        sheet.text(left + 84, top + 48, name, size=34, bold=True)
        sheet.text(left + 24, top + 108, term, size=28, colour=AMBER, bold=True)
        sheet.text(left + 24, top + 152, note, size=24, colour=GREY)
        if number % 3 < 2:
            sheet.arrow(left + 314, top + 95)
    # From the end of the first row back to the beginning of the second.
    sheet.line([(870, 390), (870, 422), (210, 422), (210, 440)], colour=AMBER, width=3)
    sheet.arrow(210, 453, towards="down")
    sheet.text(540, 714, SOURCE, size=24, colour=GREY, anchor="mm")
    return sheet


def at_a_glance() -> Sheet:
    """The long picture of the interpretation."""
    sheet = Sheet(1080, 3034, paper=MIST)
    sheet.box(0, 0, 1080, 330, fill=TEAL, round_by=0)
    sheet.text(540, 120, "一图读懂", size=46, colour="#cfe4e6", serif=True, anchor="mm")
    sheet.text(540, 210, "居家适老化改造补贴怎么领", size=64, colour=PAPER, bold=True, anchor="mm")
    sheet.text(540, 286, SOURCE, size=26, colour="#cfe4e6", anchor="mm")
    y = _who(sheet, 380)
    y = _how_much(sheet, y)
    y = _what(sheet, y)
    y = _how(sheet, y)
    _when_and_where(sheet, y)
    return sheet


def _who(sheet: Sheet, y: int) -> int:
    _section(sheet, y, 410, "一", "谁能申请")
    for number, condition in enumerate(WHO):
        middle = y + 140 + number * 68
        sheet.disc(112, middle, 7, fill=AMBER)
        sheet.text(138, middle, condition, size=30)
    return y + 440


def _how_much(sheet: Sheet, y: int) -> int:
    _section(sheet, y, 640, "二", "能补多少")
    for number, (name, who, share, most) in enumerate(SUBSIDIES):
        top = y + 110 + number * 108
        sheet.text(100, top + 26, name, size=30, bold=True)
        sheet.text(210, top + 26, who, size=28, colour=GREY)
        length = 600 * most / SUBSIDIES[0][3]
        sheet.box(100, top + 54, 100 + length, top + 90, fill=SHADES[number], round_by=6)
        sheet.text(
            118 + length, top + 72, f"{share}%  最高{most}元", size=28, colour=AMBER, bold=True
        )
    sheet.text(100, y + 588, "同时符合两类以上的，按照标准最高的一类执行。", size=26, colour=GREY)
    return y + 670


def _what(sheet: Sheet, y: int) -> int:
    _section(sheet, y, 494, "三", "改造什么：6大类26项")
    for number, (name, examples) in enumerate(ITEMS):
        left = 90 + number % 2 * 460
        top = y + 104 + number // 2 * 122
        sheet.box(left, top, left + 440, top + 106, fill=MIST, edge=LINE)
        sheet.text(left + 22, top + 34, name, size=30, colour=TEAL, bold=True)
        sheet.text(left + 22, top + 76, examples, size=25, colour=GREY)
    return y + 524


def _how(sheet: Sheet, y: int) -> int:
    _section(sheet, y, 620, "四", "怎么办理：全程不收费")
    sheet.line([(124, y + 140), (124, y + 540)], colour=SHADES[2], width=4)
    for number, (name, term, note) in enumerate(STEPS):
        middle = y + 140 + number * 80
        sheet.disc(124, middle, 26, fill=TEAL)
        sheet.text(124, middle, str(number + 1), size=28, colour=PAPER, anchor="mm")
        sheet.text(180, middle, name, size=32, bold=True)
        sheet.text(290, middle, term, size=28, colour=AMBER, bold=True)
        sheet.text(560, middle, note, size=28, colour=GREY)
    return y + 650


def _when_and_where(sheet: Sheet, y: int) -> None:
    _section(sheet, y, 300, "五", "什么时候办，到哪里问")
    facts = (
        ("申请时间", "2026年12月1日至2028年8月31日"),
        ("咨询电话", "市民政局养老服务科 0000-8866018"),
        ("服务热线", "12345政务服务便民热线"),
    )
    for number, (name, fact) in enumerate(facts):
        middle = y + 128 + number * 60
        sheet.text(100, middle, name, size=30, colour=TEAL, bold=True)
        sheet.text(260, middle, fact, size=30, colour=INK)


def _section(sheet: Sheet, y: int, height: int, number: str, name: str) -> None:
    sheet.box(60, y, 1020, y + height, fill=PAPER, edge=LINE, round_by=18)
    sheet.box(60, y + 28, 72, y + 76, fill=AMBER, round_by=2)
    sheet.text(100, y + 52, f"{number}、{name}", size=38, colour=TEAL, bold=True)


def _title(sheet: Sheet, title: str, under: str) -> None:
    sheet.text(540, 76, title, size=48, colour=TEAL, bold=True, anchor="mm")
    sheet.text(540, 138, under, size=28, colour=GREY, anchor="mm")


def main() -> None:
    """Write all pictures into the release's folder."""
    PICTURES.mkdir(exist_ok=True)
    subsidy_standard().save(PICTURES / "subsidy-standard.png")
    procedure().save(PICTURES / "procedure.png")
    at_a_glance().save(PICTURES / "at-a-glance.png")


if __name__ == "__main__":
    main()
