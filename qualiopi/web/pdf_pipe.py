"""What `pdf` and the process that it starts, `pdf_writer`, say to each other. Loads nothing: neither needs the rest of the other."""

from struct import Struct

# What goes to the process: one letter for what is asked, the length of the document, its bytes. What comes back is written the same way.
ASKED = ANSWERED = Struct("!cQ")
WRITE, FIND = b"w", b"i"
PDF, PLACES, OUTSIDE, FAILED = b"p", b"l", b"o", b"f"
