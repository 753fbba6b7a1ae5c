"""What people do on the simulated platform: followers, editors, administrators, the platform."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date
from typing import Any

from bot.sandbox.tables import ScenarioError, Table, read_table
from bot.sandbox.wechat import comments, custom, mass, menus, publishing, push, uploads
from bot.sandbox.wechat.act_shapes import (
    Announcing,
    AnsweringInConsole,
    Changing,
    Clicking,
    Commenting,
    Deciding,
    Editing,
    Flagging,
    How,
    MakingMenu,
    OfAccount,
    OfArticle,
    OfDraft,
    OfFollower,
    PuttingOut,
    Reading,
    Refusing,
    Revising,
    Scanning,
    Scripting,
    Sending,
    Subscribing,
    Tagging,
    Tapping,
    Uncommenting,
    Writing,
)
from bot.sandbox.wechat.ledger import Deeds
from bot.sandbox.wechat.state import (
    Account,
    CommentBook,
    Draft,
    Follower,
    Line,
    Publication,
    World,
)

Done = dict[str, Any]

TAPS_THAT_ALLOW_AN_ANSWER = frozenset({"CLICK", "scancode_push", "scancode_waitmsg"})


def subscribe(world: World, act: Subscribing) -> Done:
    """A follower follows."""
    is_new = act.openid not in world.account(act.account).followers
    account, follower = _follower(world, act)
    if is_new or not follower.is_subscribed:
        account.ledger.came[_today(world)] += 1
    follower.is_subscribed, follower.subscribed_at = True, int(world.now())
    custom.interact(world, follower, "follow")
    fields = {"EventKey": f"qrscene_{act.scene}" if act.scene else ""}
    if act.scene:
        fields["Ticket"] = "TICKET"
        custom.interact(world, follower, "scan")
    push.event(world, account, act.openid, "subscribe", fields)
    return {}


def unsubscribe(world: World, act: OfFollower) -> Done:
    """A follower leaves."""
    account, follower = _follower(world, act)
    if follower.is_subscribed:
        account.ledger.left[_today(world)] += 1
    follower.is_subscribed = False
    follower.grants.clear()
    push.event(world, account, act.openid, "unsubscribe", {"EventKey": ""})
    return {}


def write(world: World, act: Writing) -> Done:
    """A follower writes a text."""
    fields: dict[str, Any] = {"Content": act.text}
    if act.bizmsgmenuid:
        fields["bizmsgmenuid"] = act.bizmsgmenuid
    if act.msg_data_id:
        fields |= {"MsgDataId": act.msg_data_id, "Idx": act.idx}
    sending = Sending(act.account, act.openid, "text", fields, act.deliveries)
    return send(world, sending)


def send(world: World, act: Sending) -> Done:
    """A follower sends a message of any type."""
    account, follower = _follower(world, act)
    msg_id = world.next_number("message")
    fields = uploads.from_follower(account, act.type, act.fields, world.now())
    content = fields.get("Content", fields)
    follower.lines.append(Line(world.now(), True, "message", act.type, content, msg_id))
    custom.interact(world, follower, "message")
    push.message(
        world,
        account,
        act.openid,
        act.type,
        fields,
        msg_id=msg_id,
        deliveries=act.deliveries,
    )
    return {"msg_id": msg_id}


def tap(world: World, act: Tapping) -> Done:
    """A follower taps a button of the menu."""
    account, follower = _follower(world, act)
    name, fields = menus.event_of_tap(account, act.button, act.scanned)
    if name in TAPS_THAT_ALLOW_AN_ANSWER:
        custom.interact(world, follower, "click")
    push.event(world, account, act.openid, name, fields)
    return {"event": name}


def scan(world: World, act: Scanning) -> Done:
    """A follower scans a code with a parameter, or somebody follows by it."""
    account = world.account(act.account)
    known = account.followers.get(act.openid)
    if known is None or not known.is_subscribed:
        return subscribe(world, Subscribing(act.account, act.openid, act.scene))
    custom.interact(world, known, "scan")
    fields = {"EventKey": act.scene, "Ticket": "TICKET"}
    push.event(world, account, act.openid, "SCAN", fields)
    return {}


def click(world: World, act: Clicking) -> Done:
    """A follower taps a click button."""
    account, follower = _follower(world, act)
    custom.interact(world, follower, "click")
    push.event(world, account, act.openid, "CLICK", {"EventKey": act.key})
    return {}


def comment(world: World, act: Commenting) -> Done:
    """A reader comments on an article whose comments are open."""
    account = world.account(act.account)
    book = _book(account, act.msg_data_id, act.index)
    if not book.is_open:
        raise ScenarioError("comments are closed under this article")
    written = comments.write(book, act.openid, act.text, world.now())
    return {"user_comment_id": written.user_comment_id}


def uncomment(world: World, act: Uncommenting) -> Done:
    """A reader deletes their comment."""
    book = _book(world.account(act.account), act.msg_data_id, act.index)
    if book.comments.pop(act.user_comment_id, None) is None:
        raise ScenarioError(f"no comment {act.user_comment_id}")
    book.gone.add(act.user_comment_id)
    return {}


def read(world: World, act: Reading) -> Done:
    """Readers read an article; tomorrow's figures will tell."""
    deeds = _deeds(world.account(act.account), act, _today(world))
    deeds.sources[act.source] += act.readers
    deeds.counts.update(
        read_user=act.readers,
        share_user=act.shares,
        like_user=act.likes,
        zaikan_user=act.recommends,
        collection_user=act.collections,
        read_subscribe_user=act.subscribes,
        redirect_ori_page_user=act.source_visits,
        finished=act.finished,
        seconds=act.seconds * act.readers,
    )
    return {}


