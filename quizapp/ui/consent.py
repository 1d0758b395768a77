"""Whether what is typed may be sent to an examiner: asked once for each address, and before anything is."""

from collections.abc import Callable

from textual.dom import DOMNode

from quizapp.examiner.place import Place, examiner_place, read_address
from quizapp.memory.schedule import local_now
from quizapp.texts import text
from quizapp.ui.context import context
from quizapp.ui.routes import open_screen
from quizapp.words import clean


def with_consent(node: DOMNode, place: Place, then: Callable[[bool], object]) -> None:
    """Call `then` with whether answers may be sent to `place`: at once if the user agreed before, else once they say
    so. Raises ExaminerFault for an address to which nothing can be sent."""
    here, address = context(node), read_address(place.address)

    def said(yes: bool | None) -> None:
        if yes:
            here.examined.agree(place.address, local_now())
        then(bool(yes))

    if here.examined.agreed(place.address):
        then(True)
        return
    asks = text("examining.ask", here.language, host=address.host, address=address.url, model=clean(place.model))
    seen = text("examining.ask_clear", here.language) if address.clear else ""
    open_screen(node, "ask", f"{asks} {seen}".rstrip(), then=said)


def agreed_place(node: DOMNode) -> Place | None:
    """Where the examiner is, if one is set up and the user agreed that answers are sent there."""
    here = context(node)
    place = examiner_place(here.desk.settings)
    return place if place is not None and here.examined.agreed(place.address) else None
