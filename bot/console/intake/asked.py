"""The fields a person confirms: from what was recognised, and on to the shape releases are judged
in."""

from collections.abc import Mapping
from datetime import date

from bot.console.intake.handed import Handed, Part
from bot.console.words.times import as_input
from bot.domain.releases.release import FiveOpens, Release

TEXTS = (
    *("title", "document_number", "index_number", "issuing_body", "issued_on", "published_on"),
    *("topic", "disclosure", "url", "contact", "correction", "release_at"),
)
OF_INTERPRETATION = ("title", "kind", "speaker", "published_on", "url")
FLAGS = ("ai_generated", "ai_generated_pictures")
STAGE = "five_opens-"
"""Begins the box of each stage of 五公开."""


def first_answers(handed: Handed, recognised: Mapping[str, str]) -> dict[str, str]:
    """What stands in the fields at first: what the input says, then what the release says of
    which this is another version."""
    part, of = handed.purpose.part, handed.purpose.of
    if part is Part.INTERPRETATION:
        return {name: recognised.get(name, "") for name in OF_INTERPRETATION}
    known = _of_release(of) if of else {"disclosure": "proactive"}
    answers = {name: recognised.get(name) or known.get(name, "") for name in TEXTS}
    stages = recognised.get("five_opens", "")
    answers |= {f"{STAGE}{s.value}": "yes" for s in FiveOpens if s.value in stages}
    return answers | {name: said for name, said in known.items() if name.startswith(STAGE)}


def payload(handed: Handed, answers: Mapping[str, str]) -> dict[str, object]:
    """The fields in the JSON shape; the text comes from the input."""
    if handed.purpose.part is Part.INTERPRETATION:
        told: dict[str, object] = _filled(answers, OF_INTERPRETATION)
        return told | {name: True for name in FLAGS if answers.get(name)}
    of = handed.purpose.of
    told = _filled(answers, TEXTS)
    stages = [stage.value for stage in FiveOpens if answers.get(STAGE + stage.value)]
    key = of.source_key if of else f"hand-{handed.key[:24]}"
    return told | ({"five_opens": stages} if stages else {}) | {"source_id": key}


def _filled(answers: Mapping[str, str], names: tuple[str, ...]) -> dict[str, object]:
    return {name: answers[name] for name in names if answers.get(name, "").strip()}


def _of_release(release: Release) -> dict[str, str]:
    content = release.content
    told = {
        "title": content.title,
        "document_number": content.document_number or "",
        "issuing_body": "、".join(content.issuing_bodies),
        "issued_on": _day(content.issued_on),
        "published_on": _day(content.published_on),
        "topic": content.topic or "",
        "index_number": content.index_number or "",
        "disclosure": content.disclosure.value,
        "url": content.source_url or "",
        "contact": content.contact or "",
        "release_at": as_input(release.release_at) if release.release_at else "",
    }
    return told | {f"{STAGE}{stage.value}": "yes" for stage in content.five_opens}


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
