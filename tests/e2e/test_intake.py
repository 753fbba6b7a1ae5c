"""A document goes from Word's clipboard to a release in a browser."""

from playwright.sync_api import Page, expect

from bot.domain.ids import ReleaseId
from bot.domain.releases.document import Table
from bot.domain.releases.release import Release
from tests.unit.console.desk import Desk

TITLE = "云岭市水务局关于城南片区夜间停水检修的通知"
COPIED = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><style>p.MsoNormal{{}}</style>
<body><!--StartFragment--><p class=MsoNormal align=center><b style='mso-bidi-font-weight:normal'>
{TITLE}<o:p></o:p></b></p><p class=MsoNormal>今晚停水<del>两</del><ins>三</ins>小时。</p>
<table class=MsoTableGrid><tr><td><p>片区</p></td><td><p>时间</p></td></tr>
<tr><td>城南</td><td>22时</td></tr></table><!--EndFragment--></body></html>"""
COPY = """copied => {
  document.addEventListener("copy", event => {
    event.clipboardData.setData("text/html", copied);
    event.clipboardData.setData("text/plain", "今晚停水三小时。");
    event.preventDefault();
  }, { once: true });
  document.execCommand("copy");
}"""


def test_a_paste_from_word_keeps_its_table_and_loses_its_rubbish(page: Page, desk: Desk) -> None:
    """The marks come along by the script; what was recognised is completed and stored."""
    page.goto("/releases")
    page.get_by_role("link", name="提交政策").click()
    page.evaluate(COPY, COPIED)
    page.get_by_label("正文", exact=True).press("Control+v")
    expect(page.get_by_text("已带格式粘贴")).to_be_visible()
    page.get_by_role("button", name="读取正文").click()

    expect(page.get_by_label("标题")).to_have_value(TITLE)
    page.get_by_label("发文机关").fill("云岭市水务局")
    page.get_by_role("button", name="提交审批").last.click()
    expect(page.get_by_text("等待另一位同事审批")).to_be_visible()

    body = _stored(desk).content.body
    assert body.text == "今晚停水三小时。\n片区\t时间\n城南\t22时"
    assert isinstance(body.blocks[1], Table)


def _stored(desk: Desk) -> Release:
    row = desk.tools.overview.releases(search=TITLE)[0]
    with desk.storage.begin() as uow:
        return uow.releases.get(ReleaseId(row.id))
