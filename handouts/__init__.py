"""Plain-language, screen-reader-friendly handouts about genetic conditions, in the reader's language."""

__version__ = "0.1.0"
