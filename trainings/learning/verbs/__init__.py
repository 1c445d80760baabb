"""What can be done with needs, positioning, results and examinations."""

from trainings.learning.verbs.exams import (
    ExamLine,
    ExamOutcome,
    check_line,
    line_of,
    publish_rates,
    record_exams,
    set_exam_dates,
)
from trainings.learning.verbs.intake import (
    MissingAnswer,
    conclude_intake,
    conclude_many,
    keep_draft,
    record_session_need,
    send_intake,
    type_intake,
)
from trainings.learning.verbs.results import (
    add_evaluation,
    record_results,
    remove_evaluation,
)
from trainings.learning.verbs.sending import (
    send_links,
    send_step,
    sentence_of,
)

__all__ = [
    "ExamLine",
    "ExamOutcome",
    "MissingAnswer",
    "add_evaluation",
    "check_line",
    "conclude_intake",
    "conclude_many",
    "keep_draft",
    "line_of",
    "publish_rates",
    "record_exams",
    "record_results",
    "record_session_need",
    "remove_evaluation",
    "send_intake",
    "send_links",
    "send_step",
    "sentence_of",
    "set_exam_dates",
    "type_intake",
]
