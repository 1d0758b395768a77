"""Valid files with some bytes changed, cut, doubled or spliced: whatever comes of it is read or refused.

QUIZAPP_FUZZ_S=600 looks on for ten minutes. What it finds it leaves in cases/, where every run reads it.
"""

import os
import random
import time
import zipfile
from hashlib import blake2b
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizapp.cards.check import check
from quizapp.cards.formats import Foreign, read_file, write_file
from quizapp.cards.library import read_library
from quizapp.cards.load import load
from quizapp.cards.make import cleaned
from quizapp.cards.text_file import Unreadable
from quizapp.cards.write import new_text
from quizapp.words import Words, clean

DATA = Path(__file__).parents[1] / "cards" / "data"
CASES = Path(__file__).parent / "cases"
MOST_SECONDS = 10  # of the processor, for one file
EXTRA_S = int(os.environ.get("QUIZAPP_FUZZ_S", "0"))
SPLICED = [
    *(b"\0", b"\x1b[31m", b"\xe2\x80\xae", b"\xff", b"&a ", b"*a", b"<<: ", b"!!x ", b"\t", b": ", b" #", b"'", b'"'),
    *(b"\\u200b", b"\\e", b"{{c1::", b"}}", b"[", b"{", b"- ", b"\n", b"\r", b"---\n", b"?", b"|", b">", b"~", b"::"),
    *(b"Q:", b"A:", b"C:", b"```", b"<b>", b"</", b"&#", b"[sound:", b"\\(", b"#html:true\n", b",", b"9" * 400),
    *(
        b"<![",
        b"<!--",
        b"&#x",
        b"\t" * 300,
        b"[anki:",
        b"[latex]",
        b"![[",
        b"a" * 1000,
        b"\\U0000001b",
        b"# # ",
        b"'=",
        b"\r\n",
    ),
]
Changes = list[tuple[str, float, int, bytes]]
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["set", "put", "cut", "twice"]),
        st.floats(0, 1, exclude_max=True),
        st.integers(0, 255),
        st.sampled_from(SPLICED),
    ),
    min_size=1,
    max_size=8,
)
fuzzed = settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def mutated(data: bytes, changes: Changes) -> bytes:
    for what, share, number, spliced in changes:
        at = int(share * len(data))
        match what:
            case "set":
                data = data[:at] + bytes([number]) + data[at + 1 :]
            case "put":
                data = data[:at] + spliced + data[at:]
            case "cut":
                data = data[:at] + data[at + number :]
            case _:
                data = data[: at + number] + data[at:]
    return data


def any_changes(rng: random.Random) -> Changes:
    whats = ["set", "put", "cut", "twice"]
    return [
        (rng.choice(whats), rng.random(), rng.randrange(256), rng.choice(SPLICED)) for _ in range(rng.randint(1, 8))
    ]


def unclean(value: object) -> list[str]:
    """The texts in a value that a terminal would obey, or that hide something."""
    if isinstance(value, str):
        return [value] if value != clean(value) else []
    if isinstance(value, Words):
        return unclean([value.en, value.zh])
    if isinstance(value, dict):
        return unclean([*value.keys(), *value.values()])
    return [text for item in value for text in unclean(item)] if isinstance(value, tuple | list) else []


@fuzzed
@given(CHANGES)
def test_a_deck_is_read_or_refused_and_hides_nothing(tmp_path: Path, changes: Changes) -> None:
    path = tmp_path / "deck.yaml"
    path.write_bytes(mutated((DATA / "every-type.yaml").read_bytes(), changes))
    a_deck(path)


def a_deck(path: Path) -> None:
    deck, faults = load(path)
    assert deck is not None or faults
    for fault in faults:
        said = [fault.says("en"), fault.says("zh")]
        assert all(said) and not unclean([*said, fault.where])
    for card in deck.cards if deck else ():
        assert not unclean([getattr(card, name) for name in card.__struct_fields__ if name not in ("path", "demo")])
    errors, warnings = check(read_library([path], user=None, bundled=path), lambda card: [])
    assert len(errors) == len(set(faults))
    assert not unclean([text for fault in warnings for text in (fault.says("en"), fault.says("zh"), fault.where)])


