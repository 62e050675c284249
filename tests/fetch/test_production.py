"""What only tests may do: go to this machine, and trust an authority of their own."""

import ast

import pytest
from test_architecture import MODULES
from web import watched

from atlas.fetch import FetchSettings
from atlas.model import Failure

ONLY_IN_TESTS = {"private_addresses", "resolve", "tls"}


def calls(tree):
    """Yield (name, keywords, whether arguments are unpacked) of each call."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = (
                node.func.attr
                if isinstance(node.func, ast.Attribute)
                else getattr(node.func, "id", "")
            )
            keywords = {keyword.arg for keyword in node.keywords}
            yield name, keywords - {None}, None in keywords


def test_the_program_never_lets_a_fetcher_into_this_machine_or_trust_another_authority():
    """Neither where settings are made, nor where they are changed; and none is made of what came from elsewhere."""
    for module, path in MODULES.items():
        for name, keywords, unpacks in calls(ast.parse(path.read_text(encoding="utf-8"))):
            assert not keywords & ONLY_IN_TESTS, f"{module}: {name}({keywords & ONLY_IN_TESTS})"
            assert name != "FetchSettings" or not unpacks, f"{module} unpacks arguments of settings"


def test_settings_as_the_program_makes_them_go_to_no_private_address(net):
    made = FetchSettings(user_agent="SampleBot/1.0 (+https://sample.example/bot/)")
    assert made.private_addresses == frozenset()
    assert made.product == "SampleBot"
    net.host("docs.example.com").page("/terms", "words")
    fetched = net.fetch(watched("https://docs.example.com/terms"), private_addresses=frozenset())
    assert fetched.failed.reason == Failure.REFUSED_ADDRESS
    assert net.connections == 0


def test_settings_are_named_one_by_one_and_never_changed():
    with pytest.raises(TypeError):
        FetchSettings("SampleBot/1.0")
    with pytest.raises(AttributeError):
        FetchSettings(user_agent="x").private_addresses = frozenset({"127.0.0.1"})
