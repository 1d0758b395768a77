"""Work beside the keys that may go wrong: what it reads was written by strangers."""

from typing import Any

from textual.dom import DOMNode
from textual.worker import Worker, WorkerState

from quizapp.texts import UserError, text
from quizapp.ui.context import context


class FaultsAreSaid(DOMNode):
    """A screen or widget of whose workers, those of `@work` too, a fault is said, and does not end the app.

    It is the last base: Textual takes a widget's style from the first.
    """

    def run_worker(self, work: Any, *args: Any, **options: Any) -> Worker[Any]:
        return super().run_worker(work, *args, **{**options, "exit_on_error": False})

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR:
            self.say_fault(event.worker.error)

    def say_fault(self, fault: BaseException | None) -> None:
        language = context(self).language
        if isinstance(fault, UserError):
            said = fault.sentence.says(language)
        else:
            said = text("ui.failed", language, error=repr(fault))
        self.app.notify(said, severity="error", timeout=10, markup=False)
