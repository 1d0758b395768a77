"""The database in an Anki package: unpacked and opened so that nothing in it can take memory or time without bound.

A package may be a stranger's. Only what Anki itself uses is taken: stored and deflated files, plain tables. The limits
hold for what comes out, whatever the package says of itself.
"""

import io
import sqlite3
import time
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EINVAL
from pathlib import Path, PurePosixPath
from typing import IO, Any
from urllib.parse import quote

from quizapp.cards.formats import Foreign, needed
from quizapp.texts import raised, tell

MOST_DATABASE_BYTES = 512 * 1024 * 1024  # of the database, unpacked
MOST_INDEX_BYTES = 8 * 1024 * 1024  # bytes of a package's list of files: those of about 150,000
MOST_ROWS = 200_000  # notes, or cards
MOST_SECONDS = 60
DATABASES = (
    "collection.anki21b",
    "collection.anki21",
    "collection.anki2",
)  # the newest first; the others may be stubs
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 64 << 20,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 1 << 20,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 100,
    sqlite3.SQLITE_LIMIT_COLUMN: 200,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
}


class _Package(io.FileIO):
    """zipfile reads the list of files at once, as long as the package says that it is."""

    def read(self, size: int | None = -1) -> bytes:
        if size is not None and size > MOST_INDEX_BYTES:
            raise Foreign(tell("formats.many_files", file=self.name))
        return super().read(-1 if size is None else size)


def unpack(path: Path, target: Path) -> str:
    """Unpack the database; its name. Raises Foreign or OSError."""
    if not path.is_file():  # a pipe would be waited for
        raise Foreign(tell("formats.no_plain_file", file=path))
    try:
        with _Package(path) as file, zipfile.ZipFile(file) as archive:
            return _unpacked(archive, path, target)
    except (
        zipfile.BadZipFile,
        EOFError,
        RuntimeError,
        NotImplementedError,
        ValueError,
        zipfile.LargeZipFile,
        zlib.error,
    ) as bad:
        raise Foreign(tell("formats.no_package", file=path, why=raised(bad))) from None
    except OSError as bad:
        if bad.errno != EINVAL:  # a place before the beginning of the file, where a directory that lies points to
            raise
        raise Foreign(tell("formats.no_package", file=path, why=tell("formats.damaged_index"))) from None


def _unpacked(archive: zipfile.ZipFile, path: Path, target: Path) -> str:
    names = archive.namelist()
    for name in names:
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts or "\\" in name or ":" in name:
            raise Foreign(tell("formats.odd_name", file=path, name=repr(name[:80])))
    inside = next((name for name in DATABASES if name in names), None)
    if inside is None:
        raise Foreign(tell("formats.no_collection", file=path))
    # The others unpack in steps that know no bound: two kilobytes of BZIP2 become gigabytes at once.
    if archive.getinfo(inside).compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Foreign(tell("formats.odd_packing", file=path))
    with archive.open(inside) as packed, target.open("wb") as out:
        if inside.endswith("b"):
            zstandard = needed("zstandard")
            try:
                with zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(packed) as reader:
                    _copy(reader, out, path)
            except zstandard.ZstdError as bad:
                raise Foreign(tell("formats.no_package", file=path, why=raised(bad))) from None
        else:
            _copy(packed, out, path)
    return inside


def _copy(source: IO[bytes], target: IO[bytes], path: Path) -> None:
    copied = 0
    while part := source.read(1 << 18):
        copied += len(part)
        if copied > MOST_DATABASE_BYTES:
            raise Foreign(tell("formats.large_collection", file=path, mb=MOST_DATABASE_BYTES >> 20))
        target.write(part)


@contextmanager
def tables_in(database: Path, path: Path) -> Iterator[sqlite3.Connection]:
    """The database, to be read only, and for no longer than MOST_SECONDS. Raises Foreign, saying `path`."""
    end = time.monotonic() + MOST_SECONDS
    tables = sqlite3.connect(f"file:{quote(str(database))}?mode=ro&immutable=1", uri=True)
    try:
        tables.set_progress_handler(lambda: time.monotonic() > end, 10_000)
        for what, most in _LIMITS.items():
            tables.setlimit(what, most)
        tables.create_collation("unicase", lambda a, b: (a.casefold() > b.casefold()) - (a.casefold() < b.casefold()))
        tables.execute("PRAGMA trusted_schema = OFF")
        tables.execute("PRAGMA cell_size_check = ON")
        yield tables
    except sqlite3.OperationalError as error:
        if "interrupted" not in str(error):
            raise
        if time.monotonic() <= end:  # it was Ctrl+C, which SQLite takes for an answer of the handler
            raise KeyboardInterrupt from None
        raise Foreign(tell("formats.slow_collection", file=path, seconds=MOST_SECONDS)) from None
    finally:
        tables.close()


def plain_tables(tables: sqlite3.Connection) -> set[str]:
    """The names of the tables whose rows are what is stored. Views, virtual tables and those with a column that is
    computed are not among them: reading one row of these can take for ever, and nothing breaks it off."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 LIMIT 1000"
    return {name for (name,) in tables.execute(query).fetchall() if type(name) is str and _is_plain(tables, name)}


def _is_plain(tables: sqlite3.Connection, name: str) -> bool:
    (hidden,) = tables.execute("SELECT total(hidden) FROM pragma_table_xinfo(?)", (name,)).fetchone()
    return not hidden


def rows(tables: sqlite3.Connection, query: str) -> Iterator[Any]:
    """Raises Foreign for too many."""
    for count, row in enumerate(tables.execute(query)):
        if count >= MOST_ROWS:
            raise Foreign(tell("formats.many_rows", most=MOST_ROWS))
        yield row
