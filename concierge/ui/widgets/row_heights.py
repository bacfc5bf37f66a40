"""How many lines each of many rows takes: guessed of all, known of those that came in sight."""

from __future__ import annotations


class Heights:
    """Lines of rows that are wrapped only when they come in sight; no question costs more for more of them.

    Until a row is known it counts as ``guess`` lines. What differs from the guess is kept in a binary indexed
    tree, of which only the nodes that are not zero exist.

    Args:
        count: Rows.
        guess: Lines of a row that nobody has seen yet, at least 1.
    """

    def __init__(self, count: int, guess: int) -> None:
        self._count = count
        self._guess = guess
        self._known: dict[int, int] = {}
        self._tree: dict[int, int] = {}
        self.grown = 0
        """Lines more than were guessed, of all rows; below zero where they are fewer."""

    def learn(self, at: int, lines: int) -> None:
        """A row takes so many lines, at least 1."""
        more = lines - self._known.get(at, self._guess)
        self._known[at] = lines
        self.grown += more
        node = at + 1
        while more and node <= self._count:
            self._tree[node] = self._tree.get(node, 0) + more
            node += node & -node

    def before(self, at: int) -> int:
        """The lines of all rows before one."""
        lines, node = at * self._guess, at
        while node:
            lines += self._tree.get(node, 0)
            node &= node - 1
        return lines

    def row_of(self, y: int) -> int:
        """The row that a line belongs to."""
        row, step = 0, 1 << self._count.bit_length()
        while step:
            lines = step * self._guess + self._tree.get(row + step, 0)
            if row + step <= self._count and lines <= y:
                row += step
                y -= lines
            step >>= 1
        return min(row, self._count - 1)
