"""Files that strangers may send: each case is laid over the sound atlas of `tests/broken/sound/`."""

from conftest import ROOT
from published_worlds import ids

SOUND = ROOT / "tests" / "broken" / "sound"
TERMS = "content/platform/larkspur/terms"
CLOSED = f"{TERMS}/accounts-closed-at-will.md"
DOCUMENT = f"{TERMS}/_document.yaml"
PLATFORM = "content/platform/larkspur/_platform.yaml"
ABOUT = "content/about.md"
SITE = "data/site.yaml"
LAWS = "data/regulations.yaml"
TYPES = "data/clause-types.yaml"
FAMILIES = "data/categories.yaml"
PEOPLE = "data/people.yaml"
HOMEPAGE = "homepage: https://larkspur.example/"
LEDGER = "data/published/ids.tsv"


def sound():
    """Return the files of the sound atlas by path."""
    return {
        p.relative_to(SOUND).as_posix(): p.read_bytes()
        for top in ("content", "data")
        for p in (SOUND / top).rglob("*")
        if p.is_file()
    }


def text(path):
    """Return the text of a sound file."""
    return (SOUND / path).read_text(encoding="utf-8")


def change(path, old, new):
    """Return a sound file with one thing changed in it; the thing must be there."""
    whole = text(path)
    assert old in whole, (path, old)
    return {path: whole.replace(old, new, 1)}


def record(**fields):
    """Return the sound record with fields given as lines of YAML in place of its own, or beside them."""
    whole = text(CLOSED)
    for name, value in fields.items():
        line = f"{name}:{value}" if str(value).startswith("\n") else f"{name}: {value}"
        start = whole.find(f"\n{name}:") + 1
        end = whole.find("\n", start)
        whole = (
            whole[:start] + line + whole[end:]
            if start
            else whole.replace("\nclause:", f"\n{line}\nclause:", 1)
        )
    return {CLOSED: whole}


def clause(words):
    """Return the sound record with another quotation."""
    lines = "\n".join(f"  {line}" if line else "" for line in words.split("\n"))
    return change(CLOSED, "  We may close your account whenever we think fit.", lines)


def below(words):
    """Return the sound record with more text under its heading."""
    return change(CLOSED, "Keep copies of what you need.", words)


def raw(old, new):
    """Return the sound record as bytes with one thing changed in it."""
    whole = text(CLOSED).encode()
    assert old in whole
    return {CLOSED: whole.replace(old, new, 1)}


def fields(lines):
    """Return a record whose front matter is the sound one with `lines` on top."""
    return change(CLOSED, "---\n", f"---\n{lines}\n")


def padded(path, length):
    """Return a sound file made longer by comments, in front matter or YAML, to `length` bytes."""
    whole = text(path)
    head, rest = ("---\n", whole[4:]) if whole.startswith("---\n") else ("", whole)
    room = length - len(whole.encode()) - 2
    comments = "#" * room
    return {path: f"{head}#{comments}\n{rest}"}


LIMIT = 64 * 1024
LAUGHS = "a: &a lol\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)

