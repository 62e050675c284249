"""The verifier over many documents: fetch, extract, fingerprint, locate, compare, record, and hand on what was found.

A line a file: `run` looks and records, `merging` records what shards found, `propose` hands on to people.
"""
