"""Many rows of one table in one statement, past what SQLAlchemy does to each row of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from sqlalchemy import Dialect, Table, bindparam, insert, update
from sqlmodel import Session


def insert_rows(session: Session, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows inside the caller's write transaction.

    Args:
        session: A session from ``Store.write``.
        table: Whose columns are numbers and texts only: nothing is converted on the way.
        rows: Values by column, the same columns in each.
    """
    if not rows:
        return
    connection = session.connection()
    sql, places = _statement(table, tuple(rows[0]), connection.dialect)
    if places is None:
        connection.exec_driver_sql(sql, [dict(row) for row in rows])
    else:
        connection.exec_driver_sql(sql, [tuple([row[name] for name in places]) for row in rows])


@lru_cache(maxsize=32)
def _statement(
    table: Table, columns: tuple[str, ...], dialect: Dialect
) -> tuple[str, tuple[str, ...] | None]:
    """The statement as the driver takes it, and the order of its values unless it takes them by name."""
    compiled = insert(table).compile(dialect=dialect, column_keys=list(columns))
    places = tuple(compiled.positiontup or ()) if compiled.positional else None
    return str(compiled), places


def update_rows(
    session: Session, table: Table, changes: Iterable[tuple[int, Mapping[str, object]]]
) -> None:
    """Change rows by their ids inside the caller's write transaction.

    Args:
        session: A session from ``Store.write``.
        table: Whose rows are changed.
        changes: The id of each row, and its new values by column.
    """
    alike: dict[tuple[str, ...], list[dict[str, object]]] = {}
    for number, values in changes:
        row = {f"new_{name}": value for name, value in values.items()}
        alike.setdefault(tuple(values), []).append({"row_id": number, **row})
    for columns, rows in alike.items():
        told = update(table).where(table.c.id == bindparam("row_id"))
        told = told.values({name: bindparam(f"new_{name}") for name in columns})
        session.connection().execute(told, rows)