BYTES = {
    "byte order mark at the start": raw(b"---\n", b"\xef\xbb\xbf---\n"),
    "byte order mark in the middle": raw(b"at any moment", b"at\xef\xbb\xbf any moment"),
    "Windows line ends": {CLOSED: text(CLOSED).replace("\n", "\r\n").encode()},
    "Windows line end on one line": raw(b"any moment\n", b"any moment\r\n"),
    "old Mac line ends": {CLOSED: text(CLOSED).replace("\n", "\r").encode()},
    "lone carriage return": raw(b"any moment", b"any\rmoment"),
    "NUL": raw(b"any moment", b"any\0moment"),
    "terminal escape": raw(b"any moment", b"any \x1b]0;owned\x07 moment"),
    "delete": raw(b"any moment", b"any\x7fmoment"),
    "next line": raw(b"any moment", "any\u0085moment".encode()),
    "line separator": raw(b"any moment", "any\u2028moment".encode()),
    "noncharacter": raw(b"any moment", "any\uffffmoment".encode()),
    "zero-width space": raw(b"any moment", "any\u200bmoment".encode()),
    "right-to-left override in a claim": raw(b"any moment", "any \u202etnemom\u202c".encode()),
    "right-to-left override in a quotation": raw(b"think fit", "think \u202etif\u202c".encode()),
    "direction isolate in a text": raw(b"Keep copies", "Keep \u2067copies\u2069".encode()),
    "right-to-left override in a heading": raw(b"## Consumer", "## \u202eConsumer".encode()),
    "Latin-1": raw(b"any moment", b"any m\xf6ment"),
    "half a surrogate pair": raw(b"any moment", b"any\xed\xa0\x80moment"),
    "overlong slash": raw(b"any moment", b"any\xc0\xafmoment"),
    "cut within a letter": {CLOSED: text(CLOSED).encode() + "é".encode()[:1]},
    "UTF-16 with a mark, little end first": {
        CLOSED: text(CLOSED).encode("utf-16-le").join([b"\xff\xfe", b""])
    },
    "UTF-16 with a mark, big end first": {
        CLOSED: text(CLOSED).encode("utf-16-be").join([b"\xfe\xff", b""])
    },
    "UTF-16 without a mark": {CLOSED: text(CLOSED).encode("utf-16-le")},
    "zip archive": {CLOSED: b"PK\x03\x04\x14\0\0\0\x08\0" + bytes(range(256)) * 4},
    "line of a megabyte": {CLOSED: text(CLOSED) + "x" * 1_048_576},
    "page of four million lines": {ABOUT: text(ABOUT) + "\n" * 4_000_000},
    "record one byte too large": padded(CLOSED, LIMIT + 1),
    "document one byte too large": padded(DOCUMENT, LIMIT + 1),
    "platform one byte too large": padded(PLATFORM, LIMIT + 1),
    "page one byte too large": padded(ABOUT, LIMIT + 1),
    "settings one byte too large": padded(SITE, LIMIT + 1),
    "regulations one byte too large": padded(LAWS, LIMIT + 1),
    "clause types one byte too large": padded(TYPES, LIMIT + 1),
    "categories one byte too large": padded(FAMILIES, LIMIT + 1),
    "people one byte too large": padded(PEOPLE, LIMIT + 1),
    "empty record": {CLOSED: b""},
    "record of blanks": {CLOSED: b"  \n\n   \n"},
    "empty document": {DOCUMENT: b""},
    "empty platform": {PLATFORM: b""},
    "empty page": {ABOUT: b""},
    "empty settings": {SITE: b""},
    "record with front matter alone": {CLOSED: text(CLOSED).partition("## Consumer")[0]},
    "front matter without an end": {CLOSED: text(CLOSED).replace("\n---\n", "\n", 1)},
    "front matter without a beginning": {CLOSED: text(CLOSED).removeprefix("---\n")},
    "front matter after an empty line": {CLOSED: "\n" + text(CLOSED)},
    "front matter between plus signs": {CLOSED: text(CLOSED).replace("---\n", "+++\n")},
    "two lines of hyphens and nothing else": {CLOSED: "---\n---\n"},
}
"""Bytes that are no text, or not the text that a record is."""

