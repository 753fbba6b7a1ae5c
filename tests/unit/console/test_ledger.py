"""公开台账, 制度执行 and the brief as a document: what a supervisor reads and takes along."""

import csv
from collections.abc import Mapping, Sequence
from io import BytesIO, StringIO

import mammoth
import pytest

from bot.domain.cases.disclosure import Application
from bot.domain.cases.names import CaseClass
from bot.domain.ids import CaseId, DepartmentId
from bot.domain.people import Role
from bot.usecases.topics.make_brief import BriefTools, make_brief_if_due
from tests import factories as make
from tests.unit.console.browser import Browser
from tests.unit.console.desk import Desk, send
from tests.unit.console.town import PARKING
from tests.unit.console.town_cases import settle_cases


@pytest.fixture
def hall(busy: Desk) -> Desk:
    """With cases, and an application for disclosure that is late."""
    settle_cases(busy.storage)
    late = make.case(
        id=CaseId("case_90"),
        number="20261001-000090",
        case_class=CaseClass.DISCLOSURE,
        department=DepartmentId("water"),
        subject="申请公开水价成本，联系电话 13900000001",
        deadline=make.deadline(due_at=make.after(-86_400)),
    )
    with busy.storage.begin() as uow:
        uow.cases.add(late)
        uow.cases.save_application(Application(late.id, make.after(-30 * 86_400)))
        uow.commit()
    return busy


def taken(browser: Browser, path: str, **fields: str) -> Sequence[Mapping[str, str]]:
    answer = send(browser, path, format="csv", **fields)
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))


def test_the_ledger_sets_what_was_published_beside_what_was_asked(hall: Desk) -> None:
    """Readers, letters, answers and votes of each document, on the page and in the file."""
    browser = hall.signed_in("wu", Role.SUPERVISOR)

    page = browser.get("/ledger").text
    lines = taken(browser, "/ledger/export")

    (line,) = [one for one in lines if one["政策"] == PARKING]
    assert PARKING in page
    assert "12,425" in page
    assert (line["各篇阅读人数合计"], line["公开的账号数"]) == ("12425", "1")
    assert int(line["收到留言"]) >= 1
    assert "没有低关注的文件" in browser.get("/ledger?view=low").text


def test_applications_are_listed_masked_and_late_ones_are_marked(hall: Desk) -> None:
    """A contact of another department sees none of them."""
    browser = hall.signed_in("wu", Role.SUPERVISOR)
    other = hall.signed_in("qian", Role.DEPT_CONTACT, department="housing")

    page = browser.get("/ledger?view=applied").text
    (line,) = taken(browser, "/ledger/export", view="applied")

    assert "申请公开水价成本" in page
    assert "超期" in page
    assert "13900000001" not in page
    assert (line["受理编号"], line["是否按期"]) == ("20261001-000090", "超期")
    assert "13900000001" not in line["申请内容"]
    assert "申请公开水价成本" not in other.get("/ledger?view=applied").text
    assert taken(other, "/ledger/export", view="applied") == []


def test_compliance_is_told_by_month_and_department(hall: Desk) -> None:
    """What fell due; the file adds up; a span nobody offers is the usual one."""
    browser = hall.signed_in("wu", Role.SUPERVISOR)

    page = browser.get("/compliance?months=x").text
    lines = taken(browser, "/compliance/export", months="1")

    assert "信息公开咨询投诉回复制度执行情况" in page
    assert "2026年11月" in page
    assert {"2026-11"} == {line["月份"] for line in lines}
    housing = next(line for line in lines if line["承办部门"] == "住房和城乡建设局")
    assert int(housing["到期应答复"]) == int(housing["按期答复"]) + int(housing["超期答复"]) + int(
        housing["还没有答复"]
    )
    assert int(housing["还没有答复"]) >= 1


def test_a_brief_is_taken_along_as_a_document(hall: Desk) -> None:
    """By whoever may read it; the audit tells so."""
    figures = hall.storage.service_figures()
    brief = make_brief_if_due(BriefTools(hall.storage, hall.storage.overview(), figures))
    assert brief is not None
    browser = hall.signed_in("wu", Role.SUPERVISOR)

    answer = send(browser, f"/topics/briefs/{brief.monday}/export")
    missing = send(browser, "/topics/briefs/2020-01-06/export")

    text = mammoth.extract_raw_text(BytesIO(answer.content)).value
    assert "云岭市政务公开留言和舆情周报" in text
    assert 'filename="tongbu-brief-2026-11-23.docx"' in answer.headers["content-disposition"]
    assert missing.status_code == 404
    with hall.storage.begin() as uow:
        record = uow.audit.records(limit=500)[-1]
    assert (record.action, record.details["asked"]) == ("brief.exported", str(brief.monday))
