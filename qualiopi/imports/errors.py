"""Why an import does not go on."""


class ImportRefusedError(ValueError):
    """What was asked can't be done now. ``str(error)`` is a French sentence that says why and what to do."""
