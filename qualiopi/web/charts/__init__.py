"""Pictures drawn on the server as SVG: the same on screen and in the PDF, colours and sizes as attributes."""

from .bars import marks_bar, recommendation_columns, status_bar, swatch
from .curve import CurvePoint, month_window, time_curve
from .marks import Slot, marks_row
from .small import progress_marks, scale_dots, thread_point
from .strip import MOST_PEOPLE, Half, Stage, Strip, mini_strip, narrow_strip, strip_key, wide_strip
from .tiles import MapCriterion, indicator_map
from .year import Moment, Month, Year, narrow_year, wide_year, year_key

__all__ = [
    "MOST_PEOPLE",
    "CurvePoint",
    "Half",
    "MapCriterion",
    "Moment",
    "Month",
    "Slot",
    "Stage",
    "Strip",
    "Year",
    "indicator_map",
    "marks_bar",
    "marks_row",
    "mini_strip",
    "month_window",
    "narrow_strip",
    "narrow_year",
    "progress_marks",
    "recommendation_columns",
    "scale_dots",
    "status_bar",
    "strip_key",
    "swatch",
    "thread_point",
    "time_curve",
    "wide_strip",
    "wide_year",
    "year_key",
]
