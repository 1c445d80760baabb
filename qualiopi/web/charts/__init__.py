"""Pictures drawn on the server as SVG: the same on screen and in the PDF, colours and sizes as attributes."""

from .bars import marks_bar, recommendation_columns, status_bar, swatch
from .curve import CurvePoint, month_window, time_curve
from .marks import Slot, marks_row
from .small import progress_marks, scale_dots, thread_point
from .tiles import MapCriterion, indicator_map

__all__ = [
    "CurvePoint",
    "MapCriterion",
    "Slot",
    "indicator_map",
    "marks_bar",
    "marks_row",
    "month_window",
    "progress_marks",
    "recommendation_columns",
    "scale_dots",
    "status_bar",
    "swatch",
    "thread_point",
    "time_curve",
]
