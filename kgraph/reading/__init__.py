"""Files -> `Speech`."""

from kgraph.reading.files import find_files, read, read_file
from kgraph.reading.text import parse_speech

__all__ = ["find_files", "parse_speech", "read", "read_file"]
