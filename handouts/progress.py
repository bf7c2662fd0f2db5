"""How far a batch is: a bar on a terminal, a line now and then elsewhere, JSON lines for programs."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, Any, Self

from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn
from rich.text import Text

from handouts.terminal import err

if TYPE_CHECKING:
    from handouts.batch.values import JobResult


class BatchProgress:
    """Tells how far a batch is: a bar on a terminal, a line now and then elsewhere, JSON lines for programs."""

    def __init__(self, total: int, *, as_json: bool, what: str = "handouts") -> None:
        self.as_json = as_json
        self.counts = dict.fromkeys(("made", "unchanged", "failed", "refused"), 0)
        self.started = self.last = time.monotonic()
        self.total = total
        # no thread refreshes it: workers are forked, and a thread does not survive that
        self.bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            console=err,
            auto_refresh=False,
            disable=as_json or not err.is_terminal,
        )
        self.task = self.bar.add_task(what, total=total, rate="")

    def __enter__(self) -> Self:
        self.bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.bar.stop()

    def told(self, result: JobResult, left: int) -> None:
        """One result more: its problems are told, and it is counted."""
        if self.as_json:
            sys.stdout.write(json.dumps(_result_json(result), ensure_ascii=True) + "\n")
            sys.stdout.flush()
        elif result.state in {"failed", "refused"}:
            style = "bold red" if result.state == "failed" else "yellow"
            self.bar.console.print(Text.assemble((f"{result.state} ", style), result.name))
            for problem in result.problems:
                self.bar.console.print(Text(f"  {problem}"))
        self.counted(result, left)

    def counted(self, result: JobResult, left: int) -> None:
        """One result more is counted."""
        self.counts[result.state.value] += 1
        rate = (self.counts["made"] + self.counts["failed"]) / max(time.monotonic() - self.started, 0.001)
        self._shown(left, f"{self.counts['failed']} failed", f"{rate:.1f}/s")

    def looked(self, left: int) -> None:
        """Some more were looked at, and nothing was made."""
        rate = (self.total - left) / max(time.monotonic() - self.started, 0.001)
        self._shown(left, "looked at", f"{rate:.0f}/s")

    def _shown(self, left: int, what: str, rate: str) -> None:
        now = time.monotonic()
        self.bar.update(self.task, completed=self.total - left, rate=f"{rate}, {what}")
        if now - self.last > (0.1 if err.is_terminal else 10.0):
            self.last = now
            if self.bar.disable and not self.as_json:
                err.print(f"{self.total - left} of {self.total}, {what}, {rate}")
            else:
                self.bar.refresh()


def _result_json(result: JobResult) -> dict[str, Any]:
    value = {"name": result.name, "state": result.state.value, "problems": list(result.problems), "tries": result.tries}
    return value | ({"sha256": result.record.sha256, "pages": result.record.pages} if result.record else {})
