"""What the process that workers are forked from loads when it starts; importing this is the whole of its work.

That process runs nothing else, so that a fork never finds a thread or a lock that somebody holds.
"""

from __future__ import annotations

import contextlib

from handouts.pipeline import warm_up
from handouts.problems import HandoutsError
from handouts.project import Project
from handouts.web import printing

__all__ = ["printing"]  # what a worker carries out

with contextlib.suppress(HandoutsError, OSError):  # a worker tells what is wrong, to somebody who can be told
    warm_up(Project())
