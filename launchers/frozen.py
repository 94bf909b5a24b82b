"""The program that build.py makes: the desk where it is started by a double click, else the command ``govlint``."""

import sys

from govlint.__main__ import main

if __name__ == "__main__":
    if len(sys.argv) == 1:
        sys.argv += ["serve", "--open"]
    main()
