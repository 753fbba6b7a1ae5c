"""Deeds upon what is kept beside a case: the public answer, and the record of an application."""

from collections.abc import Mapping, Sequence

from bot.console.deeds import Deed
from bot.domain.cases.case import Case, CaseState
from bot.domain.cases.disclosure import Application
from bot.domain.cases.names import CaseClass
from bot.domain.permissions import Permission

_P = Permission

RECORD_DEEDS: Mapping[str, Deed] = {
    deed.name: deed
    for deed in (
        Deed(
            "take-back",
            "撤销答复",
            _P.HANDLE_OWN_CASES,
            "还没有发出；撤销后内容回到草稿，期限继续计算",
            done="已撤销，没有发出；内容在草稿里，可以改好再答复",
        ),
        Deed(
            "publish",
            "公开问答",
            _P.PUBLISH_ANSWER,
            "任何人都能在“问答公开”读到上面的内容；来信人的个人信息已隐去，请逐字核对",
            asks="publication",
            done="已公开，任何人都能读到",
        ),
        Deed(
            "unpublish",
            "撤下公开的问答",
            _P.PUBLISH_ANSWER,
            "公众不再读到这件问答，可以重新公开",
            asks="reason",
            done="已撤下，公众不再读到",
            is_grave=True,
        ),
        Deed(
            "check-secrecy",
            "登记保密审查",
            _P.CHECK_SECRECY,
            "审查的是上面这份答复；改动以后须重新审查",
            asks="secrecy",
            done="保密审查已登记",
        ),
        Deed(
            "mark-sensitive",
            "标为敏感件",
            _P.HANDLE_OWN_CASES,
            "不再自动答复、不进统一答复；答复须经保密审查和两人审核",
            asks="reason",
            done="已标为敏感件，答复须经保密审查和两人审核",
        ),
        Deed(
            "unmark-sensitive",
            "取消敏感件",
            _P.APPROVE_ANSWER,
            "以后按一般办理件答复",
            asks="reason",
            done="已不再是敏感件",
        ),
        Deed(
            "hold",
            "暂缓删除",
            _P.HANDLE_CASES,
            "复议、诉讼或者调查期间使用；保存期限到了、来信人离开了，内容也不删除",
            asks="reason",
            done="已暂缓删除，内容一直保留到解除",
        ),
        Deed(
            "release",
            "解除暂缓删除",
            _P.SUPERVISE,
            "以后按保存期限删除内容",
            asks="reason",
            done="已解除暂缓删除",
        ),
        Deed(
            "file",
            "登记申请",
            _P.HANDLE_CASES,
            "收到书面申请、身份证明和联系方式之后登记；从收到之日起 20 个工作日内答复",
            asks="filed",
            done="已登记，期限按 20 个工作日计算",
        ),
        Deed(
            "ask-correction",
            "要求补正",
            _P.HANDLE_CASES,
            "只能一次，收到申请起 7 个工作日内；计时暂停，补正后重新计算",
            asks="note?",
            done="已登记要求补正，计时暂停",
        ),
        Deed(
            "corrected",
            "收到补正",
            _P.HANDLE_CASES,
            "从现在起重新计算 20 个工作日",
            done="已收到补正，期限重新计算",
        ),
        Deed(
            "pause",
            "征求意见",
            _P.HANDLE_CASES,
            "征求第三方或者其他机关的意见；所需时间不计入期限",
            asks="reason",
            done="已登记征求意见，计时暂停",
        ),
        Deed(
            "resume",
            "收到意见",
            _P.HANDLE_CASES,
            "计时继续",
            done="已收到意见，计时继续",
        ),
        Deed(
            "extend",
            "延长期限",
            _P.APPROVE_ANSWER,
            "只能一次，最多 20 个工作日；须告知申请人",
            asks="days",
            done="期限已延长，请告知申请人",
        ),
    )
}


def of_answer(case: Case, *, is_public: bool, can_take_back: bool) -> Sequence[str]:
    """What can be done with an answer that is given."""
    undo = ["take-back"] if can_take_back else []
    if is_public:
        return [*undo, "unpublish"]
    if case.state not in {CaseState.ANSWERED, CaseState.CLOSED} or not case.answer_text:
        return undo
    return [*undo, "publish"]


def of_care(case: Case) -> Sequence[str]:
    """What can be done about how carefully it is answered."""
    return ("mark-sensitive",) if case.care is None else ("unmark-sensitive",)


def of_keeping(case: Case) -> Sequence[str]:
    """What can be done about how long its words are kept."""
    if case.hold is not None:
        return ("release",)
    return ("hold",) if case.tombstone is None else ()


def of_application(case: Case, application: Application | None) -> Sequence[str]:
    """What can be done with an application that was filed, or has yet to be."""
    if not case.is_running or case.case_class is not CaseClass.DISCLOSURE:
        return ()
    if application is None:
        return ("file",)
    if application.correction_asked_at is not None and application.corrected_at is None:
        return ("corrected",)
    if application.is_paused:
        return ("resume",)
    asked = ("ask-correction",) if application.correction_asked_at is None else ()
    longer = ("extend",) if not application.extended_days else ()
    return (*asked, "pause", *longer)