YAML = {
    "billion laughs": fields(LAUGHS.rstrip()),
    "anchor within itself": fields("related: &a\n  - *a"),
    "alias to nothing": fields("section: *nothing"),
    "merge key": fields("<<: *base"),
    "merge key in a shelf": {
        PEOPLE: text(PEOPLE) + "base: &base\n  name: B\nother:\n  <<: *base\n"
    },
    "Python object": fields('section: !!python/object/apply:os.system ["id"]'),
    "Python name": fields("section: !!python/name:os.system x"),
    "binary": fields("section: !!binary R0lGODlhDAAMAIQAAP=="),
    "tag of one's own": fields("section: !secret x"),
    "fields nested in 300 levels": fields(
        "related:\n" + "\n".join(" " * n + "-" for n in range(1, 300))
    ),
    "lists nested on one line": {PEOPLE: "- " * 32_000 + "x"},
    "names nested on one line": {PEOPLE: "? " * 32_000 + "x"},
    "brackets without end": fields("related: " + "[" * 60_000),
    "braces without end": {PEOPLE: "{" * 60_000},
    "mappings nested on one line": fields("related: " + "{a: " * 15_000),
    "second document": {PEOPLE: text(PEOPLE) + "---\nother:\n  name: Other\n"},
    "end of the document": {PEOPLE: text(PEOPLE) + "...\nother:\n  name: Other\n"},
    "directive": {PEOPLE: "%YAML 1.1\n" + text(PEOPLE)},
    "the same field twice": fields("title: Another"),
    "the same person twice": {PEOPLE: text(PEOPLE) + text(PEOPLE)},
    "field of ten thousand letters": fields("a" * 10_000 + ": x"),
    "field with a line break in its name": fields('"ti\\ntle": x'),
    "field with a terminal escape in its name": fields('"ti\\e[31mtle": x'),
    "field that is a list": fields("? - a\n: b"),
    "two thousand unknown fields": fields("\n".join(f"f{n}: x" for n in range(2_000))),
    "NUL as an escape": record(title='"Closing \\0 of accounts"'),
    "right-to-left override as an escape": record(claim='"May close \\u202e an account"'),
    "byte order mark as an escape": record(section='"4\\uFEFF"'),
    "line break in a title as an escape": record(title='"Closing\\nof accounts"'),
    "half a surrogate pair as an escape": record(title='"Closing \\ud800"'),
    "escape that is none": record(title='"Closing \\q"'),
    "colon left out": change(CLOSED, "claim: May", "claim May"),
    "colon left out on the last line": change(DOCUMENT, "language: ", "language "),
    "blank left out": change(CLOSED, "claim: May", "claim:May"),
    "no-break space after the colon": change(CLOSED, "claim: May", "claim:\u00a0May"),
    "no-break spaces indent": change(
        CLOSED, "clause: |-", "related:\n\u00a0\u00a0- SA-P-100001\nclause: |-"
    ),
    "block that is not indented": change(CLOSED, "  We may close", "We may close"),
    "block indented by half": change(CLOSED, "  We may close your", "  We may\n close your"),
    "field indented by one blank": change(CLOSED, "claim:", " claim:"),
    "entry indented by one blank too few": record(
        regulations="\n  - id: fable-act\n   why: It does."
    ),
    "entry indented by one blank too many": record(
        regulations="\n  - id: fable-act\n     why: It does."
    ),
    "entry without a list": fields("- id: fable-act"),
    "tab indents": record(regulations="\n\t- id: fable-act"),
    "quotation mark never closed": record(title='"Closing of accounts'),
    "apostrophe never closed": record(title="'Closing of accounts"),
    "apostrophe within apostrophes": record(title="'Closing of anybody's accounts'"),
    "text after a quotation": record(title='"Closing" of accounts'),
    "colon within a value": record(title="Closing: at will"),
    "value that begins with an at sign": record(title="@larkspur closes accounts"),
    "value that begins with a star": record(title="*Closing* of accounts"),
    "value that begins with a percent sign": record(title="%20 of accounts"),
    "value with a lost comment": record(title="Closing # of accounts"),
    "folded quotation": change(CLOSED, "clause: |-", "clause: >-"),
    "quotation that keeps its line break": change(CLOSED, "clause: |-", "clause: |"),
    "quotation beside its name": change(
        CLOSED, "clause: |-\n  We may close your account", "clause: We may close your account"
    ),
    "list in brackets": record(regulations="[fable-act]"),
    "list of words where fields belong": record(regulations="\n  - fable-act"),
    "one word where a list belongs": record(regulations="fable-act"),
    "fields where a list belongs": record(regulations="\n  id: fable-act\n  why: It does."),
    "list where a word belongs": record(title="\n  - Closing"),
    "fields where a word belongs": record(title="\n  en: Closing"),
    "word where fields belong": record(analysis="human"),
    "nothing where a word belongs": record(title=""),
    "shelf that is a list": {PEOPLE: "- ada\n- grace\n"},
    "platform that is a line of hyphens and no end of line": {PLATFORM: "---"},
    "platform whose only field ends the file": {PLATFORM: "?"},
    "shelf that is a word": {PEOPLE: "nobody\n"},
    "person without fields": {PEOPLE: text(PEOPLE) + "other:\n"},
    "number of nine digits too many": change(
        SITE, "first_number: 100001", f"first_number: {'9' * 18}"
    ),
    "number below nothing": change(SITE, "verified_days: 7", "verified_days: -7"),
    "number with an exponent": change(SITE, "verified_days: 7", "verified_days: 7e2"),
    "number in words": change(SITE, "verified_days: 7", "verified_days: seven"),
    "number in Arabic digits": change(SITE, "verified_days: 7", "verified_days: ٧"),
    "more days verified than due": change(SITE, "due_days: 30", "due_days: 3"),
    "day that does not exist": record(captured_at="2026-02-30T10:00:00Z"),
    "day in full-width digits": record(analysis="\n  written: ２０２６-０５-０９\n  method: human"),
    "day in the year nothing": record(analysis="\n  written: 0000-01-01\n  method: human"),
    "as many unknown regulations as fit": record(
        regulations="".join(f"\n  - id: r{n}\n    why: x" for n in range(1_500))
    ),
    "the same regulation a thousand times": record(
        regulations="\n  - id: fable-act\n    why: It does." * 1_000
    ),
    "ten thousand regulations": record(
        regulations="\n  - id: fable-act\n    why: It does." * 10_000
    ),
    "claim of ten thousand letters": record(claim="x" * 10_000),
    "settings with a field of a record": {SITE: text(SITE) + "stance: x\n"},
}
"""Text that is no YAML, or YAML that is no record."""

