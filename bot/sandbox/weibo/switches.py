"""Named switches for what nobody has confirmed about Weibo: each may be set either way."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RefusedWord:
    """A word the platform refuses, and the code it does so with (20018, 20020, 20021, …)."""

    word: str
    code: int = 20021


@dataclass(frozen=True)
class Switches:
    """Behaviour the public sources leave open; the defaults are the stricter reading."""

    auth_status: int = 400
    """HTTP status of 21327 and 21332: 400, 401 or 403."""
    rate_status: int = 403
    """HTTP status of 10022, 10023, 10024 and 20016: 400 or 403."""
    url_counting: str = "raw"
    """A link in a post counts ``raw`` or ``short``."""
    safe_domain_match: str = "exact"
    """``exact`` host, or ``subdomain`` too."""
    glued_punctuation: str = "swallowed"
    """Full-width signs right after a link are ``swallowed`` into it, or it ``ends`` there."""
    topic_strip: str = "whole"
    """share removes the ``whole`` #topic#, or only its ``marks``."""
    dedup: str = "window"
    """20019 looks at posts of a ``window``, at the ``last_post`` only, or is ``off``."""
    dedup_seconds: int = 600
    dedup_code: int = 20019
    """What a repeated text is refused with: 20019, 20017 or 20111."""
    rip_check: str = "address"
    """``none``, ``address`` (must be an IP address) or ``public`` (must be a global one)."""
    failed_calls_count: bool = True
    """Whether a refused call uses up the daily quota."""
    day_begins: str = "beijing"
    """The 100 calls of a day are new at midnight in ``beijing`` or ``utc``, or ``rolling`` 24 hours
    after the first of them."""
    commercial_calls_count: bool = False
    """Whether calls of the commercial host use up the ordinary quota."""
    article_refusals: str = "rest"
    """Envelope of a token or permission refusal of the article API: ``rest`` or ``article``."""
    article_decoding: str = "when_encoded"
    """content is decoded ``when_encoded``, ``always`` or ``never``."""
    article_tags: tuple[str, ...] = ()
    """HTML tags that are taken out of an article's content, their words kept."""
    articles_per_hour: int = 0
    """More articles than this in an hour get 11001; 0 = no limit known."""
    error_code_as_string: bool = False
    escape_lists: bool = True
    """Texts in lists come HTML-escaped."""
    url_ori: str = "short"
    """``url_objects[].url_ori`` holds the ``short`` or the ``long`` address."""
    deleted_author: str = "missing"
    """A comment of a deleted user comes with ``user`` ``missing``, or a ``stub``."""
    max_count: int = 50
    """The largest page of a list."""
    timeline_size: int = 5
    page_overlap: bool = False
    """The next page of a list begins with the last item of this one."""
    inbox_cap: int = 0
    """comments/to_me and the mentions show only so many of the newest; 0 = all."""
    followers_as_text: bool = False
    """Counters from ten thousand on come as text, such as "1.2万"."""
    unread_resets_on_read: bool = True
    reply_answer: str = "echo"
    """A private message that is taken is answered with an ``echo``, ``bare`` (only result) or
    ``empty``."""
    article_pictures_needed: bool = True
    """Whether an article of a private message must have a picture."""
    no_menu: str = "refused"
    """menu/show where there is none is ``refused`` with 26402, or ``empty``."""
    sendall_a_day: int = 0
    """So many messages/sendall a day; 0 = no limit known."""
    push_signed_anew: bool = True
    """Whether the second and third try of a push carry a signature of their own."""
    reply_outside_window: int = 20301
    """Code of a private message sent after the 48 hours."""
    foreign_posts_shown: bool = True
    """Whether statuses/show gives other people's posts."""
    destroying: str = "open"
    """statuses/destroy is ``open``, or ``closed`` to this app (10014)."""
    long_text_limit: int = 2000
    max_pictures: int = 9
    ordinary_token_days: int = 30
    """The two copies of the page say 7 and 30."""
    expires_in_as_string: bool = False
    refused_words: tuple[RefusedWord, ...] = ()
