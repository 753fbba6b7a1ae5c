"""What belongs to one person is masked, what belongs to everybody is left; all is invented."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.personal.found import PersonalKind
from bot.domain.personal.masking import find_personal, mask, mask_name
from bot.domain.personal.numbers import has_id_digit, has_luhn_digit

MASKED = [
    ("我叫李小明，请回复", "我叫李某，请回复"),
    ("本人是欧阳文静。", "本人是欧某。"),
    ("联系人：陈志远 电话13900001234", "联系人：陈某 电话〔电话〕"),
    ("请找周国强书记核实", "请找周某书记核实"),
    ("望早日解决。谢谢！\n吴晓兰 2026年3月5日", "望早日解决。谢谢！\n吴某 2026年3月5日"),
    ("村民赵大海、钱玉梅、孙建军等", "村民赵某、钱某、孙某等"),
    ("我叫王芳，王芳的房子漏水", "我叫王某，王某的房子漏水"),
    ("致电１３９００００１２３４即可", "致电〔电话〕即可"),
    ("139-0000-1234或+86 139 0000 1234", "〔电话〕或〔电话〕"),
    ("一三九零零零零一二三四", "〔电话〕"),
    ("座机0731-85550000转12", "座机〔电话〕"),
    ("家里电话8555000，", "家里电话〔电话〕，"),
    ("身份证430102199003071231", "身份证〔身份证号〕"),
    ("编号11010519491231002X", "编号〔身份证号〕"),
    ("卡号6222 0212 3456 7890 128", "卡号〔银行账号〕"),
    ("我的车湘A·B1234被锁，还有粤BD12345", "我的车〔车牌号〕被锁，还有〔车牌号〕"),
    ("家住和谐家园3栋2单元501室漏水", "家住和谐家园〔门牌号〕漏水"),
    ("我住建设路28号", "我住建设路〔门牌号〕"),
    ("双龙村6组12号", "双龙村〔门牌号〕"),
    ("回信到lan.x@mail.example.cn谢谢", "回信到〔邮箱〕谢谢"),
    ("加我微信：yun_ling88，QQ 123456789", "加我微信：〔聊天账号〕，QQ 〔聊天账号〕"),
]
LEFT = [
    "请拨打12345或4008-123-123咨询",
    "依据云岭政办发〔2026〕12号第3条",
    "订单20260305123456789012已付款1234567.89元",
    "建设路28号的施工到22点",
    "目前3栋12月开盘，共18层",
    "高速公路何时开通，方便居民出行",
    "我是万科小区的业主，任何时间都行",
    "张主任和王老师都来过",
    "业主和物业签了2019年3月5日的合同",
    "微信公众号里查不到",
]


@pytest.mark.parametrize(("text", "masked"), MASKED)
def test_what_belongs_to_one_person_is_masked(text: str, masked: str) -> None:
    """In the ways people write it."""
    assert mask(text) == masked


@pytest.mark.parametrize("text", LEFT)
def test_what_belongs_to_everybody_is_left(text: str) -> None:
    """Hot lines, document numbers, amounts, public places, offices."""
    assert mask(text) == text


@given(st.text(max_size=200))
def test_masking_takes_any_text_and_its_finds_never_overlap(text: str) -> None:
    """Whatever followers send."""
    found = find_personal(text)

    assert all(one.end <= next_one.start for one, next_one in pairwise(found))
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert isinstance(mask(text), str)


def test_check_digits_are_those_of_the_standards() -> None:
    """GB 11643 for identity cards, ISO/IEC 7812 for bank cards."""
    assert has_id_digit("11010519491231002X")
    assert not has_id_digit("110105194912310021")
    assert has_luhn_digit("4111111111111111")
    assert not has_luhn_digit("4111111111111112")


def test_an_identity_number_in_pieces_has_to_check() -> None:
    """Or three counters side by side would be one."""
    pieces = "110105 19491231 002X"

    assert [found.kind for found in find_personal(pieces)] == [PersonalKind.ID_NUMBER]
    assert mask("110105 19491231 0021") == "110105 19491231 0021"


def test_a_followers_name_keeps_its_first_sign() -> None:
    """So that a desk can still tell two of them apart."""
    assert (mask_name("云上的小雨"), mask_name("")) == ("云**", "")
