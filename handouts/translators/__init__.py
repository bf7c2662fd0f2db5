"""The translators' desk: what `handouts catalog` does with a project's catalogs and approvals.

Its functions return what is to be written and write nothing: the command writes all of it, or none.
"""

from handouts.translators.approving import Difference, approve, differences
from handouts.translators.catalogs import Claim, Update, Updated, begun, templates, updated
from handouts.translators.status import Status, Void, status

__all__ = [
    "Claim",
    "Difference",
    "Status",
    "Update",
    "Updated",
    "Void",
    "approve",
    "begun",
    "differences",
    "status",
    "templates",
    "updated",
]
