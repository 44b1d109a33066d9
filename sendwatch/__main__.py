"""Start the command line: ``sendwatch`` or ``python -m sendwatch``."""

import sys

from sendwatch.cli import command_line


def main() -> None:
    """Run the command line and leave with its exit status."""
    sys.exit(command_line())


if __name__ == "__main__":
    main()
