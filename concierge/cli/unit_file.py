"""The unit file with which systemd keeps a watch running."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

from concierge.cli.call import Call
from concierge.paths import data_folder

_NAME = "concierge-watch.service"
_PRIVATE = (Path("/tmp"), Path("/var/tmp"))  # noqa: S108 - they are only compared with

_UNIT = """\
{comments}

[Unit]
Description={description}
After=network.target time-sync.target
# A watch that ends is started again for ever: nobody looks at this machine at night.
StartLimitIntervalSec=0

[Service]
Type=exec
User={user}
WorkingDirectory={home}
ExecStart={command}
Restart=always
RestartSec=10
TimeoutStopSec=30
# It may write its own folder and nothing else; the network is for notices.
ReadWritePaths={quoted_home}
ProtectSystem=strict
ProtectHome=read-only
PrivateTmp={private}
NoNewPrivileges=yes
CapabilityBoundingSet=
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectControlGroups=yes
RestrictSUIDSGID=yes
RestrictRealtime=yes
LockPersonality=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
UMask=0077

[Install]
WantedBy=multi-user.target
"""


def unit_file(call: Call) -> str:
    """A unit for the whole machine that runs as the present user, for this program and this home folder."""
    program = _program()
    # Private temporary folders would hide a program or a property that lies there.
    seen = (call.home.resolve(), Path(program[0]).resolve(), data_folder())
    hidden = any(path.is_relative_to(folder) for path in seen for folder in _PRIVATE)
    words = [*program, "watch", "--home", str(call.home)]
    if call.desk_name is not None:
        words += ["--desk", call.desk_name]
    said = getattr(call.args, "lang", None)
    words += ["--lang", said] if said else []
    return _UNIT.format(
        comments="\n".join(f"# {line}" for line in _comments(call)),
        description=_specifiers(call.t("Concierge watch: escalates what is overdue")),
        user=_specifiers(_user()),
        home=_specifiers(str(call.home)),
        command=" ".join(_word(word) for word in words),
        quoted_home=_quoted(str(call.home)),
        private="no" if hidden else "yes",
    )


def _user() -> str:
    """Who asks; nobody's name, which systemd takes for root's, where the system knows none."""
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):
        return ""


def _comments(call: Call) -> list[str]:
    t = call.t
    return [
        t("Keep this as {path}, then:", path=f"/etc/systemd/system/{_NAME}"),
        f"  sudo systemctl daemon-reload && sudo systemctl enable --now {_NAME}",
        t("What it says is shown by:"),
        f"  journalctl -u {_NAME}",
    ]


def _program() -> list[str]:
    """The absolute command of this installation: its script, or its interpreter with the module."""
    script = Path(sys.executable).with_name("concierge")
    return [str(script)] if script.is_file() else [sys.executable, "-m", "concierge"]


def _specifiers(text: str) -> str:
    """Text in which systemd finds nothing to fill in."""
    return text.replace("%", "%%")


def _quoted(text: str) -> str:
    """One word of a list, whatever it holds."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return _specifiers(f'"{escaped}"')


def _word(text: str) -> str:
    """One word of a command, in which a dollar is a dollar too."""
    return _quoted(text).replace("$", "$$")