NAMES = {
    "way up in an alias": record(aliases="\n  - ../../x"),
    "way up in an edition": change(DOCUMENT, "kind:", "edition_of: ../../x\nkind:"),
    "way up in a related record": record(related="\n  - ../../x"),
    "way up in a clause type": record(clause_type="../../x"),
    "way up in the key of a person": {PEOPLE: text(PEOPLE) + '"../../x":\n  name: X\n'},
    "way up in the key of a category": {
        FAMILIES: text(FAMILIES) + "../../x:\n  name: X\n  summary: X.\n"
    },
    "way up in the key of a regulation": {
        LAWS: text(LAWS)
        + "../../x:\n  name: X\n  short: X\n  jurisdiction: EU\n  url: https://x.example/\n"
    },
    "percent-encoded alias": record(aliases="\n  - '%2e%2e%2fx'"),
    "dotted alias": record(aliases="\n  - a.b"),
    "alias with an upper-case letter": record(aliases="\n  - Closed"),
    "alias with a blank": record(aliases="\n  - closed accounts"),
    "key with an upper-case letter": {PEOPLE: text(PEOPLE) + "Other:\n  name: Other\n"},
    "key that Windows keeps": {PEOPLE: text(PEOPLE) + "con:\n  name: Other\n"},
    "key of eighty-one letters": {PEOPLE: text(PEOPLE) + "a" * 81 + ":\n  name: Other\n"},
    "empty key": {PEOPLE: text(PEOPLE) + '"":\n  name: Other\n'},
    "key with look-alike letters": record(clause_type="аccount-closure"),
    "stance with a way up": change(TYPES, "closed-at-will:", "../../closed-at-will:"),
    "id with a look-alike letter": change(CLOSED, "id: SA-P-100002", "id: SА-P-100002"),
    "id in full-width digits": change(CLOSED, "id: SA-P-100002", "id: SA-P-１00002"),
    "id of another atlas": change(CLOSED, "id: SA-P-100002", "id: CA-P-100002"),
    "id given to another record": {
        f"{TERMS}/copied.md": text(CLOSED),
        **ids(SA_P_100002=f"{TERMS}/copied.md"),
    },
    "id taken from another record": {
        f"{TERMS}/a-copy.md": text(CLOSED),
        **ids(SA_P_100002=CLOSED),
    },
    "id taken, and the ledger in ruins": {
        f"{TERMS}/a-copy.md": text(CLOSED),
        LEDGER: b"\xff\0\n\n\t\t\t\nSA-P-100002\n",
    },
    "percent-encoded file": {f"{TERMS}/%2e%2e.md": text(CLOSED).replace("id: SA-P-100002\n", "")},
    "dotted file": {f"{TERMS}/a.b.md": text(CLOSED).replace("id: SA-P-100002\n", "")},
    "file that is a dot and an ending": {f"{TERMS}/..md": text(CLOSED)},
    "file that Windows keeps": {f"{TERMS}/nul.md": text(CLOSED).replace("id: SA-P-100002\n", "")},
    "folder that Windows keeps": {"content/platform/aux/_platform.yaml": "name: Aux\n"},
    "two files that differ in letter case": {"content/About.md": text(ABOUT)},
    "two folders that differ in letter case": {
        "content/platform/Larkspur/_platform.yaml": "name: Other\n"
    },
    "two files that differ in how an accent is written": {
        "content/caf\u00e9.md": text(ABOUT),
        "content/cafe\u0301.md": text(ABOUT),
    },
    "file with a look-alike letter": {"content/аbout.md": text(ABOUT)},
    "file of 81 letters": {f"content/{'a' * 81}.md": text(ABOUT)},
    "file with a blank": {"content/about us.md": text(ABOUT)},
    "file with an ampersand and quotation marks": {"content/\"&'<b>.md": text(ABOUT)},
    "file with a leading hyphen": {"content/-about.md": text(ABOUT)},
    "page at the address of the platforms": {"content/platform.md": text(ABOUT)},
    "page at the address of the home page": {"content/index.md": text(ABOUT)},
    "page called robots": {"content/robots.md": text(ABOUT)},
    "record beside the documents": {"content/platform/larkspur/stray.md": text(CLOSED)},
    "record one folder too deep": {f"{TERMS}/deep/er.md": text(CLOSED)},
    "page in a folder": {"content/en/about.md": text(ABOUT)},
    "file where the platforms belong": {"content/platform": "x"},
    "page that ends in .yml": {"content/about.yml": text(ABOUT)},
    "record that ends in .markdown": {f"{TERMS}/other.markdown": text(CLOSED)},
    "record that ends in .MD": {f"{TERMS}/other.MD": text(CLOSED)},
    "record that ends in .md.txt": {f"{TERMS}/other.md.txt": text(CLOSED)},
    "shelf that ends in .yml": {"data/people.yml": text(PEOPLE)},
    "shelf with a misspelled name": {"data/regulation.yaml": text(LAWS)},
    "shelf with a name of its own": {"data/foo.yaml": "x: y\n"},
    "platform that ends in .yml": {"content/platform/larkspur/_platform.yml": "name: Other\n"},
    "document with an upper-case letter": {f"{TERMS}/_Document.yaml": text(DOCUMENT)},
    "document one folder too high": {"content/platform/larkspur/_document.yaml": text(DOCUMENT)},
    "platform one folder too deep": {f"{TERMS}/_platform.yaml": text(PLATFORM)},
    "platform without a description": {PLATFORM: None},
    "document without a description": {DOCUMENT: None},
}
"""Names that are no names of a record, and files in places where nothing is published."""

