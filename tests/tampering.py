"""Damage of one bit to files that nobody edits: every kind of file alike often, every bit of a file as likely."""

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Flip:
    """One bit of one file."""

    path: str
    offset: int
    """Of the byte, from 0."""
    bit: int

    def of(self, content):
        """Return the file's content with this bit turned over."""
        turned = bytearray(content)
        turned[self.offset] ^= 1 << self.bit
        return bytes(turned)

    def line(self, content):
        """Return the line of the file on which the bit stands, from 1."""
        return content.count(b"\n", 0, self.offset) + 1


def flips(kinds, count, seed=0, within=None):
    """Yield flips, a kind of files after the other.

    `kinds` has the files of each kind by path; `within` returns the stretch of a file that is to be
    hit, by path and content, where that is not all of it.
    """
    chance = random.Random(seed)
    names = sorted(kinds)
    for number in range(count):
        files = kinds[names[number % len(names)]]
        path = chance.choice(sorted(path for path in files if files[path]))
        start, end = within(path, files[path]) if within else (0, len(files[path]))
        yield Flip(path, chance.randrange(start, end), chance.randrange(8))
