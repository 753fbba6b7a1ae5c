"""Who may do what: one table of permissions by role."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.errors import NotAllowed
from bot.domain.people import Role
from bot.domain.posts.review import ReviewStep


class Permission(StrEnum):
    """Things people do that change something or show something guarded."""

    READ = "read"
    HAND_IN_RELEASE = "hand_in_release"
    WRITE_POST = "write_post"
    APPROVE_RELEASE = "approve_release"
    OVERRIDE_CHECKS = "override_checks"
    REVIEW_FIRST = "review_first"
    APPROVE_POST = "approve_post"
    APPROVE_FINALLY = "approve_finally"
    SCHEDULE = "schedule"
    RESOLVE_DELIVERY = "resolve_delivery"
    WITHDRAW = "withdraw"
    STOP = "stop"
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_PEOPLE = "manage_people"
    ANSWER = "answer"
    READ_AUDIT = "read_audit"
    SEE_PERSONAL_DATA = "see_personal_data"
    HANDLE_CASES = "handle_cases"
    HANDLE_OWN_CASES = "handle_own_cases"
    APPROVE_ANSWER = "approve_answer"
    CHECK_SECRECY = "check_secrecy"
    PUBLISH_ANSWER = "publish_answer"
    SUPERVISE = "supervise"
    MANAGE_CASE_RULES = "manage_case_rules"


_P = Permission

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.WRITER: frozenset({_P.READ, _P.HAND_IN_RELEASE, _P.WRITE_POST}),
    Role.EDITOR: frozenset(
        {
            _P.READ,
            _P.HAND_IN_RELEASE,
            _P.WRITE_POST,
            _P.REVIEW_FIRST,
            _P.SCHEDULE,
            _P.RESOLVE_DELIVERY,
            _P.STOP,
        }
    ),
    Role.REVIEWER: frozenset(
        {
            _P.READ,
            _P.REVIEW_FIRST,
            _P.APPROVE_POST,
            _P.APPROVE_ANSWER,
            _P.CHECK_SECRECY,
            _P.PUBLISH_ANSWER,
            _P.STOP,
        }
    ),
    Role.APPROVER: frozenset(
        {
            _P.READ,
            _P.APPROVE_RELEASE,
            _P.OVERRIDE_CHECKS,
            _P.REVIEW_FIRST,
            _P.APPROVE_POST,
            _P.APPROVE_FINALLY,
            _P.SCHEDULE,
            _P.RESOLVE_DELIVERY,
            _P.WITHDRAW,
            _P.APPROVE_ANSWER,
            _P.CHECK_SECRECY,
            _P.PUBLISH_ANSWER,
            _P.STOP,
        }
    ),
    Role.ACCOUNT_ADMIN: frozenset({_P.READ, _P.MANAGE_ACCOUNTS, _P.MANAGE_PEOPLE, _P.STOP}),
    Role.DESK: frozenset({_P.READ, _P.SEE_PERSONAL_DATA, _P.ANSWER, _P.HANDLE_CASES}),
    Role.DEPT_CONTACT: frozenset({_P.READ, _P.HANDLE_OWN_CASES}),
    Role.SUPERVISOR: frozenset({_P.READ, _P.READ_AUDIT, _P.SUPERVISE, _P.MANAGE_CASE_RULES}),
    Role.SECRECY_OFFICER: frozenset({_P.READ, _P.CHECK_SECRECY}),
    Role.AUDITOR: frozenset({_P.READ, _P.READ_AUDIT}),
}

PERMISSION_NAMES = {
    _P.READ: "查看",
    _P.HAND_IN_RELEASE: "提交政策",
    _P.WRITE_POST: "撰写稿件",
    _P.APPROVE_RELEASE: "审批政策发布",
    _P.OVERRIDE_CHECKS: "检查没有通过时仍予审批",
    _P.REVIEW_FIRST: "初审稿件",
    _P.APPROVE_POST: "审核稿件",
    _P.APPROVE_FINALLY: "终审稿件",
    _P.SCHEDULE: "安排发布时间",
    _P.RESOLVE_DELIVERY: "处理发送结果",
    _P.WITHDRAW: "撤回",
    _P.STOP: "紧急停发",
    _P.MANAGE_ACCOUNTS: "管理账号",
    _P.MANAGE_PEOPLE: "管理人员",
    _P.ANSWER: "答复留言",
    _P.READ_AUDIT: "查看审计记录",
    _P.SEE_PERSONAL_DATA: "导出个人信息",
    _P.HANDLE_CASES: "受理和转办",
    _P.HANDLE_OWN_CASES: "承办本部门的办理件",
    _P.APPROVE_ANSWER: "审核答复",
    _P.CHECK_SECRECY: "保密审查",
    _P.PUBLISH_ANSWER: "公开答复",
    _P.SUPERVISE: "督办",
    _P.MANAGE_CASE_RULES: "管理办理规则",
}
"""What each is called where staff read of it."""


STEP_PERMISSIONS = {
    ReviewStep.FIRST: _P.REVIEW_FIRST,
    ReviewStep.SECOND: _P.APPROVE_POST,
    ReviewStep.FINAL: _P.APPROVE_FINALLY,
}
"""What it takes to take each step of a review."""


@dataclass(frozen=True)
class Actor:
    """Who acts: a member of staff by login, the operator at the command line, or the system."""

    name: str
    roles: frozenset[Role] = frozenset()
    is_operator: bool = False

    def may(self, permission: Permission) -> bool:
        """Whether a role of this actor grants `permission`."""
        return self.is_operator or any(permission in GRANTS[role] for role in self.roles)

    def require(self, permission: Permission) -> None:
        """Go on only if the actor may.

        Raises:
            NotAllowed: naming what is missing, and whom to ask.
        """
        if not self.may(permission):
            raise NotAllowed(
                f"您没有“{PERMISSION_NAMES[permission]}”的权限，请联系账号管理员调整角色"
            )


SYSTEM = Actor("tongbu", is_operator=True)
"""Tongbu itself, acting on rules that people wrote."""
OPERATOR_PREFIX, API_PREFIX = "cli:", "api:"
"""How the names of those begin who act at the command line, and of programs."""


def name_of_no_person(name: str) -> str:
    """What to call an actor that is no member of staff; empty for everybody else."""
    if name == SYSTEM.name:
        return "系统"
    if name.startswith(OPERATOR_PREFIX):
        return "系统管理员"
    return f"接口“{name.removeprefix(API_PREFIX)}”" if name.startswith(API_PREFIX) else ""