LINKS = {
    "javascript link": below("[x](javascript:alert(1))"),
    "javascript link in odd letters": below("[x](JaVaScRiPt:alert(1))"),
    "javascript link with an entity": below("[x](java&#115;cript:alert(1))"),
    "javascript link with a named entity": below("[x](javascript&colon;alert(1))"),
    "javascript link with a tab in it": below("[x](java\tscript:alert(1))"),
    "javascript link by reference": below("[x][y]\n\n[y]: javascript:alert(1)"),
    "javascript link in angle brackets": below("<javascript:alert(1)>"),
    "data link": below("[x](data:text/html;base64,PHNjcmlwdD4=)"),
    "vbscript link": below("[x](vbscript:msgbox(1))"),
    "file link": below("[x](file:///etc/passwd)"),
    "link without a scheme": below("[x](//evil.example/)"),
    "link with a backslash": below("[x](/\\evil.example/)"),
    "link with a user name": below("[x](https://bank.example@evil.example/)"),
    "link to a file of the repository": below("[x](../../about.md)"),
    "link with a way up": below("[x](/../../etc/passwd)"),
    "link to a page that is not": below("[x](/nope/)"),
    "link to a platform that is not": below("[x](/platform/nope/)"),
    "link to an id that is not": below("[x](/id/SA-P-999999/)"),
    "link to a page in one language": below("[x](/en/about/)"),
    "percent-encoded link to a page that is not": below("[x](/%6eope/)"),
    "link to a shelf that cannot be read": {**below("[x](/regulation/nope/)"), LAWS: "["},
    "homepage that is a script": change(PLATFORM, HOMEPAGE, "homepage: javascript:alert(1)"),
    "homepage without https": change(PLATFORM, HOMEPAGE, "homepage: http://larkspur.example/"),
    "homepage with a user name": change(
        PLATFORM, HOMEPAGE, "homepage: https://a@larkspur.example/"
    ),
    "homepage with quotation marks": change(
        PLATFORM, HOMEPAGE, 'homepage: https://x.example/"onclick="alert(1)'
    ),
    "homepage with an impossible port": change(
        PLATFORM, HOMEPAGE, "homepage: https://x.example:99999999/"
    ),
    "homepage with half an IPv6 address": change(PLATFORM, HOMEPAGE, 'homepage: "https://[::1/"'),
    "source that is data": {
        DOCUMENT: text(DOCUMENT).partition("sources:")[0] + "sources:\n  - url: data:text/html,x\n"
    },
    "regulation at a script": change(LAWS, "url: https", "url: javascript:https"),
    "person at a script": {
        PEOPLE: text(PEOPLE) + "other:\n  name: Other\n  url: javascript:alert(1)\n"
    },
    "licence at a script": change(SITE, "url: https", "url: javascript:https"),
    "contact that is no address": change(SITE, "contact: atlas@", "contact: javascript:atlas@"),
    "contact with a header of its own": change(
        SITE, "contact: atlas@sound-atlas.example", 'contact: "a@b.example?cc=c@d.example"'
    ),
    "repository with a way up": change(
        SITE, "repository: sound-atlas/atlas", "repository: ../../etc"
    ),
    "host name with a path": change(PLATFORM, "  - larkspur.example", "  - larkspur.example/x"),
    "script in a text": below("<script>alert(1)</script>"),
    "script in a quotation": clause("<script>alert(1)</script> we say."),
    "event handler in a text": below('<img src=x onerror="alert(1)">'),
    "frame in a text": below('<iframe src="https://evil.example/"></iframe>'),
    "comment in a text": below("Before <!-- hidden --> after."),
    "comment without end": below("Before <!-- hidden"),
    "CDATA in a text": below("<![CDATA[ hidden ]]>"),
    "processing instruction in a text": below("<?php echo 1 ?>"),
    "doctype in a text": below("<!DOCTYPE html>"),
    "style on a page": {ABOUT: text(ABOUT) + "\n<style>body { display: none }</style>\n"},
    "image that tells who reads": below("![x](https://evil.example/pixel.gif)"),
    "image by reference": below("![x][y]\n\n[y]: https://evil.example/pixel.gif"),
    "entity in a quotation": clause("We may close &lt;script&gt; accounts."),
    "emphasis in a quotation": clause("We **may** close your account."),
    "quotation of omissions": clause("[...]\n[…]"),
    "quotation of marks": clause("— … “ ” —"),
}
"""Links that lead where none may, and markup where none may stand."""

