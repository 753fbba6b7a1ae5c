"""Two versions side by side: what changed, and nothing else."""

from dataclasses import replace
from datetime import date

from bot.domain.releases.differences import (
    Change,
    FieldChange,
    Line,
    Piece,
    compare_lines,
    difference,
)
from bot.domain.releases.release import Interpretation, InterpretationKind
from tests import factories as make

QA = Interpretation("问答", InterpretationKind.QA, make.document("问：？", "答：可以。"))


def test_the_same_content_has_no_difference() -> None:
    """Nothing is told where nothing changed."""
    told = difference(make.content(), make.content())

    assert told.fields == told.texts == ()


def test_a_changed_figure_is_told_inside_its_line() -> None:
    """A reader sees the one figure, not two long lines."""
    (line,) = compare_lines(["每户补贴八千元。"], ["每户补贴九千元。"])

    assert line.pieces == (
        Piece(Change.SAME, "每户补贴"),
        Piece(Change.REMOVED, "八"),
        Piece(Change.ADDED, "九"),
        Piece(Change.SAME, "千元。"),
    )


def test_a_line_that_is_another_one_is_told_whole() -> None:
    """Stray characters two sentences share would only confuse."""
    (line,) = compare_lines(["甲乙丙丁戊己庚辛"], ["今晚停水三小时"])

    assert [piece.change for piece in line.pieces] == [Change.REMOVED, Change.ADDED]


def test_unchanged_lines_far_from_a_change_are_counted() -> None:
    """A hundred pages with one change are one screen."""
    before = [f"第{n}条" for n in range(10)]

    lines = compare_lines(before, [*before[:5], "新的一条", *before[5:]])

    assert lines == (
        Line(left_out=4),
        Line((Piece(Change.SAME, "第4条"),)),
        Line((Piece(Change.ADDED, "新的一条"),)),
        Line((Piece(Change.SAME, "第5条"),)),
        Line(left_out=4),
    )


def test_fields_tell_what_they_were_and_are() -> None:
    """Also where there was nothing before."""
    before = make.content(contact=None)
    after = replace(before, contact="停车科", issued_on=date(2026, 11, 21))

    assert difference(before, after).fields == (
        FieldChange("issued_on", str(before.issued_on or ""), "2026-11-21"),
        FieldChange("contact", "", "停车科"),
    )


def test_interpretations_come_go_and_change() -> None:
    """Known by their titles."""
    plain = make.content(interpretations=())
    explained = replace(plain, interpretations=(QA,))
    changed = replace(QA, body=make.document("问：？", "答：不可以。"))

    (came,) = difference(plain, explained).texts
    (went,) = difference(explained, plain).texts
    (other,) = difference(explained, replace(plain, interpretations=(changed,))).texts

    assert (came.title, came.change) == ("问答", Change.ADDED)
    assert went.change is Change.REMOVED
    assert Piece(Change.ADDED, "不") in other.lines[-1].pieces
