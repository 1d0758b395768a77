"""What keys mean: a letter one thing throughout, ids that users' settings may have, phrases for all of them."""

import re
from collections.abc import Iterator
from pathlib import Path

from textual.binding import Binding

from quizapp.texts import room, text
from quizapp.ui.keymap import GONE, MEANINGS, declared, every_binding, owners, unknown
from quizapp.ui.screens.help import _PHRASES
from quizapp.ui.wording import key_phrase

PAGE = (Path(__file__).parents[2] / "docs" / "settings.md").read_text("utf-8")
OF_A_LIST = re.compile(r"(answer\.pick|demo\.predict)-[a-f]")  # a list shows these letters before its lines

# Every id that there was when users could first write them into their settings.
IDS = """
add.next add.preview add.previous add.save answer.accept answer.again answer.down answer.drop answer.easy
answer.good answer.hard answer.next-pane answer.pick-a answer.pick-b answer.pick-c answer.pick-d answer.pick-e
answer.pick-f answer.reveal answer.sure-1 answer.sure-2 answer.sure-3 answer.sure-4 answer.type answer.up app.help
app.language app.log app.palette app.quit ask.no ask.yes browse.bury browse.cram browse.demo browse.edit browse.flag
browse.list browse.next browse.next-pane browse.open browse.previous browse.reset browse.search browse.sort
browse.suspend browse.undo demo.allow demo.drop demo.edit demo.keep demo.measure demo.predict-a demo.predict-b
demo.predict-c demo.predict-d demo.predict-e demo.predict-f demo.run demo.source demo.stop demo.sweep home.add
home.browse home.interview home.lab home.quit home.quiz home.readiness home.settings home.stats home.study home.tour
interview.delete interview.drop interview.end interview.next interview.resume keys.change keys.usual knobs.down
knobs.less knobs.more knobs.up lab.list lab.next-pane lab.open lab.search list.down list.end list.home list.open
list.page-down list.page-up list.up marking.undo practise.begin practise.more quiz.count quiz.home quiz.undo
readiness.cram readiness.date readiness.follow readiness.topics report.again report.count report.export report.home
screen.back settings.change settings.edit settings.keys settings.less settings.more settings.usual study.bury
study.demo study.edit study.first study.flag study.related study.suspend study.too-early study.undo summary.home
summary.undo tour.next
"""


def on_letters() -> Iterator[tuple[str, Binding]]:
    for owner in owners():
        for binding in declared(owner):
            for key in binding.key.split(","):
                if len(key) == 1 and key.isalpha() and not OF_A_LIST.fullmatch(binding.id or ""):
                    yield key, binding


def test_a_letter_means_one_thing_on_every_screen() -> None:
    found = list(on_letters())
    assert len(found) > 40
    assert [(key, one.id) for key, one in found if one.description not in MEANINGS.get(key, ())] == []
    bound = {(key, one.description) for key, one in found}
    assert [(key, what) for key, meant in MEANINGS.items() for what in meant if (key, what) not in bound] == []


def test_every_letter_has_a_phrase_in_both_languages_and_stands_in_the_docs() -> None:
    assert {id.removeprefix("letters.") for id in room("letters")} == set(MEANINGS)
    table = PAGE.partition("\n## Keys\n")[2].partition("| where |")[0]
    assert dict(re.findall(r"\| `(\w)` \| ([^|]+?) (?=\|)", table)) == {
        letter: text(f"letters.{letter}", "en") for letter in MEANINGS
    }
    assert all(text(f"letters.{letter}", "zh") != text(f"letters.{letter}", "en") for letter in MEANINGS)


def test_an_id_that_users_may_have_written_stays() -> None:
    assert [id for id in IDS.split() if id not in every_binding() and id not in GONE] == []
    assert set(IDS.split()) >= GONE and unknown(dict.fromkeys(IDS.split(), ("g",))) == []
    assert "settings.usual" in str(unknown({"settings.usul": ("g",)})[0])


def test_every_phrase_of_the_help_is_of_a_binding() -> None:
    bindings = every_binding().values()
    known = {f"help.{name}" for one in bindings for name in (one.id, one.description.removeprefix("keys."))}
    assert set(room("help")) - known - set(_PHRASES.values()) == set()


def test_only_what_skips_an_examiner_says_so() -> None:
    skips = {id: key_phrase(one, "en") for id, one in every_binding().items() if one.description == "keys.skip"}
    assert {id for id, said in skips.items() if "examiner" in said} == {"interview.skip"} and len(skips) > 1


def test_the_docs_name_bindings_that_are_there() -> None:
    example = PAGE.partition("\nkeys:\n")[2].partition("```")[0]
    ids = re.findall(r"^  ([\w.-]+):", example, re.MULTILINE)
    assert len(ids) == 2 and unknown(dict.fromkeys(ids, ("g",))) == []