def read_or_refused(path: Path, deck: Path | None = None) -> None:
    try:
        found = read_file(path)
    except Unreadable:
        return
    except Foreign as error:
        assert str(path) in str(error) or "collection" in str(error)
        return
    deck = deck or path.with_name("out.yaml")
    try:
        deck.write_text(new_text(cleaned(found.title), found.entries, "x"), encoding="utf-8")
    except Unreadable as error:
        assert error.sentence.id == "yaml.deck_would_be_large"
        return
    loaded, faults = load(deck)
    assert loaded is not None and not faults
    assert {card.id for card in loaded.cards} == {entry["id"] for entry in found.entries}
    assert not unclean([(card.q, card.a, card.why, card.tags) for card in loaded.cards])


@pytest.mark.parametrize("name", ["anki-legacy.apkg", "anki-new.apkg", "anki-history.colpkg"])
@fuzzed
@given(changes=CHANGES)
def test_a_package_is_read_or_refused(tmp_path: Path, name: str, changes: Changes) -> None:
    path = tmp_path / name
    path.write_bytes(mutated((DATA / name).read_bytes(), changes))
    read_or_refused(path)


@pytest.mark.parametrize(("name", "inside"), [("anki-history-legacy.apkg", "21"), ("anki-history.apkg", "21b")])
@fuzzed
@given(changes=CHANGES)
def test_a_collection_is_read_or_refused(tmp_path: Path, name: str, inside: str, changes: Changes) -> None:
    import zstandard

    with zipfile.ZipFile(DATA / name) as archive:
        data = archive.read(f"collection.anki{inside}")
    if inside == "21b":
        data = zstandard.ZstdDecompressor().stream_reader(data).read()
    at = [change for change in changes if change[0] == "set"] or [("set", changes[0][1], changes[0][2], b"")]
    data = mutated(data, at)  # a database that is not cut or shifted, so that its pages are looked at
    path = tmp_path / name
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"collection.anki{inside}", zstandard.compress(data) if inside == "21b" else data)
    read_or_refused(path)


@pytest.mark.parametrize("ending", [".txt", ".csv", ".md"])
@fuzzed
@given(changes=CHANGES)
def test_a_text_is_read_or_refused(tmp_path: Path, ending: str, changes: Changes) -> None:
    path = tmp_path / f"deck{ending}"
    deck, _ = load(DATA / "every-type.yaml")
    assert deck is not None
    write_file(deck, path, "en")
    path.write_bytes(mutated(path.read_bytes(), changes))
    read_or_refused(path)


@pytest.mark.parametrize("path", sorted(CASES.glob("*/*")), ids=lambda path: path.name)
def test_what_was_found_once_is_read_or_refused_in_bounded_time(tmp_path: Path, path: Path) -> None:
    start = time.process_time()
    if path.parent.name == "decks":
        a_deck(path)
    else:
        read_or_refused(path, tmp_path / "out.yaml")
    assert time.process_time() - start < MOST_SECONDS


if EXTRA_S:

    def test_for_longer(tmp_path: Path) -> None:
        seed, end = time.time_ns(), time.monotonic() + EXTRA_S
        rng = random.Random(seed)
        written = [tmp_path / f"deck{ending}" for ending in (".apkg", ".txt", ".csv", ".md")]
        deck, _ = load(DATA / "every-type.yaml")
        assert deck is not None
        for path in written:
            write_file(deck, path, "en")
        sources = [DATA / "every-type.yaml", *DATA.glob("*.*pkg"), *written, *CASES.glob("*/*")]
        while time.monotonic() < end:
            source = rng.choice(sources)
            kind = "decks" if source.suffix == ".yaml" else "imports"
            data = mutated(source.read_bytes(), any_changes(rng))
            path = tmp_path / f"any{source.suffix}"
            path.write_bytes(data)
            start = time.process_time()
            try:
                a_deck(path) if kind == "decks" else read_or_refused(path)
                assert time.process_time() - start < MOST_SECONDS
            except BaseException:
                (CASES / kind / f"{blake2b(data, digest_size=6).hexdigest()}{source.suffix}").write_bytes(data)
                raise
