from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

from tests.commands import environment

ROOT = Path(__file__).resolve().parent.parent.parent


def test_the_figures_of_the_guide_to_scale_can_be_measured_again() -> None:
    """An organization that asks for money for machines can't say where its figures come from."""
    guide = (ROOT / "docs/scale.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```$", guide, re.MULTILINE | re.DOTALL)
    commands = [line for block in blocks for line in block.splitlines() if line.startswith("python benchmarks/")]

    assert commands
    for line in commands:
        command = [sys.executable, *shlex.split(line)[1:], "--quick"]
        ran = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
        assert (line, ran.returncode, ran.stderr) == (line, 0, "")
        heads = re.findall(r"^\| .*\n(?=\|---)", ran.stdout, re.MULTILINE)
        told = [re.sub(r"\d[\d,]*", "N", head) for head in heads]
        assert len(told) == 3
        assert [head for head in told if head not in re.sub(r"\d[\d,]*", "N", guide)] == []