def revise(world: World, act: Revising) -> Done:
    """The platform counts a day anew."""
    try:
        day = date.fromisoformat(act.day)
    except ValueError:
        raise ScenarioError(f"day {act.day!r} is not YYYY-MM-DD") from None
    _deeds(world.account(act.account), act, day).counts.update(act.changes)
    return {}


def answer_in_console(world: World, act: AnsweringInConsole) -> Done:
    """An editor writes, changes or deletes the author's word by hand."""
    book = _book(world.account(act.account), act.msg_data_id, act.index)
    if act.user_comment_id not in book.comments:
        raise ScenarioError(f"no comment {act.user_comment_id}")
    comment = book.comments[act.user_comment_id]
    comment.reply, comment.replied_at = act.text, int(world.now()) if act.text else 0
    return {}


def put_out(world: World, act: PuttingOut) -> Done:
    """An editor publishes or mass-sends a draft by hand."""
    account, draft = _draft(world, act)
    if act.how is How.MASS:
        return {"msg_id": mass.send_from_console(world, account, draft).msg_id}
    return {"publish_id": str(publishing.start(world, account, draft, by_console=True).publish_id)}


def edit(world: World, act: Editing) -> Done:
    """An editor changes a draft."""
    _, draft = _draft(world, act)
    if not 0 <= act.index < len(draft.articles):
        raise ScenarioError(f"the draft has no article {act.index}")
    draft.articles[act.index] = {**draft.articles[act.index], **act.changes}
    draft.updated_at = int(world.now())
    return {}


def discard(world: World, act: OfDraft) -> Done:
    """An editor deletes a draft."""
    account, draft = _draft(world, act)
    del account.drafts[draft.media_id]
    return {}


def flag(world: World, act: Flagging) -> Done:
    """A draft gets a reason not to go out."""
    _draft(world, act)[1].refusal = act.refusal
    return {}


def make_menu(world: World, act: MakingMenu) -> Done:
    """An editor makes a menu in the console."""
    world.account(act.account).console_menu = {"button": list(act.buttons)}
    return {}


def delete_article(world: World, act: OfArticle) -> Done:
    """The owner deletes everything of a publication."""
    publication = _publication(world, act)
    publication.deleted.update(range(len(publication.articles)))
    return {}


def ban_article(world: World, act: OfArticle) -> Done:
    """The platform bans a publication."""
    _publication(world, act).is_banned = True
    return {}


def decide(world: World, act: Deciding) -> Done:
    """The administrator confirms or refuses a mass send."""
    account = world.account(act.account)
    job = account.mass_jobs.get(act.msg_id)
    if job is None or not job.waits_for_admin:
        raise ScenarioError(f"no mass send {act.msg_id} waits for the administrator")
    mass.decide(world, account, job, "" if act.confirmed else "err(40001)")
    return {}


def change(world: World, act: Changing) -> Done:
    """The account's particulars change, e.g. frozen or no longer verified."""
    world.change(world.account(act.account), act.changes)
    return {}


def script(world: World, act: Scripting) -> Done:
    """The next jobs end as told."""
    account = world.account(act.account)
    account.publish_script.extend(act.publish)
    account.mass_script.extend(act.mass)
    return {}


