"""检查结果 on a post's page: what is in the way, and letting it stand with a reason."""

import re

from bot.domain.ids import PostId
from bot.domain.people import Role
from tests.unit.console.desk import Desk, send

WHY = "财政局已书面确认"


def retitled(busy: Desk, title: str) -> str:
    """The page of a draft whose title somebody just typed."""
    writer = busy.signed_in("li", Role.WRITER)
    send(writer, "/posts/pst_5/retitle", title=title, article="0")
    return writer.get("/posts/pst_5").text


def form_of(page: str) -> dict[str, str]:
    form = page.split('action="/posts/pst_5/justify"')[1]
    return dict(re.findall(r'name="(finding|content_hash)" value="([^"]*)"', form)[:2])


def test_a_figure_that_is_not_in_the_document_is_marked_and_can_be_explained(busy: Desk) -> None:
    """The reason stands beside the finding from then on."""
    page = retitled(busy, "办事时间优化97项")
    writer = busy.signed_in("zhou", Role.WRITER)

    assert "数字“97项”在批准的原文中找不到" in page
    answered = send(writer, "/posts/pst_5/justify", reason=WHY, **form_of(page))

    assert answered.headers["location"] == "/posts/pst_5?done=justify"
    after = writer.get("/posts/pst_5?done=justify").text
    assert "说明已记下" in after
    assert f"zhou同志说明：{WHY}" in after
    assert 'action="/posts/pst_5/justify"' not in after


def test_a_missing_reason_is_asked_for_at_its_field(busy: Desk) -> None:
    """The form stays open, and the fault leads to it."""
    form = form_of(retitled(busy, "办事时间优化97项"))
    writer = busy.signed_in("zhou", Role.WRITER)

    answered = send(writer, "/posts/pst_5/justify", reason="无", **form)

    assert answered.status_code == 422
    assert f'href="#finding-{form["finding"]}"' in answered.text
    assert "请写明为什么可以保留" in answered.text


def test_a_grave_finding_is_shown_to_a_writer_without_a_form(busy: Desk) -> None:
    """A reviewer gets the form."""
    page = retitled(busy, "人民攻府办事时间优化")

    assert "由审核人判断是否保留" in page
    assert 'action="/posts/pst_5/justify"' not in page
    reviewer = busy.signed_in("wang", Role.REVIEWER)
    assert 'action="/posts/pst_5/justify"' in reviewer.get("/posts/pst_5").text


def test_nobody_without_the_right_explains_anything(busy: Desk) -> None:
    """An auditor sees and changes nothing."""
    form = form_of(retitled(busy, "办事时间优化97项"))
    auditor = busy.signed_in("sun", Role.AUDITOR)

    assert send(auditor, "/posts/pst_5/justify", reason=WHY, **form).status_code == 403
    with busy.storage.begin() as uow:
        violations = uow.posts.get(PostId("pst_5")).draft.violations
    assert not any(violation.justified for violation in violations)
