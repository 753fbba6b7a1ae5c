"""What citizens, editors and the platform itself do, besides the calls of the API."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.platform import Stage
from bot.sandbox.tables import ScenarioError, Table, read_table
from bot.sandbox.weibo.act_shapes import (
    Commented,
    Limited,
    Mentioned,
    OnAccount,
    OnComment,
    OnPost,
    OnUser,
    Reviewed,
    Revoked,
    Twisted,
    Typed,
)
from bot.sandbox.weibo.calls import Caller
from bot.sandbox.weibo.comments import announce, arrive
from bot.sandbox.weibo.errors import Refusal
from bot.sandbox.weibo.letters import Letter, deliver, mention_note, open_mention_window
from bot.sandbox.weibo.oauth import issue
from bot.sandbox.weibo.posting import NewPost, publish
from bot.sandbox.weibo.push import push_of, revocation, verification
from bot.sandbox.weibo.records import App, Comment, Status, User
from bot.sandbox.weibo.state import World
from bot.sandbox.weibo.twists import Twist, TwistKind


class Acts:
    """The acts by name; ids come back as strings, since JSON readers may lose digits."""

    def __init__(self, world: World, stage: Stage) -> None:
        self._world = world
        self._stage = stage
        self._acts: dict[str, tuple[type[Any], Callable[[Any], Any]]] = {
            "comment": (Commented, self._comment),
            "approve_comment": (OnComment, self._approve),
            "delete_comment": (OnComment, self._delete_comment),
            "mention": (Mentioned, self._mention),
            "message": (Letter, self._message),
            "hide_post": (OnPost, self._hide),
            "delete_post": (OnPost, self._delete_post),
            "like_post": (OnPost, self._like),
            "repost_post": (OnPost, self._repost),
            "delete_user": (OnUser, self._delete_user),
            "expire_tokens": (OnAccount, self._expire),
            "revoke_tokens": (Revoked, self._revoke),
            "limit_tokens": (Limited, self._limit),
            "issue_token": (OnAccount, self._issue),
            "freeze": (OnAccount, lambda act: self._freeze(act, frozen=True)),
            "unfreeze": (OnAccount, lambda act: self._freeze(act, frozen=False)),
            "verify_callback": (OnAccount, self._verify),
            "delay_next_post": (Twisted, self._delay_post),
            "fail_next_article": (Twisted, self._fail_article),
            "post_by_hand": (Typed, self._type),
            "set_app_level": (Reviewed, self._review),
        }

    def perform(self, name: str, arguments: Table) -> Any:
        """Do it. ScenarioError for an unknown act, account, post or argument."""
        if name not in self._acts:
            raise ScenarioError(f"act {name!r} is not known; known: {', '.join(self._acts)}")
        shape, perform = self._acts[name]
        try:
            return perform(read_table(shape, arguments, name))
        except Refusal as refusal:
            raise ScenarioError(f"{name}: {refusal.code} {refusal.text}") from refusal

    def _comment(self, act: Commented) -> Any:
        status = self._post(act.account, act.post)
        self._world.citizen(act.citizen, act.screen_name)
        comment = Comment(
            id=self._world.ids.next(),
            status_id=status.id,
            uid=act.citizen,
            text=act.text,
            created_at=self._world.now(),
            reply_to=act.reply_to,
            approved=not act.pending,
        )
        self._push_mentions(arrive(self._world, comment), act.citizen, "comment", comment.id)
        return {"comment": str(comment.id), "post": str(status.id)}

    def _approve(self, act: OnComment) -> Any:
        comment = self._world.comment(act.comment)
        if not comment.approved:
            comment.approved = True
            named = announce(self._world, comment)
            self._push_mentions(named, comment.uid, "comment", comment.id)
        return {"comment": str(comment.id)}

    def _delete_comment(self, act: OnComment) -> Any:
        self._world.comment(act.comment).deleted = True
        return {}

    def _mention(self, act: Mentioned) -> Any:
        account = self._account(act.account)
        citizen = self._world.citizen(act.citizen, act.screen_name)
        handle = f"@{account.screen_name}"
        text = act.text if handle in act.text else f"{handle} {act.text}"
        status = self._by_hand(citizen, text)
        self._push_mentions([account.uid], citizen.uid, "status", status.id)
        return {"post": str(status.id)}

    def _message(self, act: Letter) -> Any:
        account = self._account(act.account)
        note = deliver(self._world, account, act)
        if account.callback_url:
            for _ in range(act.times):
                self._stage.pusher.enqueue(push_of(self._world, account, note))
        return {"created_at": int(note.at), "data": note.data}

    def _push_mentions(self, named: list[int], citizen: int, subtype: str, key: int) -> None:
        for uid in named:
            account = self._world.users[uid]
            if not account.registered or not account.mentions_pushed or not account.callback_url:
                continue
            open_mention_window(self._world, uid, citizen)
            note = mention_note(self._world, uid, citizen, subtype, key)
            self._stage.pusher.enqueue(push_of(self._world, account, note))

    def _hide(self, act: OnPost) -> Any:
        self._post(act.account, act.post).hidden = True
        return {}

    def _delete_post(self, act: OnPost) -> Any:
        self._post(act.account, act.post).deleted = True
        return {}

    def _like(self, act: OnPost) -> Any:
        status = self._post(act.account, act.post)
        status.attitudes += 1
        return {"attitudes": status.attitudes}

    def _repost(self, act: OnPost) -> Any:
        status = self._post(act.account, act.post)
        status.reposts += 1
        return {"reposts": status.reposts}

    def _delete_user(self, act: OnUser) -> Any:
        self._world.citizen(act.citizen).deleted = True
        return {}

    def _expire(self, act: OnAccount) -> Any:
        for token in self._tokens(act.account):
            token.expires_at = self._world.now()
        return {}

    def _limit(self, act: Limited) -> Any:
        for token in self._tokens(act.account):
            token.expires_at = self._world.now() + act.seconds
        return {}

    def _revoke(self, act: Revoked) -> Any:
        account, tokens = self._account(act.account), self._tokens(act.account)
        for token in tokens:
            token.dead = act.code
        for key in sorted({token.app_key for token in tokens}):
            app = self._world.apps[key]
            if app.revoked_url:
                self._stage.pusher.enqueue(revocation(self._world, app, account))
        return {}

    def _issue(self, act: OnAccount) -> Any:
        account = self._account(act.account)
        token = issue(self._world, self._world.apps[account.app_key], account.uid)
        return {"access_token": token.value, "expires_at": int(token.expires_at)}

    def _freeze(self, act: OnAccount, *, frozen: bool) -> Any:
        self._account(act.account).frozen = frozen
        return {}

    def _verify(self, act: OnAccount) -> Any:
        account = self._account(act.account)
        if not account.callback_url:
            raise ScenarioError(f"verify_callback: {act.account!r} has no callback_url")
        self._stage.pusher.enqueue(verification(self._world, account))
        return {}

    def _delay_post(self, act: Twisted) -> Any:
        uid = self._account(act.account).uid
        twist = Twist(TwistKind.LATE_POST, uid, seconds=act.seconds)
        self._world.twists.planned.append(twist)
        return {}

    def _fail_article(self, act: Twisted) -> Any:
        uid = self._account(act.account).uid
        self._world.twists.planned.append(Twist(TwistKind.ARTICLE, uid, code=act.code))
        return {}

    def _type(self, act: Typed) -> Any:
        return {"post": str(self._by_hand(self._account(act.account), act.text).id)}

    def _review(self, act: Reviewed) -> Any:
        if act.app_key not in self._world.apps:
            raise ScenarioError(f"set_app_level: app_key {act.app_key!r} is not known")
        self._world.apps[act.app_key].level = act.level
        return {}

    def _by_hand(self, user: User, text: str) -> Status:
        web = App("", "", name="微博网页版")
        return publish(self._world, Caller(user, web), NewPost(text, ""))

    def _account(self, name: str) -> User:
        for user in self._world.users.values():
            if user.registered and user.name == name:
                return user
        known = ", ".join(user.name for user in self._world.users.values() if user.registered)
        raise ScenarioError(f"account {name!r} is not known; known: {known}")

    def _tokens(self, account: str) -> list[Any]:
        uid = self._account(account).uid
        return [token for token in self._world.tokens.values() if token.uid == uid]

    def _post(self, account: str, post_id: int) -> Status:
        if post_id:
            return self._world.status(post_id)
        posts = self._world.posts_of(self._account(account).uid)
        if not posts:
            raise ScenarioError(f"account {account!r} has no post yet")
        return posts[0]
