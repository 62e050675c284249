"""Brings in what others hold: one module an archive. A line: joins reading, extracting and locating."""
