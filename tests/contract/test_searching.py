"""What every index promises: it finds what a scan for the words finds, and shows what is public."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.domain.ids import AccountId, DeliveryId, PostId, ReleaseId
from bot.domain.posts.post import PostKind
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.receipt import Fact, Receipt
from bot.domain.releases.release import Interpretation, InterpretationKind, Release, ReleaseState
from bot.domain.releases.searching import FIELD_END, searchable, text_to_search, topic_words
from tests import factories as make
from tests.contract.conftest import CompleteStorage

ACCOUNT, OTHER = AccountId("acc_1"), AccountId("acc_2")
TEXTS = (
    "灵活就业人员申领社会保险补贴，按100%_计算。",
    "补办社保卡：贴照片，不收费 ABC-7（试行）。",
    "社会保障部门负责补贴发放；𠮷林大街停车，每㎡收费5元。",
)


def released(number: int, *, title: str = "关于有关事项的通知", **changes: object) -> Release:
    content = make.content(
        title=title,
        document_number=f"云岭政办发〔2026〕{number}号",
        body=make.document(TEXTS[number % len(TEXTS)]),
        source_url=f"https://www.yunling.example/{number}",
    )
    values = {"content": content, "state": ReleaseState.RELEASED} | changes
    return make.release(
        id=ReleaseId(f"rel_{number}"),
        source_key=str(number),
        received_at=make.after(number),
        **values,
    )


def store(storage: CompleteStorage, *releases: Release) -> None:
    with storage.begin() as uow:
        for release in releases:
            uow.releases.add(release)
        uow.commit()


def save(storage: CompleteStorage, release: Release) -> None:
    with storage.begin() as uow:
        uow.releases.save(release)
        uow.commit()


def found(storage: CompleteStorage, words: str, *, limit: int = 50) -> list[str]:
    hits = storage.searching().released(words, account=ACCOUNT, limit=limit)
    return [hit.release for hit in hits]


@pytest.fixture
def library(storage: CompleteStorage) -> CompleteStorage:
    """Three released documents."""
    with storage.begin() as uow:
        uow.sources.add(make.source())
        uow.accounts.add(make.account(), "sealed")
        uow.accounts.add(make.account(id=OTHER, name="云岭民政"), "sealed")
        uow.commit()
    store(storage, *(released(number) for number in range(3)))
    return storage


def _parts(texts: Sequence[str], longest: int) -> set[str]:
    return {
        text[start:end]
        for text in texts
        for start in range(len(text))
        for end in range(start + 1, min(len(text), start + longest) + 1)
        if FIELD_END not in text[start:end]
    }


def test_whatever_a_scan_finds_is_found(library: CompleteStorage) -> None:
    """Every stretch of up to four signs, across the borders of words, and every second one of a
    dozen; and nothing that does not hold the words is shown."""
    texts = {f"rel_{n}": text_to_search(released(n)) for n in range(3)}
    short = _parts(list(texts.values()), 4)
    long = {text[at : at + 12] for text in texts.values() for at in range(0, len(text), 2)}
    strange = {"贴补", "社补", "不存在的词", "100%%", "1_0", "停车收费", "𠮷", "云岭社"}

    for words in short | {part for part in long if FIELD_END not in part} | strange:
        needle = searchable(words)
        scanned = {release for release, text in texts.items() if needle and needle in text}
        assert set(found(library, words)) == scanned, words


@pytest.mark.parametrize("words", ["ａｂｃ－７", "Abc-7", "补办 社保卡", "　照片，不\u200b收费"])
def test_words_are_compared_as_people_see_them(library: CompleteStorage, words: str) -> None:
    """Width, case, spaces and invisible characters do not matter."""
    assert found(library, words) == ["rel_1"]


@pytest.mark.parametrize("words", ["", " \u200b", "\x1f", "\x00", "\ud83d"])
def test_words_without_a_sign_find_nothing(library: CompleteStorage, words: str) -> None:
    """There is nothing to compare."""
    assert found(library, words) == []


def test_titles_come_first_then_the_last_received(library: CompleteStorage) -> None:
    """Whoever searches for 补贴 means the document about it, not each that mentions it."""
    store(library, released(4, title="关于发放补贴的通知"))

    assert found(library, "补贴") == ["rel_4", "rel_2", "rel_0"]
    assert found(library, "补贴", limit=2) == ["rel_4", "rel_2"]


@pytest.mark.parametrize("state", sorted(set(ReleaseState) - {ReleaseState.RELEASED}))
def test_what_is_not_released_is_never_found(library: CompleteStorage, state: str) -> None:
    """Before its release, refused, or withdrawn later."""
    store(library, released(7, title="尚未公开的办法", state=ReleaseState(state)))
    save(library, replace(released(0), state=ReleaseState(state)))

    assert found(library, "尚未公开") == []
    assert found(library, "灵活就业") == []


def test_a_release_is_found_from_its_release_to_its_withdrawal(library: CompleteStorage) -> None:
    """Each change of state counts at once."""
    waiting = released(5, title="关于停车的办法", state=ReleaseState.APPROVED)
    store(library, waiting)
    before = found(library, "关于停车")
    save(library, replace(waiting, state=ReleaseState.RELEASED))
    public = found(library, "关于停车")
    save(library, replace(waiting, state=ReleaseState.WITHDRAWN))

    assert (before, public, found(library, "关于停车")) == ([], ["rel_5"], [])


def test_the_newest_version_is_what_is_found(library: CompleteStorage) -> None:
    """While a correction waits, neither text is shown; once released, only the corrected one."""
    corrected = released(0, version=2, state=ReleaseState.APPROVED)
    body = make.document("对象改为个体工商户。")
    corrected = replace(corrected, content=replace(corrected.content, body=body))
    store(library, corrected)
    waiting = found(library, "个体工商户") + found(library, "灵活就业")
    save(library, replace(corrected, state=ReleaseState.RELEASED))

    assert waiting == []
    assert found(library, "个体工商户") == ["rel_0"]
    assert found(library, "灵活就业") == []


def test_a_hit_says_what_it_is(library: CompleteStorage) -> None:
    """As the office wrote it, with its own address where there is no post."""
    (hit,) = library.searching().released("社保卡", account=ACCOUNT, limit=5)

    assert hit.title == "关于有关事项的通知"
    assert hit.document_number == "云岭政办发〔2026〕1号"
    assert hit.issuing_bodies == ("云岭市人民政府办公室",)
    assert hit.url == "https://www.yunling.example/1"


def test_interpretations_are_searched_too(library: CompleteStorage) -> None:
    """People ask in the words of the explanation."""
    reading = Interpretation("一图读懂", InterpretationKind.QA, make.document("周末也能办"))
    content = make.content(interpretations=(reading,), document_number="云岭政办发〔2026〕6号")
    store(library, released(6, content=content))

    assert found(library, "周末也能办") == ["rel_6"]
    assert found(library, "一图读懂") == ["rel_6"]


def _put_out(
    storage: CompleteStorage, number: int, *, account: AccountId = ACCOUNT, **changes: object
) -> None:
    kind = changes.pop("kind", PostKind.BUNDLE)
    receipt = Receipt(
        urls=(f"https://mp.weixin.qq.com/s/{number}",),
        published=Fact(make.after(number), "event"),
    )
    with storage.begin() as uow:
        if not uow.posts.rollouts_of(ReleaseId("rel_1")):
            uow.posts.add_rollout(make.rollout())
        post = PostId(f"pst_{number}")
        uow.posts.add(make.post(id=post, account=account, kind=kind))
        values = {"state": DeliveryState.DELIVERED, "receipt": receipt} | changes
        made = make.delivery(id=DeliveryId(f"dlv_{number}"), post=post, account=account, **values)
        uow.deliveries.add(made)
        uow.commit()


def _url(storage: CompleteStorage) -> str:
    (hit,) = storage.searching().released("社保卡", account=ACCOUNT, limit=5)
    return hit.url


def test_a_hit_leads_to_the_live_post_on_the_account_that_asked(library: CompleteStorage) -> None:
    """Not to another account's, not to one that was taken down or is not out."""
    _put_out(library, 1, account=OTHER)
    _put_out(library, 2, state=DeliveryState.REMOVED)
    _put_out(library, 3, state=DeliveryState.WAITING, receipt=None)
    elsewhere = _url(library)
    _put_out(library, 4)

    assert elsewhere == "https://www.yunling.example/1"
    assert _url(library) == "https://mp.weixin.qq.com/s/4"


def test_the_post_with_the_document_is_preferred(library: CompleteStorage) -> None:
    """To a newer one that only explains it; of two, the newer."""
    _put_out(library, 1)
    _put_out(library, 2)
    _put_out(library, 3, kind=PostKind.INTERPRETATION)

    assert _url(library) == "https://mp.weixin.qq.com/s/2"


def test_documents_of_a_topic_are_found_by_it(library: CompleteStorage) -> None:
    """And not those whose text only holds the word."""
    content = make.content(document_number="云岭政发〔2026〕9号", topic="民政/养老")
    one = make.release(
        id=ReleaseId("rel_9"), source_key="9", content=content, state=ReleaseState.RELEASED
    )
    store(library, one)

    assert found(library, topic_words("民政/养老")) == ["rel_9"]
    assert found(library, topic_words("补贴")) == []