def revoke_tokens(world: World, act: OfAccount) -> Done:
    """Every token of the account dies, as after resetting the AppSecret."""
    world.account(act.account).tokens.revoke_all(world.now())
    return {}


def refuse(world: World, act: Refusing) -> Done:
    """A follower cannot be written to any more."""
    follower = _follower(world, act)[1]
    follower.refuses_messages = act.refuses_messages
    follower.is_blacklisted = act.is_blacklisted
    return {}


def tag(world: World, act: Tagging) -> Done:
    """A follower is put under a tag of the account."""
    account, follower = _follower(world, act)
    if act.tag_id not in account.tags:
        raise ScenarioError(f"no tag {act.tag_id}")
    follower.tags.add(act.tag_id)
    return {}


def announce(world: World, act: Announcing) -> Done:
    """The platform pushes an event."""
    push.event(world, world.account(act.account), act.openid, act.event, act.fields)
    return {}


def verify_address(world: World, act: OfAccount) -> Done:
    """An administrator saves the server configuration; see the callbacks for the outcome."""
    push.verify_address(world, world.account(act.account))
    return {}


def switch(world: World, act: dict[str, Any]) -> Done:
    """Open questions get another answer from now on."""
    table = {**dataclasses.asdict(world.switches), **act}
    world.switches = read_table(type(world.switches), table, "wechat.switches")
    return {}


ACTS: dict[str, tuple[Any, Callable[[World, Any], Done]]] = {
    "follower_subscribes": (Subscribing, subscribe),
    "follower_unsubscribes": (OfFollower, unsubscribe),
    "follower_writes": (Writing, write),
    "follower_sends": (Sending, send),
    "follower_clicks": (Clicking, click),
    "follower_taps": (Tapping, tap),
    "follower_scans": (Scanning, scan),
    "follower_comments": (Commenting, comment),
    "follower_deletes_comment": (Uncommenting, uncomment),
    "editor_answers_comment": (AnsweringInConsole, answer_in_console),
    "follower_refuses": (Refusing, refuse),
    "readers_read": (Reading, read),
    "follower_is_tagged": (Tagging, tag),
    "editor_publishes": (PuttingOut, put_out),
    "editor_edits_draft": (Editing, edit),
    "editor_deletes_draft": (OfDraft, discard),
    "editor_makes_menu": (MakingMenu, make_menu),
    "editor_deletes_article": (OfArticle, delete_article),
    "platform_flags_draft": (Flagging, flag),
    "platform_bans_article": (OfArticle, ban_article),
    "platform_sends_event": (Announcing, announce),
    "platform_revises_figures": (Revising, revise),
    "admin_decides": (Deciding, decide),
    "admin_verifies_callback": (OfAccount, verify_address),
    "change_account": (Changing, change),
    "change_switches": (dict, switch),
    "script_results": (Scripting, script),
    "revoke_tokens": (OfAccount, revoke_tokens),
}


def perform(world: World, name: str, arguments: Table) -> Done:
    """Do one act.

    Raises:
        ScenarioError: for an unknown act, arguments that do not fit, or things that are not there.
    """
    if name not in ACTS:
        raise ScenarioError(f"unknown act {name!r}; known: {', '.join(ACTS)}")
    shape, do = ACTS[name]
    return do(world, dict(arguments) if shape is dict else read_table(shape, arguments, name))


def _follower(world: World, act: OfFollower) -> tuple[Account, Follower]:
    account = world.account(act.account)
    return account, account.followers.setdefault(
        act.openid, Follower(act.openid, subscribed_at=int(world.now()))
    )


def _today(world: World) -> date:
    return world.stage.clock.beijing().date()


def _deeds(account: Account, act: Reading | Revising, day: date) -> Deeds:
    _book(account, act.msg_data_id, act.index)
    return account.ledger.articles[act.msg_data_id, act.index + 1][day]


def _draft(world: World, act: OfDraft) -> tuple[Account, Draft]:
    account = world.account(act.account)
    if act.media_id not in account.drafts:
        raise ScenarioError(f"no draft {act.media_id!r}")
    return account, account.drafts[act.media_id]


def _publication(world: World, act: OfArticle) -> Publication:
    account = world.account(act.account)
    if act.article_id not in account.publications:
        raise ScenarioError(f"nothing published as {act.article_id!r}")
    return account.publications[act.article_id]


def _book(account: Account, msg_data_id: int, index: int) -> CommentBook:
    book = comments.find_book(account, msg_data_id, index)
    if book is None:
        raise ScenarioError(f"no article {msg_data_id} index {index}")
    return book
