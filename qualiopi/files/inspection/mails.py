"""E-mails: what the standard library reads (.eml) and what Outlook writes (.msg). Loaded in a child alone.

Nothing of a message is ever run, fetched or drawn: what is told of it is text.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any, cast

import extract_msg
import olefile
from bs4 import BeautifulSoup
from bs4.element import NavigableString

from qualiopi.files import kinds
from qualiopi.files.errors import RefusedFile
from qualiopi.files.inspection import refusals, text
from qualiopi.files.inspection.office import EXECUTABLE
from qualiopi.files.kinds import Kind
from qualiopi.files.names import clean_name

LONGEST_TEXT = 100_000
LONGEST_LINE = 1_000
# Of a page written by a mail program; what is shown of it is far shorter.
LARGEST_PAGE = 2 * 1024 * 1024
MOST_ATTACHED = 100
MOST_PARTS = 2_000
# RFC 5322, 3.6: a message says who wrote it; its other fields tell it from a text that begins with « From: ».
_FIELD = re.compile(rb"([!-9;-~]+):[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*(?:\r?\n|$)")
_OTHERS = frozenset({b"date", b"message-id", b"mime-version", b"received", b"to", b"subject", b"return-path"})
_LEAST_OTHERS = 2
_ENVELOPE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:From [^\r\n]*\r?\n)?")
_OUTLOOK = "__properties_version1.0"
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_BLANKS = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r"\n\s*\n\s*")
_UNSEEN = ["script", "style", "head", "title", "template", "noscript", "object", "svg"]
_BLOCKS = ["p", "div", "tr", "li", "table", "blockquote", "pre", "section", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ul", "ol"]


_classes = extract_msg.msg_classes
# A contact, a task and an appointment are messages too for who reads them; nobody wrote them to anybody.
_WRITTEN = (
    _classes.Message,
    _classes.MessageSigned,
    _classes.Post,
    _classes.MeetingRequest,
    _classes.MeetingResponse,
    _classes.MeetingCancellation,
)
# What they remark on a message may hold its words: the log of the product gets none of it.
for _name in ("extract_msg", "olefile"):
    logging.getLogger(_name).addHandler(logging.NullHandler())
    logging.getLogger(_name).propagate = False


def begins_as_mail(head: bytes) -> bool:
    """Whether a file that begins so is written as a message: fields, who sends it among them."""
    envelope = _ENVELOPE.match(head)
    place, names = envelope.end() if envelope else 0, set()
    while field := _FIELD.match(head, place):
        names.add(field[1].lower())
        place = field.end()
    return b"from" in names and len(names & _OTHERS) >= _LEAST_OTHERS


def is_outlook(path: Path) -> bool:
    """Whether a container of OLE holds a message, a contact or an appointment of Outlook rather than a document."""
    try:
        with olefile.OleFileIO(str(path)) as container:
            return bool(container.exists(_OUTLOOK))
    except (OSError, ValueError, IndexError, TypeError):
        return False


def open_mail(path: Path, kind: Kind) -> Kind:
    """The same kind, once the whole message was read; raises RefusedFile, for a message that brings a program as well."""
    told = _told(path, kind)
    for attached in told["attached"]:
        if EXECUTABLE.search(attached["name"]):
            raise refusals.mail_with_program(attached["name"])
    return kind


def tell(path: Path, *, kind: str) -> Iterator[dict[str, Any]]:
    """One message: subject, sender, to, copied, date (None: none), text and whether it was cut, the files attached (name, bytes)
    and how many more there are; or the sentence that refuses it. `kind`: the media type."""
    try:
        told = _told(path, next(each for each in kinds.MAILS if each.media_type == kind))
    except RefusedFile as refused:
        yield {"refused": str(refused), "reason": refused.reason}
        return
    written = _tidy(told.pop("text"))
    attached = told.pop("attached")
    yield {
        **{
            name: _tidy(value).replace("\n", " ")[:LONGEST_LINE] if isinstance(value, str) else value
            for name, value in told.items()
        },
        "text": written[:LONGEST_TEXT],
        "cut": len(written) > LONGEST_TEXT,
        "attached": attached[:MOST_ATTACHED],
        "more": max(0, len(attached) - MOST_ATTACHED),
    }


def _told(path: Path, kind: Kind) -> dict[str, Any]:
    """What a message says, not cut yet. Any failure of who reads it is that of the message."""
    try:
        return _outlook(path) if kind == kinds.MSG else _internet(path)
    except (RefusedFile, MemoryError):
        raise
    except Exception as error:
        raise refusals.damaged() from error


def _internet(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        message = cast(EmailMessage, BytesParser(policy=policy.default).parse(file))
    if _is_sealed(message):
        raise refusals.locked()
    body, attached = _parts(message)
    return {
        "subject": str(message["subject"] or ""),
        "sender": str(message["from"] or ""),
        "to": str(message["to"] or ""),
        "copied": str(message["cc"] or ""),
        "date": getattr(message["date"], "datetime", None),
        "text": body,
        "attached": attached,
    }


def _is_sealed(message: EmailMessage) -> bool:
    kind, smime = message.get_content_type(), str(message.get_param("smime-type") or "")
    return kind == "multipart/encrypted" or (kind.endswith("pkcs7-mime") and smime.lower() == "enveloped-data")


def _parts(message: EmailMessage) -> tuple[str, list[dict[str, Any]]]:
    """What is written in the message, as plain text wherever there is some, and what is attached to it."""
    plain: list[str] = []
    pages: list[str] = []
    attached: list[dict[str, Any]] = []
    for number, part in enumerate(_leaves(message)):
        if number > MOST_PARTS:
            raise refusals.too_heavy()
        name, kind = part.get_filename(), part.get_content_type()
        if kind in ("text/plain", "text/html") and not name and part.get_content_disposition() != "attachment":
            content = _decoded(part)
            (plain if kind == "text/plain" else pages).append(content)
        else:
            attached.append(_file(name or _nameless(part), _size(part)))
    written = "\n".join(plain)
    return (written if written.strip() else "\n".join(map(_read_page, pages))), attached


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that hold no other; a message forwarded as a file is one of them."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if part.is_multipart() and (part is message or part.get_content_maintype() != "message"):
            waiting += reversed(cast(list[EmailMessage], part.get_payload()))
        else:
            yield part


def _decoded(part: EmailMessage) -> str:
    content = cast(bytes, part.get_payload(decode=True) or b"")[:LARGEST_PAGE]
    try:
        return content.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return text.decode(content)


def _size(part: EmailMessage) -> int:
    if part.is_multipart():
        return sum(_size(cast(EmailMessage, each)) for each in part.get_payload())
    return len(cast(bytes, part.get_payload(decode=True) or b""))


def _nameless(part: EmailMessage) -> str:
    if part.get_content_maintype() == "message" and part.is_multipart():
        forwarded = cast(list[EmailMessage], part.get_payload())[0]
        return f"{forwarded['subject'] or 'message'}.eml"
    return "sans nom"


def _outlook(path: Path) -> dict[str, Any]:
    behaviour = extract_msg.enums.ErrorBehavior
    tolerated = behaviour.ATTACH_NOT_IMPLEMENTED | behaviour.ATTACH_BROKEN | behaviour.STANDARDS_VIOLATION | behaviour.RTFDE
    # A comma stays a comma: any other mark would be put inside « "Kerdraon, Maëlle" » as well.
    opened = extract_msg.openMsg(str(path), errorBehavior=tolerated, strict=False, recipientSeparator=",")
    with opened as message:
        if not isinstance(message, _WRITTEN):
            raise refusals.no_written_mail()
        return {
            "subject": message.subject or "",
            "sender": _outlook_sender(message),
            # Recipients may be told by their names alone, in one line for all.
            "to": message.to or message.getStringStream("__substg1.0_0E04") or "",
            "copied": message.cc or message.getStringStream("__substg1.0_0E03") or "",
            "date": message.date,
            "text": message.body or _read_page(_page_of(message)),
            "attached": [_outlook_file(each) for each in message.attachments],
        }


def _outlook_sender(message: Any) -> str:
    """Name and address; the address is left out by who reads it for us when it is that of a mailbox of one's own."""
    sender = str(message.sender or "")
    addresses = (message.getStringStream(f"__substg1.0_{tag}") or "" for tag in ("5D01", "0C1F"))
    address = next((each for each in addresses if "@" in each), "")
    return sender if not address or "@" in sender else f"{sender} <{address}>".strip()


