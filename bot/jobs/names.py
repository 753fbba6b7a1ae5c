"""Every name of a queue, a task and a beat entry; nothing else may spell one."""

from enum import StrEnum


class Queue(StrEnum):
    """Queues by what they must not be delayed by."""

    PUBLISH = "publish"
    RENDER = "render"
    URGENT = "urgent"
    COLLECT = "collect"
    ANSWER = "answer"


class Task(StrEnum):
    """Tasks by what they do."""

    TICK = "tongbu.tick"
    ADVANCE = "tongbu.advance_deliveries"
    PLAN = "tongbu.plan_release"
    PLAN_AWAITING = "tongbu.plan_awaiting_releases"
    COLLECT_ALL = "tongbu.collect_all"
    COLLECT = "tongbu.collect_replies"
    FIND_STATISTICS = "tongbu.find_statistics"
    READ_STATISTICS = "tongbu.read_statistics"
    RING_ANSWERS = "tongbu.ring_answers"
    SEND_ANSWERS = "tongbu.send_answers"
    ERASE = "tongbu.erase_followers"
    SWEEP_RETENTION = "tongbu.sweep_retention"
    FILE_REPLIES = "tongbu.file_replies"
    LOOK_OUT = "tongbu.look_out"
    TELL_PEOPLE = "tongbu.tell_people"
    SEND_NOTICES = "tongbu.send_notices"
    NOTE_DEADLINES = "tongbu.note_deadlines"
    OPEN_CASES = "tongbu.open_cases"
    TELL_ANSWERS = "tongbu.tell_answers"
    GROUP_QUESTIONS = "tongbu.group_questions"
    ANSWER_GROUPS = "tongbu.answer_groups"
    WATCH_TOPICS = "tongbu.watch_topics"
    MAKE_BRIEF = "tongbu.make_brief"
    FIND_RECALLED = "tongbu.find_recalled"
    TAKE_DOWN = "tongbu.take_recalled_down"
    READ_SOURCES = "tongbu.read_sources"
    READ_SOURCE = "tongbu.read_source"
    SWEEP_MEDIA = "tongbu.sweep_media"
    INSPECT = "tongbu.inspect_attachments"


class Beat(StrEnum):
    """Entries of the beat schedule."""

    TICK = "tick"
    PLAN_AWAITING = "plan awaiting releases"
    COLLECT_ALL = "collect replies"
    FIND_STATISTICS = "read statistics"
    RING_ANSWERS = "ring answers"
    ERASE = "erase followers"
    SWEEP_RETENTION = "erase what is kept too long"
    FILE_REPLIES = "file replies"
    LOOK_OUT = "look out"
    TELL_PEOPLE = "tell people"
    SEND_NOTICES = "send notices"
    NOTE_DEADLINES = "note deadlines of cases"
    OPEN_CASES = "open cases by rules"
    TELL_ANSWERS = "tell answers to who writes again"
    GROUP_QUESTIONS = "group questions"
    ANSWER_GROUPS = "answer groups of questions"
    WATCH_TOPICS = "watch topics"
    MAKE_BRIEF = "make the weekly brief"
    FIND_RECALLED = "take recalled posts down"
    READ_SOURCES = "read sources"
    SWEEP_MEDIA = "sweep media"
    INSPECT = "inspect attachments"


QUEUE_OF = {
    Task.TICK: Queue.URGENT,
    Task.ADVANCE: Queue.PUBLISH,
    Task.PLAN: Queue.RENDER,
    Task.PLAN_AWAITING: Queue.URGENT,
    Task.COLLECT_ALL: Queue.URGENT,
    Task.COLLECT: Queue.COLLECT,
    Task.FIND_STATISTICS: Queue.URGENT,
    Task.READ_STATISTICS: Queue.COLLECT,
    Task.RING_ANSWERS: Queue.URGENT,
    Task.SEND_ANSWERS: Queue.ANSWER,
    Task.ERASE: Queue.COLLECT,
    Task.SWEEP_RETENTION: Queue.COLLECT,
    Task.FILE_REPLIES: Queue.COLLECT,
    Task.LOOK_OUT: Queue.COLLECT,
    Task.TELL_PEOPLE: Queue.COLLECT,
    Task.SEND_NOTICES: Queue.COLLECT,
    Task.NOTE_DEADLINES: Queue.URGENT,
    Task.OPEN_CASES: Queue.COLLECT,
    Task.TELL_ANSWERS: Queue.COLLECT,
    Task.GROUP_QUESTIONS: Queue.COLLECT,
    Task.ANSWER_GROUPS: Queue.ANSWER,
    Task.WATCH_TOPICS: Queue.COLLECT,
    Task.MAKE_BRIEF: Queue.COLLECT,
    Task.FIND_RECALLED: Queue.URGENT,
    Task.TAKE_DOWN: Queue.PUBLISH,
    Task.READ_SOURCES: Queue.URGENT,
    Task.READ_SOURCE: Queue.RENDER,
    Task.SWEEP_MEDIA: Queue.COLLECT,
    Task.INSPECT: Queue.RENDER,
}
