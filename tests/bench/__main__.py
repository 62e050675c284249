"""The door of the measurements: `./run bench verify` and `./run bench permanence`.

Exit codes: 0 every demand is met, 1 one is missed, 2 misuse, or there is no archive to measure on.
"""

import argparse
import sys

from archive import IS_THERE, REASON

from bench import permanence, verify


def main():
    """Measure and print the table."""
    parser = argparse.ArgumentParser(
        prog="./run bench",
        description="Measure the program, beside what is demanded of it.",
    )
    what = "the verifier on real documents, or what is kept of all that was published"
    parser.add_argument("what", choices=["verify", "permanence"], help=what)
    parser.add_argument("--short", action="store_true", help="the reduced counts of the tests")
    arguments = parser.parse_args()
    if arguments.what == "verify" and not IS_THERE:
        parser.error(REASON)
    measured = {"verify": verify, "permanence": permanence}[arguments.what]
    rows = list(measured.rows(thorough=not arguments.short))
    print(verify.table(rows))
    return 0 if all(row.holds for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
