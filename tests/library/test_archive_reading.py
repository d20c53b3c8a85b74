"""A zip is read as its directory says, and only when the directory tells the truth."""

import stat
import struct
import zipfile
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.library.archives import refusals, zips
from app.library.archives.zips import Archive, Reason, Unsafe, open_archive

PATH = "content/fr/objections/trop-cher.md"


def zipped(*entries: tuple[str | ZipInfo, bytes], method: int = ZIP_DEFLATED) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", method) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return target.getvalue()


def opened(content: bytes) -> Archive:
    return open_archive(BytesIO(content))


def read_all(content: bytes) -> list[bytes]:
    archive = opened(content)
    return [archive.read(member) for member in archive.members]


def reason(content: bytes) -> Reason:
    """Why it is refused, on opening or on reading."""
    with pytest.raises(Unsafe) as unsafe:
        read_all(content)
    assert str(refusals.SENTENCES[unsafe.value.reason])
    return unsafe.value.reason


def test_an_ordinary_archive_is_read() -> None:
    archive = opened(zipped((PATH, b"a"), ("quizzes/fr/prix.yaml", b"b"), ("content/attachments/plan.png", b"c")))
    assert {member.path: archive.read(member) for member in archive.members} == {
        PATH: b"a",
        "quizzes/fr/prix.yaml": b"b",
        "content/attachments/plan.png": b"c",
    }


@pytest.mark.parametrize("around", ["", "depot-main/", "Bibliothèque d’été/"])
def test_one_folder_around_everything_is_taken_off(around: str) -> None:
    archive = opened(zipped((f"{around}{PATH}", b"a"), (f"{around}README.md", b"x"), ("__MACOSX/x", b"x")))
    assert [member.path for member in archive.members] == [PATH]
    assert archive.left_out == [f"{around}README.md"]


@pytest.mark.parametrize(
    "name",
    [
        "../content/fr/x.md",
        "content/../../x.md",
        "content/./x.md",
        "content//x.md",
        "/content/fr/x.md",
        "/etc/passwd",
        "C:/content/x.md",
        "c:x.md",
        "content\\fr\\x.md",
        "..\\..\\x.md",
        "content/fr/x\n.md",
        "content/fr/\u202ex.md",
        "content/fr/\x1b[2Jx.md",
        "content/" + "x" * 400 + ".md",
        "..",
        "content/fr/..",
    ],
)
def test_a_name_that_leads_elsewhere_refuses_everything(name: str) -> None:
    assert reason(zipped((PATH, b"a"), (name, b"b"))) is Reason.NAME


def test_a_nul_in_a_name_is_seen() -> None:
    content = zipped((PATH, b"a"), ("content/fr/x.mdA.png", b"b"))
    assert reason(content.replace(b"x.mdA.png", b"x.md\0.png")) is Reason.NAME


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFIFO, stat.S_IFSOCK, stat.S_IFDIR])
def test_links_and_devices_are_refused(kind: int) -> None:
    entry = ZipInfo(PATH)
    entry.external_attr = (kind | 0o777) << 16
    assert reason(zipped((entry, b"/etc/passwd"))) is Reason.LINK


def flagged(bit: int) -> bytes:
    """An archive whose one entry has this flag, in both of its headers."""
    content = bytearray(zipped((PATH, b"a")))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.index(mark) + at
        content[place : place + 2] = struct.pack("<H", struct.unpack("<H", content[place : place + 2])[0] | bit)
    return bytes(content)


@pytest.mark.parametrize("bit", [0x1, 0x40, 0x2000])
def test_encrypted_entries_are_refused(bit: int) -> None:
    assert reason(flagged(bit)) is Reason.ENCRYPTED


def test_unusual_compression_is_refused() -> None:
    assert reason(zipped((PATH, b"a"), method=ZIP_BZIP2)) is Reason.METHOD


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    "names",
    [
        (PATH, PATH),
        ("content/A.md", "content/a.md"),
        ("content/é.md", "content/e\u0301.md"),
        ("content/a", "content/a/b.md"),
    ],
)
def test_two_entries_of_one_name_are_refused(names: tuple[str, str]) -> None:
    assert reason(zipped((names[0], b"a"), (names[1], b"b"))) is Reason.TWICE


@pytest.mark.parametrize("name", ["content/fr/x.zip", "x.ZIP", "quizzes/x.tar.gz", "content/a.jar"])
def test_an_archive_in_the_archive_is_refused(name: str) -> None:
    assert reason(zipped((PATH, b"a"), (name, zipped((PATH, b"b"))))) is Reason.NESTED


def test_too_many_entries_are_refused_before_they_are_read() -> None:
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for number in range(zips.MOST_ENTRIES + 1):
            archive.writestr(f"content/{number}", b"")
    content = target.getvalue()
    assert reason(content) is Reason.TOO_MANY
    end = content.rindex(b"PK\x05\x06")
    lying = content[: end + 8] + struct.pack("<2H", 5, 5) + content[end + 12 :]
    assert reason(lying) is Reason.NOT_A_ZIP


