"""``python -m concierge`` and the installed command: nothing heavy is imported before it is needed."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line of this process.

    Returns:
        The exit code: 0 done, 1 refused, 2 arguments that do not parse, 3 no usable store.
    """
    if sys.argv[1:] == ["--version"]:
        from concierge import __version__

        sys.stdout.write(f"concierge {__version__}\n")
        return 0
    from concierge.cli.main import run_process

    return run_process()


if __name__ == "__main__":
    sys.exit(main())
