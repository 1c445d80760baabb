"""Parts of a download."""

import pytest

from evidence.packs.ranges import UnsatisfiableRange, read_range


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-", (0, 1000)),
        ("bytes=0-99", (0, 100)),
        ("bytes=999-", (999, 1000)),
        ("bytes=500-5000", (500, 1000)),
        ("bytes=-100", (900, 1000)),
        ("bytes=-5000", (0, 1000)),
        ("bytes=5-4", None),
        ("bytes=-", None),
        ("bytes=0-1,5-6", None),
        ("items=0-1", None),
        ("", None),
        (f"bytes={'9' * 5000}-", None),
    ],
)
def test_read_range(header, expected):
    assert read_range(header, 1000) == expected


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=2000-3000", "bytes=-0"])
def test_a_part_outside_the_file_is_refused(header):
    with pytest.raises(UnsatisfiableRange):
        read_range(header, 1000)
