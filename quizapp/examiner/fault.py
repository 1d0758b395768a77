"""What can go wrong between us and an examiner."""

from quizapp.texts import UserError


class ExaminerFault(UserError):
    """The examiner cannot be asked, or did not say what can be read; the sentence says why and what to do."""
