"""`python -m atlas`: the same door as `./run`."""

from atlas.cli import main

if __name__ == "__main__":
    main()
