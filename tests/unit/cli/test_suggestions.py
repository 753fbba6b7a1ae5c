"""A model is trained, judged and asked at the command line."""

import json
from pathlib import Path

from tests.unit.cli.desk import Desk
from tests.unit.language.test_classifying import EXAMPLES


def labelled(folder: Path) -> Path:
    path = folder / "labelled.jsonl"
    rows = (json.dumps({"text": e.text, "label": e.label}, ensure_ascii=False) for e in EXAMPLES)
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def test_a_model_is_trained_and_asked(desk: Desk, tmp_path: Path) -> None:
    """A report alone leaves no model behind."""
    path = labelled(tmp_path)

    reported = desk.run("suggest", "train", path, "--report", "--json")
    before = desk.run("suggest", "label", "公交站台")
    trained = desk.run("suggest", "train", path)
    after = desk.run("suggest", "label", "公交站台的公交车", "--json")

    assert reported.json["macro"] == 1.0
    assert before.status == 1
    assert "suggest train" in before.err
    assert trained.status == 0
    assert after.json["label"] == "交通"


def test_a_file_of_another_shape_is_refused_plainly(desk: Desk, tmp_path: Path) -> None:
    """With the fields that were looked for."""
    answer = desk.run("suggest", "train", labelled(tmp_path), "--label", "topic")

    assert answer.status == 1
    assert "--label" in answer.err


def test_what_a_follower_wants_is_suggested_by_phrases(desk: Desk) -> None:
    """Without any model."""
    assert desk.run("suggest", "class", "投诉扰民", "--json").json["label"] == "投诉"
    assert desk.run("suggest", "class", "谢谢").status == 1
