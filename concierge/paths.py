"""Where things are: the data that ships with the program, and the folder in which a property keeps its own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

HOME_VARIABLE = "CONCIERGE_HOME"
STORE_NAME = "concierge.db"
POLICY_NAME = "policy.toml"
DEFAULT_DESK = "lobby"  # where the desk stands when nobody says


def data_folder() -> Path:
    """The folder of shipped data: policy.toml, calendars/, demo/.

    In a wheel it lies inside the package as ``_data``; in a checkout, and so in an editable install, it is
    ``data`` beside the package.

    Raises:
        FileNotFoundError: when the installation is incomplete.
    """
    package = Path(__file__).resolve().parent
    for folder in (package / "_data", package.parent / "data"):
        if (folder / POLICY_NAME).is_file():
            return folder
    raise FileNotFoundError(str(package / "_data" / POLICY_NAME))


def as_typed(text: str) -> Path:
    """A path with ``~`` as the user's own folder; where nobody has that name it is a name like any other."""
    path = Path(text)
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def home_path(override: str | None, environ: Mapping[str, str]) -> Path:
    """The property's own folder, only named: nothing is made.

    Args:
        override: what ``--home`` said; it wins over ``CONCIERGE_HOME`` in ``environ``, which wins over the
            user's data folder of the system.
        environ: the environment.
    """
    named = override or environ.get(HOME_VARIABLE)
    if named:
        return as_typed(named).absolute()
    import platformdirs

    return Path(platformdirs.user_data_dir("concierge", appauthor=False))
