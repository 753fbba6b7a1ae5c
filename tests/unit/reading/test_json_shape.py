"""The JSON shape: what is taken, what is defaulted with a finding, what is refused."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.domain.errors import InvalidInput
from bot.domain.releases.document import Attachment
from bot.domain.releases.release import (
    DisclosureAttribute,
    FiveOpens,
    InterpretationKind,
    ReleaseReading,
)
from bot.reading.json_shape import read_release

SAMPLES = Path(__file__).parents[2] / "samples" / "releases"
MINIMAL: dict[str, Any] = {
    "source_id": "a1",
    "title": "关于停放治理的通知",
    "issuing_body": "临河区人民政府",
    "body": "正文。",
}


def _sample() -> dict[str, Any]:
    sample: dict[str, Any] = json.loads((SAMPLES / "parking.json").read_text())
    return sample


def _problems(**changes: Any) -> dict[str, str]:
    with pytest.raises(InvalidInput) as refused:
        read_release({**MINIMAL, **changes})
    return {problem.field: problem.message for problem in refused.value.problems}


def _codes(reading: ReleaseReading) -> set[str]:
    return {finding.code for finding in reading.findings}


def test_takes_every_field_of_a_complete_release() -> None:
    """Identity, metadata, approval and embargo arrive typed and normalised."""
    reading = read_release(_sample())
    content = reading.content

    assert reading.source_id == "linhe-2027-1"
    assert content.document_number == "临政办发〔2027〕1号"
    assert (content.issued_on, content.published_on) == (date(2027, 1, 8), date(2027, 1, 11))
    assert content.topic == "城乡建设/市容管理"
    assert content.five_opens == (FiveOpens.DECISION, FiveOpens.MANAGEMENT)
    assert content.attachments == (
        Attachment("停放点一览表", "https://www.linhe.example/zwgk/P1.xlsx"),
    )
    assert reading.approval is not None
    assert reading.approval.by == "赵审核"
    assert reading.release_at == datetime(2027, 1, 11, 1, 0, tzinfo=UTC)


def test_the_repeated_title_is_taken_off_the_body() -> None:
    """The header shows it once."""
    reading = read_release(_sample())

    assert reading.content.body.text.startswith("各镇人民政府")
    assert {"repeated_head", "document_number_normalised"} <= _codes(reading)


def test_interpretations_come_with_their_kind() -> None:
    """图解 is an infographic; it may be only a picture."""
    (interpretation,) = read_release(_sample()).content.interpretations

    assert interpretation.kind is InterpretationKind.INFOGRAPHIC
    assert interpretation.body.images[0].alt == "停放治理图解"


def test_equal_input_gives_an_equal_content_hash() -> None:
    """A release sent twice is recognised."""
    assert read_release(_sample()).content.hash == read_release(_sample()).content.hash


def test_what_is_missing_but_optional_becomes_a_finding() -> None:
    """The default taken is named."""
    reading = read_release(MINIMAL)

    assert reading.content.disclosure is DisclosureAttribute.PROACTIVE
    assert _codes(reading) == {
        "url_missing",
        "document_number_missing",
        "issued_on_missing",
        "published_on_missing",
        "disclosure_missing",
    }


def test_every_missing_required_field_is_listed_at_once() -> None:
    """A person mends everything in one go."""
    with pytest.raises(InvalidInput) as refused:
        read_release({})

    assert {p.field for p in refused.value.problems} == {
        "title",
        "issuing_body",
        "body",
        "source_id",
    }


def test_every_unknown_field_is_listed() -> None:
    """A misspelt field is not ignored."""
    problems = _problems(titel="x", 备注="y", interpretations=[{"title": "t", "body": "b", "x": 1}])

    assert set(problems) == {"titel", "备注", "interpretations[0].x"}


def test_keys_of_collected_data_are_known() -> None:
    """Provenance beside a release is no fault."""
    reading = read_release({**MINIMAL, "extra": {}, "source": {"a": 1}, "licence_note": "x"})

    assert reading.source_id == "a1"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", 5),
        ("title", ["x"]),
        ("title", "长" * 501),
        ("body", {"a": 1}),
        ("issuing_body", 7),
        ("issuing_bodies", ["a", 1]),
        ("attachments", "x"),
        ("attachments[0]", None),
        ("interpretations", {}),
        ("approval", "yes"),
        ("issued_on", "2027-02-30"),
        ("published_on", 20270101),
        ("release_at", "soon"),
        ("five_opens", ["未来公开"]),
        ("disclosure", "机密公开"),
        ("url", "www.linhe.example"),
        ("source_url", "javascript:alert(1)"),
    ],
)
def test_a_wrong_type_or_value_names_its_field(field: str, value: object) -> None:
    """Each fault is one sentence at its field."""
    given = {"attachments": [value]} if field.endswith("[0]") else {field: value}

    problems = _problems(**given)

    assert field in problems or (field == "source_url" and "url" in problems)


def test_a_publication_before_the_signature_is_refused() -> None:
    """One of the two dates is wrong; nobody guesses which."""
    problems = _problems(issued_on="2027-02-02", published_on="2027-02-01")

    assert "早于" in problems["published_on"]


@pytest.mark.parametrize("attribute", ["依申请公开", "withheld"])
def test_a_document_that_is_not_public_is_refused(attribute: str) -> None:
    """公开属性 decides before anything is planned."""
    assert "不能发布" in _problems(disclosure=attribute)["disclosure"]


def test_a_secrecy_mark_is_refused_without_quoting_the_text() -> None:
    """Neither the problem nor its field holds a word of the text."""
    problems = _problems(body="机密★5年\n代号梧桐的部署")

    assert "密级" in problems["正文"]
    assert "梧桐" not in str(problems)


def test_a_mark_inside_an_interpretation_is_refused_too() -> None:
    """Interpretations are published as well."""
    problems = _problems(interpretations=[{"title": "解读", "body": "（此件不予公开）"}])

    assert any("不予公开" in message for message in problems.values())


def test_two_bodies_are_one_too_many() -> None:
    """It would not be known which was approved."""
    assert "只能给一种" in _problems(body_html="<p>另一</p>")["body"]


def test_an_approval_needs_a_name_and_evidence() -> None:
    """A claim without evidence is no approval."""
    assert set(_problems(approval={"at": "2027-01-01"})) == {"approval.by", "approval.evidence"}


@pytest.mark.parametrize("joined", ["甲局、乙局", "甲局; 乙局", "甲局；乙局", "甲局、乙局、甲局"])
def test_joint_issuers_are_told_apart(joined: str) -> None:
    """Each body once, in the order given."""
    reading = read_release({**MINIMAL, "issuing_body": joined})

    assert reading.content.issuing_bodies == ("甲局", "乙局")


def test_an_interpretation_with_only_an_address_says_so() -> None:
    """It can be linked, not shown."""
    reading = read_release(
        {**MINIMAL, "interpretations": [{"title": "解读", "url": "https://a.example/1"}]}
    )

    assert "interpretation_without_body" in _codes(reading)


@pytest.mark.parametrize("field", ["body", "body_markdown", "body_html"])
def test_damage_is_counted_once_whatever_the_form(field: str) -> None:
    """Staff compare that many places with the original."""
    payload = {key: value for key, value in MINIMAL.items() if key != "body"}

    reading = read_release({**payload, field: "正文\ufffd有\ud800误"})

    (finding,) = [f for f in reading.findings if f.code == "damaged"]
    assert "2 处" in finding.message


def test_an_interpretation_says_who_explains_and_what_a_machine_made() -> None:
    """Words for yes are taken as well as JSON's own."""
    given = {
        "title": "图解停放治理",
        "kind": "图解",
        "speaker": "方明（市教育局副局长）",
        "ai_generated": "是",
        "ai_generated_pictures": True,
        "body_html": '<img src="https://www.linhe.example/1.png" alt="图"/>',
    }
    (read,) = read_release({**MINIMAL, "interpretations": [given]}).content.interpretations

    assert (read.speaker, read.ai_generated) == ("方明（市教育局副局长）", True)
    assert [image.ai_generated for image in read.body.images] == [True]


