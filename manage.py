#!/usr/bin/env python
"""Run one of the project's commands."""

import os
import sys


def main() -> None:
    """Run the command line with our settings; by hand that means a development site."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.settings")
    os.environ.setdefault("COUNTERPOINT_MODE", "development")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