def test_a_large_archive_is_refused_by_its_size() -> None:
    class Large(BytesIO):
        def seek(self, place: int, whence: int = 0) -> int:
            return zips.LARGEST_ARCHIVE + 1

    with pytest.raises(Unsafe) as unsafe:
        open_archive(Large())
    assert unsafe.value.reason is Reason.TOO_LARGE


def resized(content: bytes, size: int) -> bytes:
    """The same archive, with another inflated size in its directory."""
    place = content.index(b"PK\x01\x02") + 24
    return content[:place] + struct.pack("<L", size) + content[place + 4 :]


def test_a_bomb_is_refused_by_what_it_says_and_by_what_it_is() -> None:
    bomb = zipped((PATH, b"\0" * (20 * 1024 * 1024)))
    assert len(bomb) < 30_000
    assert reason(bomb) is Reason.MEMBER_TOO_LARGE
    assert reason(resized(bomb, 1000)) is Reason.LIES
    assert reason(resized(bomb, 10_000_000_000 & 0xFFFFFFFF)) in (Reason.INFLATES, Reason.MEMBER_TOO_LARGE)


def test_many_honest_members_are_refused_together() -> None:
    entries = [(f"content/{number}.png", b"") for number in range(130)]
    content = bytearray(zipped(*entries, method=ZIP_STORED))
    place = -1
    while (place := content.find(b"PK\x01\x02", place + 1)) >= 0:
        content[place + 10 : place + 12] = struct.pack("<H", ZIP_DEFLATED)
        content[place + 24 : place + 28] = struct.pack("<L", 4 * 1024 * 1024)
    place = -1
    while (place := content.find(b"PK\x03\x04", place + 1)) >= 0:
        content[place + 8 : place + 10] = struct.pack("<H", ZIP_DEFLATED)
    assert reason(bytes(content)) is Reason.INFLATES


def test_what_is_inflated_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    archive = opened(zipped((PATH, b"a" * 1000), ("content/x.md", b"b" * 1000)))
    monkeypatch.setattr(zips, "MOST_INFLATED", 1500)
    first, second = archive.members
    assert archive.read(first)
    with pytest.raises(Unsafe) as unsafe:
        archive.read(second)
    assert unsafe.value.reason is Reason.INFLATES


@pytest.mark.parametrize("size", [0, 1, 4, 6, 100])
def test_a_size_that_lies_is_refused(size: int) -> None:
    assert reason(resized(zipped((PATH, b"abcde")), size)) is Reason.LIES


def test_bytes_that_changed_are_refused() -> None:
    content = bytearray(zipped((PATH, b"abcde"), method=ZIP_STORED))
    content[content.index(b"abcde")] ^= 1
    assert reason(bytes(content)) is Reason.LIES


def test_a_local_name_that_differs_is_refused() -> None:
    content = zipped((PATH, b"a"))
    assert reason(content.replace(b"trop-cher", b"trop-char", 1)) is Reason.LIES


def test_entries_that_share_their_bytes_are_refused() -> None:
    content = bytearray(zipped(("content/a.md", b"a" * 50), ("content/b.md", b"b" * 50), method=ZIP_STORED))
    second = content.rindex(b"PK\x01\x02")
    content[second + 42 : second + 46] = struct.pack("<L", 0)
    assert reason(bytes(content)) in (Reason.LIES, Reason.OVERLAPS)
    content = bytearray(zipped(("content/a.md", b"a" * 50), ("content/b.md", b"b" * 50), method=ZIP_STORED))
    first = content.index(b"PK\x01\x02")
    for at in (20, 24):
        content[first + at : first + at + 4] = struct.pack("<L", 120)
    assert reason(bytes(content)) is Reason.OVERLAPS


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK",
        b"not a zip at all" * 10,
        b"%PDF-1.7 " + zipped((PATH, b"a")),
        zipped((PATH, b"a")) + b"<script>",
        zipped((PATH, b"a"))[:-1],
        b"PK\x05\x06" + b"\xff" * 18,
    ],
)
def test_what_is_no_whole_zip_is_refused(content: bytes) -> None:
    assert reason(content) in (Reason.NOT_A_ZIP, Reason.TOO_MANY)


@pytest.mark.parametrize(
    "names", [("fr/objections/x.md",), ("README.md",), ("a/content/x.md", "b/content/y.md"), ("contents/x.md",)]
)
def test_without_the_library_s_folders_nothing_is_read(names: tuple[str, ...]) -> None:
    assert reason(zipped(*((name, b"a") for name in names))) is Reason.NOTHING


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=8))
def test_an_archive_changed_at_random_is_refused_or_gives_the_same_bytes(changes: list[tuple[int, int]]) -> None:
    wanted = {PATH: b"abc" * 40, "quizzes/fr/x.yaml": b"x"}
    content = bytearray(zipped(*wanted.items()))
    for place, value in changes:
        content[place % len(content)] = value
    try:
        read = read_all(bytes(content))
    except Unsafe:
        return
    assert all(each in wanted.values() for each in read)


def test_zipfile_and_the_directory_agree() -> None:
    content = zipped((PATH, b"a"), ("content/x.md", b"b"))
    with zipfile.ZipFile(BytesIO(content)) as plain:
        assert sorted(plain.namelist()) == [member.path for member in opened(content).members]
