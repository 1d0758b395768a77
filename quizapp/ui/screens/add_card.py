"""A new card: a form for its type, how it will look beside it, and the deck that it goes into."""

import json
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.reactive import var
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from quizapp.cards.card import CARD_LEVELS
from quizapp.cards.draft import FORM_FIELDS, Misfit, Refused, entry_of, misfits
from quizapp.cards.fault import Unfit
from quizapp.cards.library import Library
from quizapp.cards.make import typed_cards
from quizapp.cards.sheet import Block, back, front
from quizapp.cards.text_file import Unreadable
from quizapp.cards.write import Entry
from quizapp.memory.schedule import local_now
from quizapp.study.add import add, begin_deck, last_is_asked, usual_deck, with_entry
from quizapp.texts import tell, text
from quizapp.ui.base_screen import BaseScreen
from quizapp.ui.widgets.controls import Offered, OneOf
from quizapp.ui.widgets.form import Form, FormRows
from quizapp.ui.widgets.form_field import FormField
from quizapp.ui.widgets.key_bar import KeyBar
from quizapp.ui.widgets.panels import Panes
from quizapp.ui.widgets.sheet_view import SheetView
from quizapp.ui.wording import reason
from quizapp.words import clean, read

# The fields of all types from top to bottom; some share a line.
_ORDER = (
    "says", "book question", "q", "text", "choices", "items", "value unit low high", "traps",
    "a", "points", "why", "refs", "tags",
)  # fmt: skip


def _place(field: str) -> int:
    """Where a field stands in the form; what is none, behind all."""
    fields = ["deck", *" ".join(_ORDER).split(), field]
    return fields.index(field)


class CardPreview(SheetView):
    """The card as it would look."""


