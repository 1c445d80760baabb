"""One field finds everything: each room says what can be found of it, to whom, and how."""
