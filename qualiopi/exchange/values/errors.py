"""What a parser says when it can't read a cell."""


class CellError(ValueError):
    """A cell can't be read. ``sentence`` is French and says what to do; ``suggestion`` may hold a ready correction."""

    def __init__(self, sentence: str, suggestion: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.suggestion = suggestion