WORDS = {
    "soft hyphen in a claim": record(claim="May close an ac\u00adcount at any moment"),
    "left-to-right mark in a title": record(title="Closing of accounts\u200e at will"),
    "word joiner in a platform's name": change(PLATFORM, "Larkspur", "Lark\u2060spur"),
    "joiner between Latin letters": record(claim="May close an ac\u200dcount at any moment"),
    "letters of the tag alphabet in a title": record(
        title="Closing of accounts\U000e0041\U000e0042"
    ),
    "blank that is a letter in a title": record(title="Closing\u3164of accounts"),
    "title of a mark alone": record(title="\u200f"),
    "title of a no-break space": record(title='"\u00a0"'),
    "verdict": record(claim="Closes accounts in an illegal way"),
    "five thousand headings": {CLOSED: text(CLOSED) + "\n" + "## Consumer impact\n\nx\n" * 2_400},
    "five thousand questions without an answer": {
        CLOSED: text(CLOSED) + "\n## Questions\n\n" + "### a?\n" * 5_000
    },
    "heading without a blank": change(CLOSED, "## Consumer", "##Consumer"),
    "heading with blanks before it": change(CLOSED, "## Consumer", "   ## Consumer"),
    "heading that is code": {CLOSED: text(CLOSED) + "\n    ## Questions\n"},
    "heading with one mark": change(CLOSED, "## Consumer", "# Consumer"),
    "heading with three marks": change(CLOSED, "## Consumer", "### Consumer"),
    "heading with words that are not ours": change(
        CLOSED, "## Consumer impact", "## {{ secrets }}"
    ),
    "heading underlined": below("Questions\n---\n\nx"),
    "question without a blank": {CLOSED: text(CLOSED) + "\n## Questions\n\n###Is it?\n\nNo.\n"},
    "fence never closed": below("```\nKeep copies."),
    "fence of tildes never closed": {ABOUT: text(ABOUT) + "\n~~~~\nx\n~~~\n"},
    "fence that hides a heading": change(CLOSED, "## Consumer", "```\n\n## Consumer"),
    "list of the program that is none": {ABOUT: text(ABOUT) + "\n[[secrets]]\n"},
    "front matter in the text": {
        CLOSED: text(CLOSED).replace("---\n\n## Con", "---\n---\ntitle: x\n---\n\n## Con")
    },
}
"""Words that may not stand in a record, and texts that are not built like one."""

