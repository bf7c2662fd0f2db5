"""A finished PDF in, findings out. Knows nothing of how the PDF was made; reads it with a library that did not."""

from handouts.verify.outline import HeardBlock
from handouts.verify.report import heard, verify

__all__ = ["HeardBlock", "heard", "verify"]
