"""The weekly brief as a document: read back as others read it."""

from datetime import date
from pathlib import Path

import mammoth

from bot.domain.topics.brief import Brief, Concern, Owed, Proposal, WeekFigures
from bot.exports.briefs import export_brief
from tests.factories import NOW

BRIEF = Brief(
    monday=date(2026, 11, 16),
    made_at=NOW,
    figures=WeekFigures(due=8, in_time=6, median_hours=30.0, votes=2, mean_stars=4.5),
    before=WeekFigures(due=0, in_time=0, median_hours=None, votes=0, mean_stars=None),
    owed=Owed(running=5, overdue=1, due_soon=2),
    concerns=(Concern("燃气 <涨价>", 9, 2, ("气费\x07涨了 & 涨了",)),),
    alerts=("燃气：一天 9 人",),
    proposals=(Proposal("1 件已超过答复期限", "/cases?view=late"),),
)


def test_a_brief_is_a_document_with_headings_and_a_table(tmp_path: Path) -> None:
    """What stands in it is text, whatever was said; addresses of the console stay away."""
    path = tmp_path / "brief.docx"

    export_brief(path, BRIEF, unit="云岭市民政局")

    with path.open("rb") as file:
        html = mammoth.convert_to_html(file).value
    assert "云岭市民政局留言和舆情周报" in html
    assert "<h1>一、群众最关心什么</h1>" in html
    assert "燃气 &lt;涨价&gt;：最多一天 9 人，2 天提到" in html
    assert "“气费涨了 &amp; 涨了”" in html
    assert "<td><p>按期答复</p></td><td><p>75%</p></td><td><p>没有到期</p></td>" in html
    assert "共 5 件，其中超期 1 件，下周内到期 2 件。" in html
    assert "/cases" not in html
