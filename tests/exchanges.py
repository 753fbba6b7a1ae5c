"""Our samples of platforms' requests and answers: what a client sends and what it has to read.

Each file under `samples/<platform>/exchanges` is a conversation, in order: exchanges, acts of other
people on the simulated platform, switches of it, and time that passes. Ids in it are invented; the
platform gives others, and whoever plays a conversation learns them from its answers.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).parent / "samples"
RID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}")
IDS = frozenset(
    {
        "media_id",
        "publish_id",
        "msg_data_id",
        "msg_id",
        "article_id",
        "user_comment_id",
        "id",
        "url",
    }
)
WEIBO_IDS = frozenset({"id", "idstr", "mid", "pic_id", "object_id", "msg_id", "access_token"})


@dataclass(frozen=True)
class Exchange:
    """One request with its answer."""

    conversation: str
    name: str
    request: dict[str, Any]
    response: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.conversation}: {self.name}"

    @property
    def path(self) -> str:
        return str(self.request["path"])

    @property
    def is_refusal(self) -> bool:
        return bool(self.response.get("errcode"))


def conversations(platform: str = "wechat") -> list[str]:
    """The names of all conversations with a platform."""
    return sorted(file.stem for file in (SAMPLES / platform / "exchanges").glob("*.json"))


def lines_of(conversation: str, platform: str = "wechat") -> list[dict[str, Any]]:
    """A conversation as it stands in its file."""
    file = SAMPLES / platform / "exchanges" / f"{conversation}.json"
    lines: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))
    return lines


def exchanges(platform: str = "wechat") -> Iterator[Exchange]:
    """Every exchange of every conversation with a platform."""
    for conversation in conversations(platform):
        for line in lines_of(conversation, platform):
            if "request" in line:
                yield Exchange(conversation, line["name"], line["request"], line["response"])


@dataclass
class Ids:
    """Which of the platform's ids stands for which invented one."""

    keys: frozenset[str] = IDS
    known: dict[str, Any] = field(default_factory=dict)

    def learn(self, sample: Any, answer: Any) -> None:
        """Pair the ids of a sample with those of the platform's answer to it."""
        if isinstance(sample, dict) and isinstance(answer, dict):
            for key, value in sample.items():
                if key in self.keys and key in answer:
                    self.known[str(value)] = answer[key]
                elif key == "errmsg":
                    self._learn_rid(str(value), str(answer.get(key, "")))
                else:
                    self.learn(value, answer.get(key))
        elif isinstance(sample, list) and isinstance(answer, list):
            for one, other in zip(sample, answer, strict=False):
                self.learn(one, other)

    def filled(self, value: Any) -> Any:
        """`value` with the platform's ids in place of the invented ones."""
        if isinstance(value, dict):
            return {key: self.filled(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self.filled(one) for one in value]
        if isinstance(value, bool) or not isinstance(value, str | int):
            return value
        if str(value) in self.known:
            return type(value)(self.known[str(value)])
        return self._inside(value) if isinstance(value, str) else value

    def _inside(self, text: str) -> str:
        for invented, real in self.known.items():
            if len(invented) > 20:
                text = text.replace(invented, str(real))
        return text

    def _learn_rid(self, sample: str, answer: str) -> None:
        invented, real = RID.search(sample), RID.search(answer)
        if invented and real:
            self.known[invented[0]] = real[0]


def misfits(sample: Any, answer: Any, at: str = "answer") -> list[str]:
    """Where an answer lacks something of the sample, or has another kind; ids may be text or
    number, and of a list the first element counts."""
    if isinstance(sample, dict):
        if not isinstance(answer, dict):
            return [f"{at} is no object"]
        lacking = [f"{at}.{key} is missing" for key in sample if key not in answer]
        present = [key for key in sample if key in answer]
        return lacking + [
            fault for key in present for fault in misfits(sample[key], answer[key], f"{at}.{key}")
        ]
    if isinstance(sample, list):
        if not isinstance(answer, list) or (bool(sample) and not answer):
            return [f"{at} is no list, or an empty one"]
        return misfits(sample[0], answer[0], f"{at}[0]") if sample else []
    is_id = at.rpartition(".")[2].partition("[")[0] in IDS | WEIBO_IDS
    if type(sample) is type(answer) or (is_id and isinstance(answer, str | int)):
        return []
    return [f"{at} is {type(answer).__name__}, not {type(sample).__name__}"]
