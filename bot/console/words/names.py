"""Names of kinds, platforms, channels and roles as staff say them."""

from collections.abc import Mapping
from enum import StrEnum

from bot.domain.accounts.account import Mode, PlatformName
from bot.domain.accounts.budgets import Purpose
from bot.domain.cases.names import CLASS_NAMES, CaseClass
from bot.domain.notices.channel import ChannelKind
from bot.domain.people import Role
from bot.domain.posts.post import PostKind
from bot.domain.publishing.journal import Act
from bot.domain.publishing.route import StepRole
from bot.domain.releases.release import DisclosureAttribute, FiveOpens, InterpretationKind
from bot.domain.replies.reply import Channel, ReplyKind

NAMES: Mapping[type[StrEnum], Mapping[str, str]] = {
    PlatformName: {"wechat": "微信", "weibo": "微博", "files": "导入"},
    ChannelKind: {
        "wecom": "企业微信群机器人",
        "dingtalk": "钉钉群机器人",
        "feishu": "飞书群机器人",
        "email": "电子邮件",
    },
    Mode: {
        "draft": "存草稿，由人发布",
        "publish": "发布（不推送）",
        "mass": "群发（推送给关注者）",
        "share": "短微博",
        "commercial": "微博（商业接口）",
        "article": "头条文章",
        "collect": "只收来件",
    },
    PostKind: {
        "bundle": "政策和解读",
        "policy": "政策",
        "interpretation": "解读",
        "notice": "通知",
        "pictures": "图片消息",
    },
    InterpretationKind: {
        "text": "文字解读",
        "infographic": "图解",
        "video": "视频解读",
        "audio": "音频解读",
        "animation": "动漫解读",
        "qa": "政策问答",
        "expert": "专家解读",
        "official": "负责人解读",
        "media": "媒体解读",
        "press_conference": "新闻发布会",
        "interview": "访谈",
        "briefing": "吹风会",
    },
    FiveOpens: {
        "decision": "决策公开",
        "execution": "执行公开",
        "management": "管理公开",
        "service": "服务公开",
        "result": "结果公开",
    },
    DisclosureAttribute: {
        "proactive": "主动公开",
        "on_request": "依申请公开",
        "withheld": "不予公开",
    },
    Channel: {
        "wechat_message": "微信消息",
        "wechat_event": "微信事件",
        "wechat_comment": "微信留言",
        "weibo_comment": "微博评论",
        "weibo_mention": "微博@",
        "weibo_message": "微博私信",
        "imported": "导入的来件",
    },
    ReplyKind: {
        "message": "消息",
        "event": "事件",
        "comment": "评论",
        "mention": "提到我们",
        "private_message": "私信",
        "imported": "来件",
    },
    Role: {
        "writer": "撰稿",
        "editor": "编辑",
        "reviewer": "审核",
        "approver": "审批",
        "account_admin": "账号管理员",
        "desk": "留言专员",
        "dept_contact": "承办部门联络员",
        "supervisor": "督办",
        "secrecy_officer": "保密审查员",
        "auditor": "审计",
    },
    StepRole: {
        "prepare": "准备素材",
        "verify": "核对草稿",
        "accept": "提交发布",
        "confirm": "等待平台结果",
        "await_person": "等人在平台后台发布",
        "see": "以读者身份查看",
    },
    CaseClass: {one.value: name for one, name in CLASS_NAMES.items()},
    Purpose: {
        "publishing": "发布",
        "verifying": "核对",
        "authorising": "授权",
        "answering": "答复",
        "checking": "检查账号",
        "probing": "看有无新评论",
        "reading": "收取评论",
        "sweeping": "补查评论",
        "counting": "读取数据",
    },
    Act: {
        "call": "向平台提交",
        "look": "到平台查找",
        "event": "平台通知",
        "person": "人工处理",
    },
}

SHOWN_OF_A_SENDER = 4


def calls_told(calls: Mapping[str, int]) -> str:
    """“今天调用 43 次：发布 3、收取评论 12”, the largest first."""
    parts = sorted(calls.items(), key=lambda one: -one[1])
    told = "、".join(f"{name_of(Purpose, purpose)} {spent}" for purpose, spent in parts)
    return f"今天调用 {sum(calls.values())} 次：{told}"


def name_of(kind: type[StrEnum], value: str) -> str:
    """The name of one value; one that the platform invented later is shown as it is."""
    return NAMES[kind].get(value, value)


def masked(sender: str) -> str:
    """A follower's id with its middle hidden: enough to tell two apart, not to find anybody."""
    if len(sender) <= 2 * SHOWN_OF_A_SENDER:
        return sender[:1] + "…"
    return f"{sender[:SHOWN_OF_A_SENDER]}…{sender[-SHOWN_OF_A_SENDER:]}"
