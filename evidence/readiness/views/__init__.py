"""Pages of the indicators, one module per page."""