class AddCardScreen(BaseScreen):
    """Ctrl+S adds the card, and the form is ready for the next; a draft is dropped only if one says so twice."""

    DEFAULT_CSS = """
    AddCardScreen {
        #form {
            width: 1fr;
            height: 1fr;
            & OneOf {
                width: 1fr;
                max-width: 60;
            }
            & .row {
                height: auto;
            }
            & > .row, & > FormField, & > .wrong {
                padding: 0 1;
            }
            & .row FormField {
                padding: 0 1 0 0;
            }
        }
        &.-narrow CardPreview {
            display: none;
        }
        &.-narrow.-previewing CardPreview {
            display: block;
        }
        &.-narrow.-previewing #form {
            display: none;
        }
    }
    """
    AUTO_FOCUS = ""
    once = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "keys.add_card", id="add.save"),
        Binding("ctrl+o", "preview", "keys.preview", id="add.preview"),
        # At once: what is typed right behind it belongs to the next field.
        Binding("tab", "app.focus_next", "keys.next_field", key_display="tab", priority=True, id="add.next"),
        Binding("shift+tab", "app.focus_previous", "keys.previous_field", show=False, priority=True, id="add.previous"),
    ]

    previewing = var(False, toggle_class="-previewing")  # instead of the form, where there is no room for both

    def __init__(self) -> None:
        super().__init__()
        self._form, self._rows = Form(id="form"), FormRows()
        self._deck = FormField("deck")
        self._fields = {name: FormField(name) for names in _ORDER for name in names.split()}
        self._wrong = Static(markup=False, classes="wrong")
        self._sheet = CardPreview()
        self._set_to = {"type": "free", "languages": "", "level": "", "deck": ""}
        self._tried = False  # to save: from then on faults show as one types
        self._warned = False  # that Esc drops what was typed
        self._filled = False  # with every field of its type
        self._left: Widget | None = None  # where one was typing before the preview
        self._made: Path | None = None  # a deck that was begun here

    def compose(self) -> ComposeResult:
        self._set_to["languages"] = "both" if self.context.shown == "both" else "one"
        usual = usual_deck(self.context.desk.library.decks)
        self._set_to["deck"] = str(usual) if usual is not None else ""
        with Panes():
            with self._form:
                with self._rows:
                    for name, choices in self._choices().items():
                        yield OneOf(name, choices, self._set_to[name])
                yield self._deck
                for names in _ORDER:
                    fields = [self._fields[name] for name in names.split()]
                    yield Horizontal(*fields, classes="row") if len(fields) > 1 else fields[0]
                yield self._wrong
            yield self._sheet
        yield KeyBar()

    def on_mount(self) -> None:
        self.language_changed()
        if not self._set_to["deck"]:
            self._deck.begin(text("screens.add_card.mine", self.context.language))
        self._asks.areas[0].focus(scroll_visible=self.app.size.height < 20)  # what is chosen above it stays in sight
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        """Below what one begins with the other fields, which would keep it waiting."""
        self._filled = True
        self.language_changed()

    # What is chosen above the fields

    @property
    def _asks(self) -> FormField:
        """The field that asks."""
        return self._fields[FORM_FIELDS[self._set_to["type"]][0]]

    @property
    def _both(self) -> bool:
        return self._set_to["languages"] == "both"

    def _decks(self) -> list[tuple[Path, str]]:
        """The decks that a card may be added to, with their titles: never one that came with quizapp."""
        decks = self.context.desk.library.decks
        return [(deck.path, read(deck.title, self.context.shown, " / ")) for deck in decks if not deck.bundled]

    def _choices(self) -> dict[str, Offered]:
        language = self.context.language
        decks = {str(path): title for path, title in self._decks()}
        if len({*decks.values()}) < len(decks):
            decks = {path: Path(path).name for path in decks}
        return {
            "type": {kind: text(f"ui.type.{kind}", language) for kind in FORM_FIELDS},
            "languages": {way: text(f"screens.add_card.{way}", language) for way in ("one", "both")},
            "level": {"": "–", **{level: text(f"ui.level.{level}", language) for level in CARD_LEVELS}},
            "deck": {**decks, "": text("screens.add_card.new_deck", language)},
        }

    def language_changed(self) -> None:
        language = self.context.language
        for one, (name, choices) in zip(self._rows.query(OneOf), self._choices().items(), strict=True):
            if self._set_to[name] not in choices:  # a deck that is gone
                self._set_to[name] = next(iter(choices))
            one.offer(choices, self._set_to[name])
        self._rows.show({name: (text(f"screens.row.{name}", language), "") for name in self._set_to})
        self._form.frame(text("screens.add_card.title", language))
        self._sheet.frame(text("keys.preview", language))
        shows = {*FORM_FIELDS[self._set_to["type"]]} | ({"deck"} if not self._set_to["deck"] else set())
        for field in (self._deck, *self._fields.values()):
            if field.field in shows and (self._filled or field in (self._deck, self._asks)):
                field.draw(language, both=self._both)
            else:
                field.display = False
        for row in self.query(".row"):
            row.display = any(child.display for child in row.children)
        self._draw()

    def library_changed(self, was: Library) -> None:
        if self._made is not None and any(path == self._made for path, _ in self._decks()):
            self._set_to["deck"], self._made = str(self._made), None
            self._deck.empty()
        self.language_changed()

    @on(Form.Chosen)
    def _chosen(self, event: Form.Chosen) -> None:
        if self._set_to[event.name] != event.value:
            self._set_to[event.name] = str(event.value)
            self.language_changed()

    # The draft

    @property
    def _draft(self) -> dict[str, str]:
        return {name: said for field in self._fields.values() for name, said in field.typed.items()}

    def _entry(self) -> Entry:
        return entry_of(self._set_to["type"], self._draft, both=self._both, level=self._set_to["level"])

    @property
    def _dirty(self) -> bool:
        return any(said.strip() for name, said in self._draft.items() if name != "tags")

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _edited(self) -> None:
        self._warned = False
        self._draw()

    def _draw(self) -> None:
        """The card as it would look, and once one tried to save it, what is wrong with it."""
        entry = self._entry()
        self._sheet.show(*self._sides(entry))
        if self._tried:
            self._blame(misfits(entry))

    def _sides(self, entry: Entry) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
        try:
            cards = typed_cards(json.loads(json.dumps(entry)), "draft", Path(), 0)
        except Unfit:  # not yet a card: at least what it asks
            said = "\n\n".join(text for text in self._asks.typed.values() if text.strip())
            if not said:
                return (Block(tell("screens.add_card.here").says(self.context.language), "small"),), ()
            return (Block(said, "question"),), ()
        shown, language = self.context.shown, self.context.language
        if len(cards) == 1:
            return front(cards[0], shown), back(cards[0], shown)
        asks: list[Block] = []
        for at, card in enumerate(cards, 1):  # a card for each gap
            number = text("screens.add_card.one_of", language, at=at, of=len(cards))
            asks += [Block(number, "label"), *front(card, shown)]
        return tuple(asks), back(cards[0], shown)

    def _blame(self, found: list[Misfit]) -> None:
        """Say at each field what is wrong with it; below the form what belongs to none that shows."""
        said: dict[str, list[str]] = {}
        for misfit in found:
            field = self._deck if misfit.field == "deck" else self._fields.get(misfit.field)
            said.setdefault(misfit.field if field is not None and field.display else "", []).append(
                misfit.sentence.says(self.context.language)
            )
        for name, field in {**self._fields, "deck": self._deck}.items():
            field.say("\n".join(said.get(name, ())))
        self._wrong.update("\n".join(f"✗ {line}" for line in said.get("", ())))

    # Actions

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "preview" or self.has_class("-narrow")

    def on_resize(self) -> None:
        self.refresh_bindings()

    def action_preview(self) -> None:
        """On a narrow screen: the card instead of the form, and back."""
        if self.previewing:
            self._to_form()
            return
        self._left = self.focused
        self.previewing = True
        self.set_focus(self._sheet)
        self.call_after_refresh(self._draw)  # what was drawn while it was hidden is not on the screen

    def _to_form(self) -> None:
        """From the preview back to where one was typing."""
        if self.previewing:
            self.previewing = False
            self.set_focus(self._left)

    def action_save(self) -> None:
        entry, chosen, desk = self._entry(), self._set_to["deck"], self.context.desk
        self._tried = True
        try:
            if chosen:
                path = Path(chosen)
                add(path, entry, desk.home.decks, desk.paths)
            else:
                self._made = path = begin_deck(desk.home.decks, self._deck.typed["deck"], entry, desk.library)
        except Refused as refused:
            self._blame(refused.misfits)
            self._go_to(min((one.field for one in refused.misfits), key=_place))
        except (Unreadable, OSError) as error:
            said = text("screens.add_card.not_added", self.context.language, file=Path(chosen).name, why=reason(error))
            self.notify(said, severity="error", markup=False)
        else:
            self.notify(self._when_asked(path, entry), timeout=6, markup=False)
            self._begin_anew()
            self.context.reload()

    def _when_asked(self, path: Path, entry: Entry) -> str:
        """Into which deck the card went, and when it is asked."""
        desk, language = self.context.desk, self.context.language
        deck, decks = with_entry(desk.library.decks, path, entry)
        when = last_is_asked(deck, decks, desk.standings, local_now(), desk.settings)
        title = read(deck.title, self.context.shown, " / ") if len(deck.cards) > 1 else self._deck.typed["deck"]
        before = next((len(known.cards) for known in desk.library.decks if known.path == path), 0)
        return text(
            f"screens.add_card.{when}",
            language,
            n=len(deck.cards) - before,
            deck=clean(title or deck.name),
            key=self.context.key("browse.study", "s") if when == "far" else self.context.key("home.study", "Enter"),
        )

    def _begin_anew(self) -> None:
        self._tried = self._warned = False
        for name, field in self._fields.items():
            field.say("")
            if name != "tags":
                field.empty()
        self._deck.say("")
        self._wrong.update("")
        self._to_form()
        self._asks.areas[0].focus()

    def _go_to(self, name: str) -> None:
        field = self._deck if name == "deck" else self._fields.get(name)
        self._to_form()
        if field is not None and field.display:
            field.areas[0].focus()

    def action_back(self) -> None:
        if self.previewing:
            self._to_form()
        elif self._dirty and not self._warned:
            self._warned = True
            key = self.context.key("add.save", "Ctrl+S")
            said = text("screens.add_card.sure", self.context.language, key=key)
            self.notify(said, severity="warning", markup=False)
        else:
            self.dismiss()
