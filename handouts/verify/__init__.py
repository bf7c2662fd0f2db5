"""A finished file in, findings out. Knows nothing of how it was made; reads a PDF with a library that did not."""

from handouts.verify.outline import HeardBlock
from handouts.verify.print_reader import printed
from handouts.verify.report import heard, unverified, verify
from handouts.verify.web import verify_page, verify_text

__all__ = ["HeardBlock", "heard", "printed", "unverified", "verify", "verify_page", "verify_text"]