def test_a_word_that_is_neither_yes_nor_no_is_refused() -> None:
    """A label that the law wants is not guessed."""
    given = {"title": "解读", "body": "正文。", "ai_generated": "部分"}

    assert "是" in _problems(interpretations=[given])["interpretations[0].ai_generated"]


@pytest.mark.parametrize(
    ("caption", "kept", "credit", "is_generated"),
    [
        ("办理流程（图源：市民政局）", "办理流程", "市民政局", False),
        ("摄影：李文", "", "李文", False),
        ("办理流程图：三步走", "办理流程图：三步走", "", False),
        ("AI生成的示意图", "AI生成的示意图", "", True),
        ("数据来源于年报", "数据来源于年报", "", False),
    ],
)
def test_a_caption_names_its_source_and_its_machine(
    caption: str, kept: str, credit: str, is_generated: bool
) -> None:
    """The credit gets its own place; a caption that only looks like one stays whole."""
    html = (
        '<figure><img src="https://www.linhe.example/1.png"/>'
        f"<figcaption>{caption}</figcaption></figure><p>正文。</p>"
    )
    content = read_release({**MINIMAL, "body": None, "body_html": html}).content

    (image,) = content.body.images
    assert (image.caption, image.credit, image.ai_generated) == (kept, credit, is_generated)


def test_what_a_version_corrects_is_read_within_its_length() -> None:
    """Posts show it, so it is short."""
    payload = {"id": "1", "title": "通知", "issuing_body": "甲局", "body": "正文。"}

    assert read_release(payload | {"correction": "数字有误"}).content.correction == "数字有误"
    with pytest.raises(InvalidInput, match="最多 200 个字"):
        read_release(payload | {"correction": "误" * 201})
