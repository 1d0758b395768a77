"""What a Chinese input method sends for a key: 。 for the full stop, ？ for the question mark."""

from textual import events
from textual.keys import _character_to_key

# Not of the block of full-width twins, yet on the same keys.
_ON_THE_SAME_KEY = {"\u3000": " ", "。": ".", "、": "/", "《": "<", "》": ">", "【": "[", "】": "]"}
_FIRST, _LAST, _APART = "！", "～", 0xFEE0  # the twins of ! to ~


def half_width(character: str) -> str:
    """What stands on the same key as `character` with the input method off; `character` itself if that is the same."""
    twin = chr(ord(character) - _APART) if _FIRST <= character <= _LAST and len(character) == 1 else character
    return _ON_THE_SAME_KEY.get(twin, twin)


def half_width_key(event: events.Key) -> events.Key:
    """`event` as the key alone would have sent it."""
    if event.character is None or (twin := half_width(event.character)) == event.character:
        return event
    return events.Key(_character_to_key(twin), twin)
