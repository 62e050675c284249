"""Values in DER (ITU-T X.690), as far as time stamps need them: taken apart, and put together.

Core. Tags of one byte and definite lengths, which is all that they use.
"""

SEQUENCE, SET, OCTETS, INTEGER, TRUE = 0x30, 0x31, 0x04, 0x02, b"\x01\x01\xff"
FIRST = 0xA0
"""Tag of a value that the standard marks [0]."""
NULL = b"\x05\x00"


class NotDer(ValueError):
    """Bytes are not such values."""


def parts(content: bytes) -> list[bytes]:
    """Return the values that stand one after the other, each with its tag and length.

    Raises:
        NotDer: there is something else.
    """
    found = []
    while content:
        _, _, rest = _first(content)
        found.append(content[: len(content) - len(rest)])
        content = rest
    return found


def inside(value: bytes, tag: int = SEQUENCE) -> bytes:
    """Return what a value with this tag holds.

    Raises:
        NotDer: it is another value, or not one alone.
    """
    is_tagged, content, rest = _first(value)
    if is_tagged != tag or rest:
        raise NotDer(f"a value with the tag {tag:#04x} is due here")
    return content


def put(tag: int, *values: bytes) -> bytes:
    """Return one value of others."""
    content = b"".join(values)
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes((tag, 0x80 | len(length))) + length + content


def whole(number: int) -> bytes:
    """Return a number that is not negative."""
    return put(INTEGER, number.to_bytes(number.bit_length() // 8 + 1))


def oid(dotted: str) -> bytes:
    """Return an object identifier, `1.2.840.113549`."""
    first, second, *others = map(int, dotted.split("."))
    encoded = b""
    for arc in (40 * first + second, *others):
        digits = [arc & 0x7F]
        while arc := arc >> 7:
            digits.append(0x80 | arc & 0x7F)
        encoded += bytes(reversed(digits))
    return put(0x06, encoded)


def _first(content: bytes) -> tuple[int, bytes, bytes]:
    """Return tag and content of the first value, and what follows on it."""
    start, size = 2, content[1] if len(content) > 1 else 0x80
    if size > 0x80:
        start, size = 2 + (size & 0x7F), int.from_bytes(content[2 : 2 + (size & 0x7F)])
    elif size == 0x80:
        raise NotDer("a value has no length")
    if len(content) < start + size or content[0] & 0x1F == 0x1F:
        raise NotDer("a value breaks off before its end")
    return content[0], content[start : start + size], content[start + size :]
