"""Opening every screen, a key in the search box, and twenty grades in a row, with 10,000 cards that were all reviewed.

In a real pty, from the key to the text that it brings. A screen that is not there yet is left out. Run:
    python benchmarks/screens.py
"""

import math
import os
import sys
import tempfile
import time
from pathlib import Path

from memory import our_build
from terminal import Terminal, report

CARDS, DECKS, REVIEWS = 10_000, 20, 3
OPENINGS, GRADES = 10, 20
SEARCHES = 3  # of each query: of fewer keys the 95th percentile is the slowest one
QUIET = 0.06  # seconds without output: the screen has come to rest
SETTLED = 1.5

# The id of the binding that opens it from the home screen, and a text that only it shows.
SCREENS = {
    "browse": ("home.browse", "10,000"),
    "statistics": ("home.stats", "Reading your journals"),
    "lab": ("home.lab", "ype to search"),
    "quiz": ("home.quiz", "Quick quiz"),
    "interview": ("home.interview", "Minutes"),
    "readiness": ("home.readiness", "Date of the interview"),
    "a new card": ("home.add", "Card type"),
    "first session": ("home.tour", "twelve minutes"),
    "settings": ("home.settings", "Settings"),
    "help": ("app.help", "What works now"),
    "messages": ("app.log", "Messages"),
    "study": ("home.study", "Space"),
}
HOME = "Everything"
QUERIES = ["card 77", "rounding 91", "is:due", "level:b", "蒸馏 1", "tag:kern 3", "scale of 5"]
BACK = "\x02"  # ctrl+b, as the settings below say: a terminal gives Esc away only after a tenth of a second
KEYS = {"question_mark": "?", "comma": ",", "f12": "\x1b[24~", "slash": "/"}

# The app with what its fsyncs took written to a file, one line each.
SYNCED = """
import sys, time
from quizapp import disk
real, file = disk.sync, open(sys.argv.pop(1), "a", buffering=1)
def sync(fd):
    begin = time.perf_counter()
    real(fd)
    file.write(f"{time.perf_counter() - begin}\\n")
disk.sync = sync
from quizapp.cli import main
sys.exit(main(sys.argv[1:]))
"""


def deck(number: int) -> str:
    """One of the decks; its cards are those whose reviews `our_build` writes."""
    cards = []
    for card in range(number, CARDS, DECKS):
        topic = ("rounding", "pruning", "distillation", "attention")[card % 4]
        cards.append(f"""  - id: card-number-{card}
    level: {("basic", "intermediate", "advanced")[card % 3]}
    tags: [kernels-{card % 9}, {topic}]
    q:
      en: Card {card}, what does a scale of {card} do to the {topic} of a layer's weights?
      zh: 第 {card} 张：缩放系数为 {card} 时，一层权重的舍入误差会怎样变化？
    a:
      en: |
        It sets the **step**. With `s = max|w| / qmax` every weight moves by at most
        half a step, so that the error grows with the largest weight of the layer.
      zh: |
        它决定**步长**：每个权重最多移动半步，因此误差随最大的权重增长。蒸馏 {card % 50} 次之后也是如此。
    points:
      - {{en: the scale sets the step, zh: 缩放系数决定步长, hit: [scale, 缩放]}}
    why: {{en: One outlier stretches it for all., zh: 一个离群值会拉大所有权重的步长。}}
    refs: ["arXiv:1712.05877"]
""")
    return f"deck: deck-{number}\ntitle: Deck {number}\ncards:\n" + "".join(cards)


def make(home: Path) -> None:
    """A home with the decks, their reviews, and the caches that a first start leaves."""
    from quizapp.memory.schedule import local_now
    from quizapp.paths import Home
    from quizapp.study.desk import open_desk

    (home / "decks").mkdir(parents=True)
    for number in range(DECKS):
        (home / "decks" / f"deck-{number}.yaml").write_text(deck(number), encoding="utf-8")
    our_build(home, CARDS, REVIEWS)
    (home / "settings.yaml").write_text("timer: false\nlanguage: en\ntour: done\nkeys: {screen.back: ctrl+b}\n")
    open_desk(Home(home), [home / "decks"], local_now()).recorder.close()


def bindings() -> dict[str, str]:
    """The key of each binding of home and app, as a terminal sends it."""
    from textual.binding import Binding

    from quizapp.ui.app import QuizApp
    from quizapp.ui.screens.home import HomeScreen

    found = (b for b in (*HomeScreen.BINDINGS, *QuizApp.BINDINGS) if isinstance(b, Binding) and b.id)
    return {b.id or "": KEYS.get(name := b.key.partition(",")[0], name) for b in found}


def app(home: Path, *words: str) -> Terminal:
    return Terminal([sys.executable, "-m", "quizapp.cli", "--home", str(home), *words], {"LC_ALL": "C.UTF-8"})


