"""A finished PDF in, findings out. Knows nothing of how the PDF was made."""

from handouts.verify.report import verify

__all__ = ["verify"]
