"""Where the examiner is: the address, the model, and what names its key. The key itself is read when it is used."""

from msgspec import Struct

from quizapp.settings import Settings


class Place(Struct, frozen=True):
    """`address`: an OpenAI-compatible base, such as http://localhost:11434/v1; `key`: "" for none, "env:NAME" for an
    environment variable, "keyring:NAME" for the entry NAME of the service "quizapp"."""

    address: str
    model: str
    key: str = ""


def examiner_place(settings: Settings) -> Place | None:
    """What the settings say; None while no examiner is set up."""
    if not settings.examiner_address or not settings.examiner_model:
        return None
    return Place(settings.examiner_address, settings.examiner_model, settings.examiner_key)
