"""Models as files: JSON with the terms in order, so that the same model is the same file."""

import json
from pathlib import Path

from bot.language.classifying import Model

FORMAT = 1


class UnreadableModel(Exception):
    """The file is no model, or one of another version: train it again."""


def save_model(model: Model, path: Path) -> None:
    """Write a model in place of the one before.

    Raises:
        OSError: the file cannot be written.
    """
    # No margin is ever big enough where the model was never sure: JSON has no infinity.
    margin = None if model.margin == float("inf") else model.margin
    weights = {
        label: {t: round(w, 9) for t, w in own.items()} for label, own in model.weights.items()
    }
    told = {"format": FORMAT, "margin": margin, "examples": model.examples, "weights": weights}
    written = json.dumps(told, ensure_ascii=False, sort_keys=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_text(written, encoding="utf-8")
    unfinished.replace(path)


def load_model(path: Path) -> Model:
    """The model of a file.

    Raises:
        UnreadableModel: it is none.
        OSError: the file cannot be read.
    """
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        if told["format"] != FORMAT:
            raise UnreadableModel(f"{path} is of another version; train it again")
        margin = float("inf") if told["margin"] is None else float(told["margin"])
        return Model(told["weights"], margin, int(told["examples"]))
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableModel(f"{path} is no model; train it again") from error
