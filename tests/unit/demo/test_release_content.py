"""The demonstration's release is whole, and says the same thing wherever it says it."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.demo import release
from bot.demo.release.draw import SUBSIDIES
from bot.domain.ids import AccountId
from bot.domain.releases.document import Table
from bot.domain.releases.release import InterpretationKind, ReleaseReading
from bot.domain.replies.answering import AnswerRule, Match
from bot.domain.replies.reply import Channel, Incoming, ReplyKind
from bot.domain.replies.rulebook import Rulebook
from bot.reading.json_shape import read_release
from bot.sandbox.tables import read_table
from bot.sandbox.wechat.act_shapes import Sending, Subscribing, Writing
from bot.sandbox.weibo.act_shapes import Commented, Mentioned

FOLDER = Path(release.__file__).parent
BASE = "http://127.0.0.1:8323"
CHANNELS = {
    "follower_writes": (Channel.WECHAT_MESSAGE, ReplyKind.MESSAGE),
    "follower_sends": (Channel.WECHAT_MESSAGE, ReplyKind.MESSAGE),
    "follower_subscribes": (Channel.WECHAT_EVENT, ReplyKind.EVENT),
    "comment": (Channel.WEIBO_COMMENT, ReplyKind.COMMENT),
    "mention": (Channel.WEIBO_MENTION, ReplyKind.MENTION),
}
SHAPES = {
    "follower_writes": Writing,
    "follower_sends": Sending,
    "follower_subscribes": Subscribing,
    "comment": Commented,
    "mention": Mentioned,
}
ACTS = json.loads((FOLDER / "followers.json").read_text(encoding="utf-8"))


def _reading() -> ReleaseReading:
    text = (FOLDER / "release.json").read_text(encoding="utf-8")
    return read_release(json.loads(text.replace("{{base}}", BASE)))


def _rules() -> list[AnswerRule]:
    rules = json.loads((FOLDER / "rules.json").read_text(encoding="utf-8"))
    return [
        AnswerRule(rule["name"], Match(rule["match"]), tuple(rule["words"]), rule["answer"])
        for rule in rules
    ]


def _table(number: int) -> list[list[str]]:
    tables = [block for block in _reading().content.body.blocks if isinstance(block, Table)]
    return [[cell.text for cell in row] for row in tables[number].rows]


def _tellings() -> dict[str, str]:
    """Every text that tells the whole standard again."""
    bodies = {item.kind.value: item.body.text for item in _reading().content.interpretations}
    answer = next(rule.answer for rule in _rules() if rule.name == "补贴标准")
    return {**bodies, "answer": answer}


def test_the_release_is_read_without_a_finding() -> None:
    """A demonstration that begins with warnings demonstrates warnings."""
    reading = _reading()

    assert reading.findings == ()
    assert reading.approval is not None
    assert len(re.sub(r"\s", "", reading.content.body.text)) >= 4500
    assert [item.kind for item in reading.content.interpretations] == [
        InterpretationKind.QA,
        InterpretationKind.INFOGRAPHIC,
    ]


def test_the_pictures_show_the_standard_of_the_table() -> None:
    """What is drawn is what was approved."""
    rows = [(row[0], row[2], row[3]) for row in _table(0)[1:]]

    assert rows == [(name, f"{share}%", f"{most}元") for name, _, share, most in SUBSIDIES]


@pytest.mark.parametrize("telling", ["qa", "infographic", "answer"])
def test_every_telling_gives_the_standard_of_the_table(telling: str) -> None:
    """Questions and answers, picture text and the automatic answer name the same amounts."""
    text = re.sub(r"\s", "", _tellings()[telling])

    for name, _, share, most in SUBSIDIES:
        sentence = re.search(rf"{name}[^第]*?{share}%[^第]*?最高{most}元", text)
        assert sentence, f"{telling}: {name}"


def test_the_catalogue_adds_up() -> None:
    """Six groups and twenty-six items, eight of them basic, as the text says."""
    rows = _table(1)[1:]
    basic = [row[1].split("、") for row in rows]
    optional = [row[2].split("、") for row in rows]

    assert [len(b) + len(o) for b, o in zip(basic, optional, strict=True)] == [
        int(row[3]) for row in rows
    ]
    assert (len(rows), sum(map(len, basic)), sum(map(len, optional))) == (6, 8, 18)
    assert "6大类26项，其中基础类8项、可选类18项" in _reading().content.body.text


def test_one_telephone_number_and_one_document_number_everywhere() -> None:
    """A citizen who calls reaches the office, whichever text the number was taken from."""
    everything = "".join(
        (FOLDER / name).read_text(encoding="utf-8")
        for name in ("release.json", "rules.json", "draw.py", "application_form.py")
    )

    assert set(re.findall(r"0000-\d+", everything)) == {"0000-8866018"}
    assert set(re.findall(r"云汀民发〔\d{4}〕\d+号", everything)) == {
        "云汀民发〔2026〕18号",
        "云汀民发〔2023〕9号",
    }


def test_every_file_is_there_and_is_used() -> None:
    """No picture is missing on release day, and none is carried for nothing."""
    texts = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json"))
    named = set(re.findall(r"\{\{base\}\}/([\w./-]+)", texts))
    there = {
        path.relative_to(FOLDER).as_posix()
        for folder in ("pictures", "attachments")
        for path in (FOLDER / folder).iterdir()
    }

    assert named == there
    assert all((FOLDER / name).stat().st_size < 300_000 for name in there)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act["act"])
def test_followers_are_answered_by_the_rule_the_story_says(act: dict[str, object]) -> None:
    """Keywords get their answer; a real question is left to a person."""
    arguments, expected = act["arguments"], act["expect"]
    assert isinstance(arguments, dict)
    assert isinstance(expected, dict)
    channel, kind = CHANNELS[str(act["act"])]
    incoming = Incoming(
        account=AccountId("demo"),
        channel=channel,
        kind=kind,
        key="1",
        sender="follower",
        text=arguments.get("text", ""),
        said_at=datetime(2026, 11, 20, tzinfo=UTC),
        raw="",
        type_name=str(act["act"]).removeprefix("follower_").removesuffix("s"),
    )

    rule = Rulebook(_rules()).fitting(incoming)

    assert (rule.name if rule else None) == expected["answered_by"]


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act["act"])
def test_the_simulators_understand_every_act(act: dict[str, object]) -> None:
    """The story can be played as it is written."""
    read_table(SHAPES[str(act["act"])], act["arguments"], "act")
