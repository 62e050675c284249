"""The stylesheet as it is published: fewer bytes, the same meaning."""

import pytest

from atlas.sheet import condensed


@pytest.mark.parametrize(
    ("written", "published"),
    [
        (b"a {\n  color: red;\n  margin: 0 1px;\n}\n", b"a{color:red;margin:0 1px}"),
        (b"/* why; {not} */ a , b > c { top: calc(1px + 2px); }", b"a,b > c{top:calc(1px + 2px)}"),
        (b'a::before { content: "; /* x */  } "; }', b'a::before{content:"; /* x */  } "}'),
        (b"a :hover, b:is(c, d) { }", b"a :hover,b:is(c,d){}"),
        (b"@media (width < 52rem) { a { b: c } }", b"@media (width < 52rem){a{b:c}}"),
    ],
    ids=["blanks", "comment", "text", "selectors", "media"],
)
def test_only_what_means_nothing_goes(written, published):
    """Comments and idle blanks go; blanks that separate, and text in quotation marks, stay."""
    assert condensed(written) == published
