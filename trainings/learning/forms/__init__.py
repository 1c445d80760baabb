"""Forms of the learning room."""