def openings(home: Path) -> dict[str, float]:
    """The 95th percentile of the seconds from key to paint of each screen, the first opening among them."""
    keys = bindings()
    terminal = app(home, str(home / "decks"))
    found: dict[str, list[float]] = {"home": []}
    try:
        terminal.wait(HOME)
        time.sleep(SETTLED)
        terminal.drain()
        for name, (binding, text) in SCREENS.items():
            if binding not in keys:
                continue
            for _ in range(OPENINGS):
                terminal.press(keys[binding])
                found.setdefault(name, []).append(terminal.wait(text))
                terminal.drain(QUIET)
                terminal.press(BACK)
                found["home"].append(terminal.wait(HOME))
                terminal.drain(QUIET)
        terminal.press(keys["home.study"])
        for _ in range(OPENINGS):
            terminal.wait("Space")
            terminal.drain(QUIET)
            terminal.press(" 3")
            terminal.drain(QUIET * 3)
            terminal.press(BACK)
            found.setdefault("summary", []).append(terminal.wait("sitting"))
            terminal.drain(QUIET)
            terminal.press("u")
    finally:
        terminal.close()
    return {name: p95(times) for name, times in found.items()}


def searches(home: Path) -> tuple[float, float]:
    """Of 10,000 cards: the search by itself, and from a key in the search box to the number of cards it leaves."""
    from quizapp.cards.library import read_library
    from quizapp.memory.schedule import Rules, local_now
    from quizapp.memory.standings import open_standings
    from quizapp.settings import Settings
    from quizapp.study.search import Catalogue, Index

    now = local_now()
    library = read_library([home / "decks"], user=None, bundled=home, cache=home / "cache")
    standings = open_standings(home, rules=Rules())
    catalogue = Catalogue(Index(library.decks), standings.all, now, Settings())
    catalogue.find("warm", "deck")
    alone, counts = [], {}
    for query in QUERIES:
        for end in range(1, len(query) + 1):
            begin = time.perf_counter()
            counts[query[:end]] = len(catalogue.find(query[:end], "deck"))
            alone.append(time.perf_counter() - begin)
    times = []
    terminal = app(home, str(home / "decks"))
    try:
        terminal.wait(HOME)
        time.sleep(SETTLED)
        terminal.drain()
        terminal.press(bindings()["home.browse"])
        terminal.wait("10,000")
        terminal.drain(QUIET)
        for query in QUERIES * SEARCHES:
            before = CARDS
            for end in range(1, len(query) + 1):
                terminal.press(query[end - 1])
                count = counts[query[:end]]
                if count != before:  # else there is nothing to wait for
                    times.append(terminal.wait(f"{count:,}"))
                terminal.drain(QUIET)
                before = count
            terminal.press("\x15")  # ctrl+u
            terminal.drain(QUIET)
    finally:
        terminal.close()
    return p95(alone), p95(times)


def burst(home: Path) -> float:
    """Seconds from the first key of twenty grades, sent at once, to the last paint, without their fsyncs."""
    log = home / "synced"
    terminal = Terminal(
        [sys.executable, "-c", SYNCED, str(log), "--home", str(home), str(home / "decks")], {"LC_ALL": "C.UTF-8"}
    )
    try:
        terminal.wait(HOME)
        time.sleep(SETTLED)
        terminal.drain()
        terminal.press("s")
        terminal.wait("Space")
        terminal.drain(0.5)
        terminal.press(" 3")  # makes what is made once
        terminal.drain(0.5)
        before = len(log.read_text().split())
        begin = time.perf_counter()
        terminal.press(" 3" * GRADES)
        end = terminal.settle(SETTLED)
        synced = [float(line) for line in log.read_text().split()[before:]]
    finally:
        terminal.close()
    if len(synced) < GRADES:
        raise RuntimeError(f"only {len(synced)} of {GRADES} grades were saved")
    return end - begin - sum(synced)


def p95(times: list[float]) -> float:
    return sorted(times)[math.ceil(0.95 * len(times)) - 1]


def main() -> None:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory(prefix="quizapp-screens-") as folder:
        home = Path(folder)
        make(home)
        opened = openings(home)
        alone, key = searches(home)
        grades = min(burst(home) for _ in range(2))  # what else ran meanwhile only adds
    figures = {f"open {name}, p95": (1000 * value, 100.0, "ms") for name, value in opened.items()}
    figures["search 10,000 cards, p95"] = (1000 * alone, 16.0, "ms")
    figures["search, key to paint, p95"] = (1000 * key, 50.0, "ms")
    figures["20 grades beyond their fsyncs"] = (1000 * grades, 200.0, "ms")
    report(figures)


if __name__ == "__main__":
    main()
