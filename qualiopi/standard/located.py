"""Reading YAML so that a fault can be told with its file and line."""

from collections.abc import Generator, Hashable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from qualiopi.standard.typography import french

try:  # written in C, several times faster; absent from a PyYAML built without libyaml
    from yaml import CSafeLoader as SafeLoader
except ImportError:
    from yaml import SafeLoader  # type: ignore[assignment]


class StandardDataError(Exception):
    """The project's own data is wrong. The message names the file and the line."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        super().__init__(f"{path.name}, line {line}: {message}")
        self.path = path
        self.line = line


class Block(dict[str, Any]):
    """A mapping that remembers the line it starts on and the line of each key."""

    line: int
    lines: dict[str, int]


class Sequence(list[Any]):
    """A list that remembers the line of each item."""

    line: int
    lines: list[int]


class _LocatedLoader(SafeLoader):
    path: Path

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        block = Block()
        block.line = node.start_mark.line + 1
        block.lines = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            line = key_node.start_mark.line + 1
            if key in block:
                raise StandardDataError(self.path, line, f"duplicate key {key!r}")
            block[key] = self.construct_object(value_node, deep=True)
            block.lines[key] = line
        return block  # type: ignore[return-value]

    def construct_yaml_seq(self, node: yaml.SequenceNode) -> Generator[list[Any], None, None]:
        sequence = Sequence()
        sequence.line = node.start_mark.line + 1
        sequence.lines = [item.start_mark.line + 1 for item in node.value]
        yield sequence
        sequence.extend(self.construct_object(item, deep=True) for item in node.value)

    def construct_yaml_map(self, node: yaml.MappingNode) -> Generator[dict[Any, Any], None, None]:
        block = self.construct_mapping(node, deep=True)
        yield block


_LocatedLoader.add_constructor("tag:yaml.org,2002:map", _LocatedLoader.construct_yaml_map)
_LocatedLoader.add_constructor("tag:yaml.org,2002:seq", _LocatedLoader.construct_yaml_seq)


class Reader:
    """Checked access to one data file. Every method raises ``StandardDataError`` naming the line."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def load(self) -> Block:
        """Parse the file. Raises on a syntax error, a duplicate key, or a file that isn't a mapping."""
        loader = _LocatedLoader(self.path.read_text(encoding="utf-8"))
        loader.path = self.path
        try:
            content = loader.get_single_data()
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise StandardDataError(self.path, line, f"not valid YAML: {error.problem}") from error
        finally:
            loader.dispose()
        if not isinstance(content, Block):
            raise StandardDataError(self.path, 1, "a mapping is expected")
        return content

    def fail(self, line: int, message: str) -> StandardDataError:
        return StandardDataError(self.path, line, message)

    def only(self, block: Block, *, required: Iterable[str], optional: Iterable[str] = ()) -> None:
        """Refuse an absent or an unknown key."""
        required = tuple(required)
        for key in required:
            if key not in block:
                raise self.fail(block.line, f"{key!r} is missing")
        known = {*required, *optional}
        for key in block:
            if key not in known:
                raise self.fail(block.lines[key], f"unknown key {key!r}")

    def text(self, block: Block, key: str) -> str:
        value = block.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.fail(block.lines.get(key, block.line), f"{key!r}: a sentence or a name is expected")
        return french(value)

    def optional_text(self, block: Block, key: str) -> str | None:
        return None if block.get(key) is None else self.text(block, key)

    def number(self, block: Block, key: str) -> int:
        value = block.get(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.fail(block.lines.get(key, block.line), f"{key!r}: a whole number is expected")
        return value

    def optional_number(self, block: Block, key: str) -> int | None:
        return None if block.get(key) is None else self.number(block, key)

    def flag(self, block: Block, key: str, *, default: bool = False) -> bool:
        value = block.get(key, default)
        if not isinstance(value, bool):
            raise self.fail(block.lines[key], f"{key!r}: true or false is expected")
        return value

    def day(self, block: Block, key: str) -> date | None:
        value = block.get(key)
        if value is None:
            return None
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except (TypeError, ValueError):
            raise self.fail(block.lines[key], f"{key!r}: a date is expected, as 2026-11-01") from None

    def block(self, block: Block, key: str) -> Block:
        value = block.get(key)
        if not isinstance(value, Block):
            raise self.fail(block.lines.get(key, block.line), f"{key!r}: a mapping is expected")
        return value

    def blocks(self, block: Block, key: str) -> list[Block]:
        value = block.get(key)
        if not isinstance(value, Sequence):
            raise self.fail(block.lines.get(key, block.line), f"{key!r}: a list is expected")
        for item, line in zip(value, value.lines, strict=True):
            if not isinstance(item, Block):
                raise self.fail(line, f"{key!r}: a mapping is expected")
        return list(value)

    def items(self, block: Block, key: str) -> tuple[Any, ...]:
        """A list without repetition; absent means empty."""
        if key not in block:
            return ()
        value = block[key]
        if not isinstance(value, Sequence):
            raise self.fail(block.lines[key], f"{key!r}: a list is expected")
        seen = set()
        for item, line in zip(value, value.lines, strict=True):
            if isinstance(item, Block | Sequence):
                raise self.fail(line, f"{key!r}: a plain value is expected")
            if item in seen:
                raise self.fail(line, f"{key!r}: {item!r} is there twice")
            seen.add(item)
        return tuple(french(item) if isinstance(item, str) else item for item in value)

    def names(self, block: Block, key: str, known: Iterable[str] | Mapping[str, Any], what: str) -> tuple[str, ...]:
        """A list of names that must all be known."""
        values = self.items(block, key)
        for value, line in zip(values, block[key].lines if values else (), strict=True):
            if value not in known:
                raise self.fail(line, f"{key!r}: unknown {what} {value!r}")
        return values

    def name(self, block: Block, key: str, known: Iterable[str] | Mapping[str, Any], what: str) -> str:
        value = self.text(block, key)
        if value not in known:
            raise self.fail(block.lines[key], f"{key!r}: unknown {what} {value!r}")
        return value
