"""What goes between the processes is read back as it was, or refused: what a child sends is not believed."""

import pytest

from qualiopi.sandbox import wire
from tests.sandbox.readers import VALUES


def test_what_is_encoded_is_decoded():
    assert wire.decode(wire.encode({"cells": VALUES, "line": (1, 2)})) == {"cells": VALUES, "line": [1, 2]}


@pytest.mark.parametrize("value", [object(), {1, 2}, b"octets", 1j])
def test_nothing_else_travels(value):
    with pytest.raises(TypeError):
        wire.encode(value)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"{",
        b'{"$":"module","v":"os"}',
        b'{"$":"date","v":"hier"}',
        b'{"$":"timedelta","v":[1e300,0,0]}',
        b'{"$":["date"],"v":1}',
        b'{"$":"date"}',
        b"[" * 100_000,
        b"9" * 10_000,
        b"\x80\x04K\x01.",
    ],
)
def test_anything_else_is_refused(content):
    with pytest.raises(wire.Malformed):
        wire.decode(content)


@pytest.mark.parametrize("size", [1, 3, 1_000])
def test_pieces_are_found_however_the_bytes_come(size):
    stream = wire.piece(wire.MESSAGE, b"bonjour") + wire.piece(wire.FAILURE) + wire.piece(wire.END)
    pieces = wire.Pieces()
    found = [each for start in range(0, len(stream), size) for each in pieces.feed(stream[start : start + size])]
    assert found == [(wire.MESSAGE, b"bonjour"), (wire.FAILURE, b""), (wire.END, b"")]
