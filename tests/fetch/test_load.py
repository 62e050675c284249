"""Many documents at once: memory and manners. The whole measurement is `--long`'s."""

from bench import load


def test_many_documents_on_many_hosts_take_little_memory_and_no_host_is_asked_twice_at_once(
    thorough,
):
    failing = [row for row in load.rows(thorough) if not row.holds]
    assert not failing
