"""What happens in the desk that more than one part wants to hear of."""

from __future__ import annotations

from textual.message import Message


class Failure(Message):
    """A call on the desk was refused or failed; the app says it in a sentence."""

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self.error = error


class CommandChosen(Message):
    """A command was picked with the mouse or from the list of all commands."""

    def __init__(self, command: str) -> None:
        super().__init__()
        self.command = command
