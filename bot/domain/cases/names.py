"""Classes of matters and ways in, with the words of the trade."""

from enum import StrEnum


class CaseClass(StrEnum):
    """What is wanted: 咨询 求助 投诉 建议 纠错 依申请公开 舆情."""

    QUESTION = "question"
    HELP = "help"
    COMPLAINT = "complaint"
    SUGGESTION = "suggestion"
    CORRECTION = "correction"
    DISCLOSURE = "disclosure"
    OPINION = "opinion"


class Entry(StrEnum):
    """How it came in: a follower's reply, a medium's question, the hot line, the site's mailbox,
    a public form of ours; or as staff heard it: by telephone, on paper, in person."""

    FOLLOWER = "follower"
    MEDIA = "media"
    HOTLINE = "hotline"
    MAILBOX = "mailbox"
    FORM = "form"
    PHONE = "phone"
    LETTER = "letter"
    VISIT = "visit"


CLASS_NAMES = {
    CaseClass.QUESTION: "咨询",
    CaseClass.HELP: "求助",
    CaseClass.COMPLAINT: "投诉",
    CaseClass.SUGGESTION: "建议",
    CaseClass.CORRECTION: "纠错",
    CaseClass.DISCLOSURE: "依申请公开",
    CaseClass.OPINION: "舆情",
}
ENTRY_NAMES = {
    Entry.FOLLOWER: "关注者留言",
    Entry.MEDIA: "媒体关切",
    Entry.HOTLINE: "12345 热线",
    Entry.MAILBOX: "网站信箱",
    Entry.FORM: "网上提交",
    Entry.PHONE: "来电",
    Entry.LETTER: "来信",
    Entry.VISIT: "来访",
}