BROKEN = {
    "bytes": BYTES,
    "YAML": YAML,
    "names and places": NAMES,
    "links and markup": LINKS,
    "words": WORDS,
}

LONG = "x" * 10_000
INERT = {
    "jinja-in-title": (
        record(title='"{{ 7 * 7 }} {% raw %} of accounts"'),
        "{{ 7 * 7 }} {% raw %} of accounts",
    ),
    "jinja-in-text": (
        below("Keep {{ config }} and {% include 'x' %}."),
        "Keep {{ config }} and {% include 'x' %}.",
    ),
    "jinja-in-quotation": (clause("We {{ may }} {# close #} it."), "We {{ may }} {# close #} it."),
    "script-in-claim": (
        record(claim="</title></script><script>alert(1)</script>"),
        "</title></script><script>alert(1)</script>",
    ),
    "attribute-in-title": (
        record(title='"\\"><img src=x onerror=alert(1)>"'),
        '"><img src=x onerror=alert(1)>',
    ),
    "entity-in-claim": (
        record(claim='"May &lt;close&gt; &amp;amp; &#60;"'),
        "May &lt;close&gt; &amp;amp; &#60;",
    ),
    "cdata-in-claim": (record(claim='"May ]]> close <![CDATA[ it"'), "May ]]> close <![CDATA[ it"),
    "format-string-in-claim": (
        record(claim='"May {claim} {0.__class__} %s %(x)s"'),
        "May {claim} {0.__class__} %s %(x)s",
    ),
    "shell-in-claim": (
        record(claim="May $(rm -rf /) `id` ${HOME}"),
        "May $(rm -rf /) `id` ${HOME}",
    ),
    "number-as-title": (record(title="007"), "007"),
    "truth-as-title": (record(title="yes"), "yes"),
    "null-as-title": (record(title="null"), "null"),
    "tilde-as-title": (record(title="~"), "~"),
    "day-as-title": (record(title="2026-13-45"), "2026-13-45"),
    "huge-number-as-title": (record(title="9" * 100), "9" * 100),
    "not-a-number-as-title": (record(title=".nan"), ".nan"),
    "sexagesimal-as-section": (record(section="14:35:38"), "14:35:38"),
    "hebrew-claim": (record(claim="רשאית לסגור חשבון בכל עת"), "רשאית לסגור חשבון בכל עת"),
    "persian-claim": (record(claim="می\u200cتواند حساب را ببندد"), "می\u200cتواند حساب را ببندد"),
    "emoji-claim": (
        record(claim="May close an account 👩\u200d👧 at will"),
        "May close an account 👩\u200d👧 at will",
    ),
    "stacked-accents-in-claim": (
        record(claim="Ma" + "\u0301" * 80 + "y close"),
        "Ma" + "\u0301" * 80 + "y close",
    ),
    "marks-in-quotation": (
        clause("We \u200eABC\u200f may ac\u00adt\u2060."),
        "We \u200eABC\u200f may ac\u00adt\u2060.",
    ),
    "long-word-in-quotation": (clause(LONG), LONG),
    "long-word-in-text": (below(LONG), LONG),
    "long-word-in-section": (record(section=LONG), LONG),
    "long-word-in-reason": (record(severity="high", severity_reason=LONG), LONG),
    "long-word-in-why": (
        record(regulations=f"\n  - id: fable-act\n    article: {LONG}\n    why: {LONG}"),
        LONG,
    ),
    "long-word-in-interests": (
        record(analysis=f"\n  written: 2026-05-09\n  method: human\n  interests: {LONG}"),
        LONG,
    ),
    "long-word-in-dispute": (
        {
            **record(status="\n  state: disputed\n  on: 2026-05-09"),
            f"{CLOSED.removesuffix('.md')}/dispute-1.md": (
                f"---\nby: {LONG}\non: 2026-05-09\nsource_url: https://a.example/\n---\n\n{LONG}\n"
            ),
        },
        LONG,
    ),
    "markup-in-an-answer": (
        {
            f"{CLOSED.removesuffix('.md')}/response-1.md": (
                "---\nby: Larkspur\non: 2026-05-09\n---\n\n<script>alert(1)</script> **We** [x](javascript:alert(1))\n"
            ),
        },
        "<script>alert(1)</script> **We** [x](javascript:alert(1))",
    ),
    "code-with-a-script": (
        below("Keep `<script>alert(1)</script>` away."),
        "Keep <script>alert(1)</script> away.",
    ),
    "code-with-a-link": (
        below("Keep `[x](javascript:alert(1))` away."),
        "Keep [x](javascript:alert(1)) away.",
    ),
    "deep-quotations": (below(">" * 20_000 + " deep"), "deep"),
    "deep-list": (below("- " * 10_000 + "deep"), "deep"),
    "deep-emphasis": (below("*a **b " * 4_000 + "deep"), "deep"),
    "deep-brackets": (below("[" * 20_000 + "deep" + "]" * 20_000), "deep"),
    "thousands-of-links": (below("[a](https://a.example/) " * 2_000 + "deep"), "deep"),
    "thousands-of-paragraphs": (below("a\n\n" * 10_000 + "deep"), "deep"),
    "thousands-of-quotation-marks": (below('"a ' * 10_000 + "deep"), "deep"),
    "heading-in-a-quotation": (below("> ## Questions\n\nKeep copies."), "Questions Keep copies."),
    "inline-code-that-looks-like-a-fence": (
        below("```Settings``` opens a menu."),
        "Settings opens a menu.",
    ),
    "as-large-as-allowed": (padded(CLOSED, LIMIT - 400), "Keep copies of what you need."),
}
"""Records that are odd and sound: each with words that its page shows, to the letter."""
