"""Where each system keeps its fonts, and which of them a paper is set in."""

from __future__ import annotations

from pathlib import Path

from concierge.export.fonts import Faces, find_faces, folders, system_folders

HOME = Path("/home/chen")


def test_each_system_has_its_own_folders() -> None:
    assert Path("/usr/share/fonts") in folders({}, HOME, "linux")
    assert HOME / ".local/share/fonts" in folders({}, HOME, "linux")
    windows = folders({"WINDIR": "C:/Windows", "LOCALAPPDATA": "C:/own"}, HOME, "win32")
    assert windows == (Path("C:/Windows/Fonts"), Path("C:/own/Microsoft/Windows/Fonts"))
    assert Path("/System/Library/Fonts") in folders({}, HOME, "darwin")
    assert system_folders()


def test_a_folder_that_is_missing_empty_or_full_of_rubbish_gives_no_font(tmp_path: Path) -> None:
    assert find_faces([tmp_path / "missing"]) is None
    assert find_faces([tmp_path]) is None
    for name in ("msyh.ttc", "simhei.ttf", "NotoSansCJK-Regular.ttc"):
        (tmp_path / name).write_bytes(b"no font at all")
    assert find_faces([tmp_path]) is None


def test_a_font_whose_copying_was_broken_off_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "msyh.ttc").write_bytes(b"ttcf\0\1\0\0\0\0\0\5")
    assert find_faces([tmp_path]) is None


def test_the_font_of_a_collection_is_the_simplified_chinese_one() -> None:
    faces = find_faces(system_folders())
    if faces is None:
        assert not list(Path("/usr/share/fonts").rglob("NotoSansCJK-Regular.ttc"))
        return
    assert isinstance(faces, Faces)
    if faces.regular.path.name == "NotoSansCJK-Regular.ttc":
        assert faces.regular.number == 2
