"""Merkle trees: the fast ones beside the definition of RFC 9162, written down as it stands there."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.proof import merkle

ENTRIES = st.lists(st.binary(max_size=3), max_size=40)
VECTORS = [
    bytes.fromhex(entry)
    for entry in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
"""The entries that implementations of Certificate Transparency test each other with."""
HEADS = """
e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d
fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125
aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77
d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7
4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4
76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef
ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c
5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328
""".split()


def below(n):
    """Return the largest power of two smaller than n."""
    k = 1
    while 2 * k < n:
        k *= 2
    return k


def mth(entries):
    """Return the Merkle Tree Hash: RFC 9162, 2.1.1, to the letter."""
    if not entries:
        return hashlib.sha256(b"").digest()
    if len(entries) == 1:
        return hashlib.sha256(b"\x00" + entries[0]).digest()
    k = below(len(entries))
    return hashlib.sha256(b"\x01" + mth(entries[:k]) + mth(entries[k:])).digest()


def inclusion(m, entries):
    """Return PATH(m, D_n): RFC 9162, 2.1.3.1, to the letter."""
    if len(entries) == 1:
        return []
    k = below(len(entries))
    if m < k:
        return [*inclusion(m, entries[:k]), mth(entries[k:])]
    return [*inclusion(m - k, entries[k:]), mth(entries[:k])]


@pytest.mark.parametrize(("size", "head"), list(enumerate(HEADS)))
def test_known_heads(size, head):
    """The heads that others publish for the same entries come out."""
    assert merkle.head(merkle.tree(VECTORS), size).hex() == head == mth(VECTORS[:size]).hex()


@given(ENTRIES)
def test_heads_of_every_size(entries):
    """One tree gives the head of every number of its first leaves."""
    tree = merkle.tree(entries)
    assert [merkle.head(tree, n) for n in range(len(entries) + 1)] == [
        mth(entries[:n]) for n in range(len(entries) + 1)
    ]


@given(ENTRIES.filter(bool), st.data())
def test_paths_and_their_verification(entries, data):
    """The path of any leaf in a tree of any size is the definition's, and leads to its head and to no other."""
    size = data.draw(st.integers(1, len(entries)))
    index = data.draw(st.integers(0, size - 1))
    tree = merkle.tree(entries)
    paths, head = merkle.paths(tree, index, size), merkle.head(tree, size)
    assert paths == [
        tuple(node.hex() for node in inclusion(m, entries[:size])) for m in range(index, size)
    ]
    path = [bytes.fromhex(node) for node in paths[0]]
    assert merkle.leads_to(entries[index], index, size, path, head)
    assert not merkle.leads_to(entries[index] + b"x", index, size, path, head)
    assert not merkle.leads_to(entries[index], index, size, path, merkle.leaf_hash(head))
    assert not merkle.leads_to(entries[index], index, size, [*path, head], head)
    assert not merkle.leads_to(entries[index], index, size, path[:-1], head) or not path
    assert not merkle.leads_to(entries[index], size, size, path, head)
    assert not merkle.leads_to(entries[index], -1, size, path, head)


@given(st.integers(2, 300), st.data())
def test_a_path_stands_for_one_place(size, data):
    """The path of one leaf proves no other place, and no changed bit of it proves anything."""
    index, other = data.draw(
        st.lists(st.integers(0, size - 1), min_size=2, max_size=2, unique=True)
    )
    entries = [str(n).encode() for n in range(size)]
    tree = merkle.tree(entries)
    path = [bytes.fromhex(node) for node in merkle.paths(tree, index, size)[0]]
    head = merkle.head(tree, size)
    assert not merkle.leads_to(entries[index], other, size, path, head)
    place, bit = data.draw(st.integers(0, len(path) - 1)), data.draw(st.integers(0, 255))
    flipped = int.from_bytes(path[place]) ^ 1 << bit
    path[place] = flipped.to_bytes(32)
    assert not merkle.leads_to(entries[index], index, size, path, head)


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 4), (0, 0)])
def test_what_is_not_in_a_tree_has_no_path(index, size):
    """Asking for a leaf or a tree that is not there is a fault of ours, told at once."""
    with pytest.raises(ValueError, match=f"no leaf {index} in a tree of {size} of 3 leaves"):
        merkle.paths(merkle.tree([b"a", b"b", b"c"]), index, size)


@pytest.mark.parametrize("size", [-1, 4])
def test_there_is_no_tree_beyond_the_leaves(size):
    """Neither is there a head of more leaves than there are."""
    with pytest.raises(ValueError, match=f"no tree of {size} leaves where there are 3"):
        merkle.head(merkle.tree([b"a", b"b", b"c"]), size)
