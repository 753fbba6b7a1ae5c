"""Files of other desks at the command line."""

from tests.unit.cli.desk import Desk

CSV = "编号,时间,内容\n1,2026-11-20 09:30,停水\n2,,停电\n"
PROFILE = """
[[profiles]]
id = "own"
name = "区长信箱"
entry = "mailbox"
number = "编号"
said_at = "时间"
text = ["内容"]
"""


def test_a_file_is_imported_by_the_offices_own_profile(desk: Desk) -> None:
    """Bad rows are named on stderr and make the status 1; a second run stores nothing."""
    file = desk.write("来件.csv", CSV)
    set_own = desk.run("reply", "profiles", desk.write("profiles.toml", PROFILE), "--json")
    command = ("reply", "import", file, "--profile", "own", "--json")

    looked = desk.run(*command, "--preview")
    first, second = desk.run(*command), desk.run(*command)

    assert [profile["id"] for profile in set_own.json] == ["own"]
    assert [letter["text"] for letter in looked.json["letters"]] == ["停水"]
    assert (first.status, "row 3" in first.err) == (1, True)
    assert (first.json["new"], second.json["new"], second.json["known"]) == (1, 0, 1)
    assert len(desk.run("reply", "list", "--channel", "imported", "--json").json) == 1


def test_a_wrong_profile_names_every_fault(desk: Desk) -> None:
    """Nothing of the file is put in force."""
    wrong = PROFILE.replace('"mailbox"', '"telegram"').replace("said_at", "said")
    told = desk.run("reply", "profiles", desk.write("wrong.toml", wrong))

    assert told.status == 1
    assert all(f"own.{field}" in told.err for field in ("entry", "said", "said_at"))
