"""Files: types by their first bytes, sizes, and where they can be used."""

import pytest

from tests.unit.sandbox.wechat.desk import JPEG, PNG

MB = 1024 * 1024


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(JPEG, 0, id="jpeg"),
        pytest.param(PNG, 0, id="png"),
        pytest.param(b"GIF89a" + b"\0" * 9, 40005, id="gif"),
        pytest.param(b"text", 40005, id="not a picture"),
        pytest.param(JPEG + b"\0" * (MB - len(JPEG) - 1), 0, id="one byte under 1 MB"),
        pytest.param(JPEG + b"\0" * (MB - len(JPEG)), 40009, id="1 MB"),
        pytest.param(b"", 44001, id="empty"),
    ],
)
def test_uploadimg_takes_small_jpegs_and_pngs(desk, data, code):
    """The type is told by the bytes, whatever the file is called."""
    answer = desk.upload("media/uploadimg", data)

    assert answer.get("errcode", 0) == code
    assert answer.get("url", "").startswith("http://mmbiz.qpic.cn/") is (code == 0)


@pytest.mark.parametrize(
    ("kind", "data", "code"),
    [
        pytest.param("image", JPEG + b"\0" * (2 * MB), 0, id="image of 2 MB"),
        pytest.param("image", JPEG + b"\0" * (10 * MB), 40009, id="image over 10 MB"),
        pytest.param("thumb", JPEG, 0, id="thumb"),
        pytest.param("thumb", JPEG + b"\0" * 64 * 1024, 40012, id="thumb over 64 KB"),
        pytest.param("thumb", PNG, 40005, id="thumb as png"),
        pytest.param("film", JPEG, 40004, id="unknown type"),
    ],
)
def test_the_library_checks_type_and_size(desk, kind, data, code):
    """Each type of material has its own limits."""
    answer = desk.upload("material/add_material", data, type=kind)

    assert answer.get("errcode", 0) == code


def test_a_part_without_a_file_name_is_no_file(desk):
    """41005 when `media` came as a plain field, or not at all."""
    params = {"access_token": desk.token}
    path = "/cgi-bin/media/uploadimg"

    plain = desk.request("POST", path, params=params, files={"media": (None, JPEG)}).json()
    absent = desk.request("POST", path, params=params, content=JPEG).json()

    assert (plain["errcode"], absent["errcode"]) == (41005, 41005)


def test_material_can_be_read_counted_listed_and_deleted(desk):
    """What was uploaded comes back byte for byte until it is deleted."""
    media_id = desk.upload("material/add_material", PNG, "图.png", type="image")["media_id"]
    params = {"access_token": desk.token}

    file = desk.request(
        "POST", "/cgi-bin/material/get_material", params=params, json={"media_id": media_id}
    )

    assert file.content == PNG
    assert desk.get("material/get_materialcount")["image_count"] == 1
    listed = desk.post("material/batchget_material", {"type": "image", "offset": 0, "count": 20})
    assert listed["item"][0]["media_id"] == media_id
    assert desk.post("material/del_material", {"media_id": media_id})["errcode"] == 0
    assert desk.post("material/get_material", {"media_id": media_id})["errcode"] == 40007


def test_a_temporary_file_lives_three_days(desk):
    """40007 once the three days are over."""
    media_id = desk.upload("media/upload", PNG, type="image")["media_id"]
    params = {"media_id": media_id, "access_token": desk.token}

    assert desk.request("GET", "/cgi-bin/media/get", params=params).content == PNG
    desk.wait(3 * 24 * 3600)
    desk._token = ""
    assert desk.get("media/get", media_id=media_id)["errcode"] == 40007


def test_urls_come_with_escaped_slashes(desk):
    r"""Raw answers spell a slash as ``\/``, as the platform does."""
    answer = desk.request(
        "POST",
        "/cgi-bin/media/uploadimg",
        params={"access_token": desk.token},
        files={"media": ("a.png", PNG, "image/png")},
    )

    assert "http:\\/\\/mmbiz.qpic.cn\\/" in answer.text
