"""Users, tokens, sources, stops and the audit at the command line."""

import json
import sqlite3

from bot.usecases.people.api_tokens import source_behind
from tests.unit.cli.desk import Desk


def test_a_user_is_added_with_a_password_from_standard_input(desk: Desk) -> None:
    """The password is in no argument, and none is printed."""
    added = desk.run(
        "user", "add", "wang", "--role", "editor", "--role", "desk", "--name", "王编辑",
        "--password-stdin", typed="a long password\n",
    )  # fmt: skip

    assert added.status == 0
    assert desk.run("user", "list", "--json").json == [
        {"login": "wang", "name": "王编辑", "roles": ["desk", "editor"], "enabled": True}
    ]


def test_a_short_password_is_refused(desk: Desk) -> None:
    """With the rule it breaks."""
    answer = desk.run("user", "add", "wang", "--role", "desk", "--password-stdin", typed="short\n")

    assert answer.status == 1
    assert answer.err.startswith("password:")


def test_a_colleague_gets_other_roles_a_password_and_leaves(desk: Desk) -> None:
    """Each by one command; the last password that works is the one that was printed."""
    for login in ("wang", "li"):
        typed = "correct horse 电池\n"
        desk.run("user", "add", login, "--role", "account_admin", "--password-stdin", typed=typed)

    changed = desk.run("user", "roles", "wang", "--role", "editor", "--role", "desk")
    given = desk.run("user", "reset", "wang").out.strip()
    handed = desk.run("user", "hand-over", "wang", "li", "--note", "没有未办事项")
    left = desk.run("user", "disable", "wang")
    last = desk.run("user", "disable", "li")

    assert changed.out.strip() == "wang  desk, editor"
    assert len(given) == 19
    assert handed.out.strip() == "0 cases, 0 posts"
    assert left.status == 0
    assert last.status == 1
    assert "至少要留一位" in last.err


def test_a_token_is_shown_once_and_works_until_it_is_revoked(desk: Desk) -> None:
    """Standard output holds the secret alone, for `$(…)`."""
    desk.run("source", "add", "site", "--kind", "api", "--trust", "approved")
    secret = desk.run("token", "add", "门户", "--source", "site").out.strip()
    token = source_behind(secret, storage=desk.house().storage)
    desk.run("token", "revoke", token.id)

    listed = desk.run("token", "list", "--json").json
    assert token.source == "site"
    assert listed[0]["revoked_at"] is not None
    assert secret not in json.dumps(listed)


def test_a_folder_needs_its_address(desk: Desk) -> None:
    """Else nothing would ever be read, silently."""
    answer = desk.run("source", "add", "inbox", "--kind", "folder")

    assert (answer.status, answer.err[:8]) == (1, "address:")


def test_stop_and_lift_are_for_everything_or_one_account(desk: Desk) -> None:
    """An account that is not there is refused, not ignored."""
    everything = desk.run("stop")
    stopped = desk.run("doctor", "--json").json
    desk.run("lift")
    lifted = desk.run("doctor", "--json").json

    assert everything.status == 0
    assert "stop" in {finding["part"] for finding in stopped["findings"]}
    assert "stop" not in {finding["part"] for finding in lifted["findings"]}
    assert desk.run("stop", "没有的账号").status == 1


def test_the_audit_names_the_operator_and_verifies(desk: Desk) -> None:
    """Every change at the command line leaves a record."""
    desk.run("source", "add", "site", "--kind", "api")
    desk.run("stop")
    out = desk.home.parent / "audit.jsonl"

    assert desk.run("audit", "verify", "--json").json["records"] == 2
    assert desk.run("audit", "export", "--out", out).status == 0
    records = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [r["action"] for r in records] == ["source.added", "publishing.stopped"]
    assert all(r["actor"].startswith("cli:") for r in records)


def test_a_changed_audit_record_is_found(desk: Desk) -> None:
    """Exit status 1, and the record is named."""
    desk.run("source", "add", "site", "--kind", "api")
    with sqlite3.connect(desk.home / "tongbu.sqlite3") as database:
        database.execute("UPDATE audit_records SET actor = 'nobody'")
    database.close()

    answer = desk.run("audit", "verify")

    assert (answer.status, answer.err[:8]) == (1, "record 1")


def test_doctor_says_what_is_ill_and_what_to_do(desk: Desk) -> None:
    """Exit status 1 while the broker is away."""
    answer = desk.run("doctor", "--json")

    ill = [finding for finding in answer.json["findings"] if not finding["ok"]]
    assert answer.status == 1
    assert [(f["part"], f["next_step"]) for f in ill] == [
        ("broker", "start it, or everything together: tongbu serve")
    ]
