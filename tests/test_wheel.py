"""What is shipped works where it is installed: the wheel, in a fresh environment, away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

import concierge

ROOT = Path(concierge.__file__).resolve().parent.parent


def run(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    return subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env=environ | {"PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built offline with the build tools that are here."""
    folder = tmp_path_factory.mktemp("wheel")
    command = ("-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT)
    done = run(sys.executable, *command, cwd=folder)
    assert not done.returncode, done.stdout + done.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts folder of a fresh environment that holds the wheel and, read-only, our dependencies."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder / "venv", with_pip=False)
    scripts = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / ("python.exe" if os.name == "nt" else "python")
    done = run(
        sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index",
        "--quiet", "--disable-pip-version-check", wheel, cwd=folder,
    )  # fmt: skip
    assert not done.returncode, done.stderr
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder)
    # A plain folder line: .pth files in there, such as that of an editable install, are not read.
    pth = Path(site.stdout.strip()) / "dependencies.pth"
    pth.write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return scripts


def test_the_wheel_holds_package_data_and_catalogues_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    tops = {name.partition("/")[0] for name in names if ".dist-info" not in name}
    assert tops == {"concierge"}
    assert {
        "concierge/_data/policy.toml",
        "concierge/_data/calendars/cn/2026.toml",
        "concierge/locales/zh/LC_MESSAGES/concierge.mo",
    } <= set(names)
    assert not [name for name in names if "__pycache__" in name]


def test_every_style_sheet_and_migration_of_the_checkout_is_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    package = ROOT / "concierge"
    shipped = {
        path.relative_to(ROOT).as_posix()
        for pattern in ("*.py", "*.tcss", "*.mako", "*.mo", "*.sql", "*.toml")
        for path in package.rglob(pattern)
    }
    assert shipped <= names


def test_an_installed_wheel_finds_its_own_data_from_another_folder(
    installed: Path, tmp_path: Path
) -> None:
    code = "from concierge.paths import data_folder; print(data_folder())"
    done = run(installed / "python", "-c", code, cwd=tmp_path)
    assert not done.returncode, done.stderr
    folder = Path(done.stdout.strip())
    assert folder.name == "_data"
    assert installed.parent.resolve() in folder.resolve().parents
    assert (folder / "policy.toml").is_file()


def test_an_installed_wheel_speaks_chinese(installed: Path, tmp_path: Path) -> None:
    code = "from concierge.language.translator import language; print(language('zh')('Thursday'))"
    assert run(installed / "python", "-c", code, cwd=tmp_path).stdout.strip() == "周四"


def test_the_installed_command_runs(installed: Path, tmp_path: Path) -> None:
    version = run(installed / "concierge", "--version", cwd=tmp_path)
    assert concierge.__version__ in version.stdout, version.stderr
    (tmp_path / "own.toml").write_text('[categories.neighbour]\nattend = "10 minutes"\n')
    checked = run(installed / "concierge", "policy", "check", "own.toml", cwd=tmp_path)
    assert not checked.returncode, checked.stderr