def _page_of(message: Any) -> str:
    page = message.htmlBody or b""
    return text.decode(page[:LARGEST_PAGE]) if isinstance(page, bytes) else str(page)[:LARGEST_PAGE]


def _outlook_file(attached: Any) -> dict[str, Any]:
    """Of a message within the message, the size is what Outlook says."""
    size = len(attached.data) if isinstance(attached.data, bytes) else int(getattr(attached, "size", 0) or 0)
    return _file(attached.name or "sans nom", size)


def _file(name: str, size: int) -> dict[str, Any]:
    return {"name": clean_name(name), "size": size}


def _read_page(page: str) -> str:
    """The text of a page, its blocks on lines of their own. Nothing else of it is left: no picture, link, style or script."""
    tree = BeautifulSoup(page, "html.parser")
    for unseen in tree(_UNSEEN):
        unseen.decompose()
    for piece in tree.find_all(string=True):
        if type(piece) is NavigableString:
            piece.replace_with(re.sub(r"\s+", " ", piece))
    for line in tree("br"):
        line.replace_with("\n")
    for block in tree(_BLOCKS):
        block.insert(0, "\n")
        block.append("\n")
    return tree.get_text()


def _tidy(written: str) -> str:
    """The same text with one way to end a line, no more than one empty line, and nothing that hides or turns letters."""
    lines = written.replace("\r\n", "\n").replace("\r", "\n")
    lines = _BLANKS.sub(" ", _CONTROLS.sub("", lines))
    return _EMPTY_LINES.sub("\n\n", "\n".join(line.strip() for line in lines.split("\n"))).strip()
