"""The keys of the demo's panel, the most important first."""

from textual.binding import Binding, BindingType

from quizapp.cards.sheet import LETTERS

DEMO_KEYS: list[BindingType] = [
    Binding("y", "allow", "keys.allow", id="demo.allow"),
    *(
        Binding(key, f"predict({i})", "keys.predict", key_display="a-f", show=key == "a", id=f"demo.predict-{key}")
        for i, key in enumerate(LETTERS[:6])
    ),
    Binding("x", "run", "keys.run", id="demo.run"),
    Binding("full_stop", "stop", "keys.stop", id="demo.stop"),
    Binding("w", "keep", "keys.keep", id="demo.keep"),  # of a changed copy only
    Binding("backspace", "drop", "keys.drop", id="demo.drop"),
    Binding("g", "sweep", "keys.sweep", id="demo.sweep"),
    Binding("m", "measure", "keys.measure", id="demo.measure"),
    Binding("v", "source", "keys.source", id="demo.source"),
    Binding("escape", "close_source", "keys.back", id="demo.close-source"),
    Binding("f11", "screen.full", "keys.full_screen", id="demo.full"),
    Binding("E", "edit", "keys.edit", id="demo.edit"),
    Binding("pageup", "page(-1)", "keys.above", show=False, id="demo.page-up"),
    Binding("pagedown", "page(1)", "keys.below", show=False, id="demo.page-down"),
]
