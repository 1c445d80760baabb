"""Who does not want the messages that may be refused any more (RFC 8058): by a link of the message itself, without an account."""
