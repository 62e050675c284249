"""`python -m atlas`: the same door as `./run`."""

import sys

if __name__ == "__main__":
    try:
        from atlas.cli import main

        main()
    except KeyboardInterrupt:
        # Before the door was open, or while it closed: that too is no reason for a traceback.
        sys.stderr.write("interrupted; nothing was left half-written\n")
        sys.exit(130)
