#!/usr/bin/env python
"""Django's own commands (makemigrations, shell ...), with Evenhand's settings."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.config.settings")
    execute_from_command_line(sys.argv)
