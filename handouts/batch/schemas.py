"""The JSON Schemas of a plan and of a manifest, for editors and for programs that read what we write."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from handouts.batch.plan import PlanFile
from handouts.batch.values import Record  # noqa: TC001  pydantic reads the annotations


class Book(BaseModel):
    """Several files joined in one for the printer."""

    model_config = ConfigDict(extra="forbid")

    name: str
    sha256: str
    bytes: int


class ManifestFile(BaseModel):
    """manifest.json: one record for each file that a batch made."""

    model_config = ConfigDict(extra="forbid")

    format: int = Field(description="Changes when a program that reads this one would misunderstand it.")
    program: str = Field(description="What wrote it.")
    day: str = Field(description="The date that was printed by the last run.")
    files: list[Record]
    print: list[Book] = Field(default=[], description="Files for the printer, joined from those above.")


SCHEMAS = ("batch", "manifest")
"""The schemas of this room, by the name that `handouts schema` takes."""


def json_schema(kind: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a plan, `batch`, or of a `manifest`."""
    model = PlanFile if kind == "batch" else ManifestFile
    schema = TypeAdapter(model).json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": f"handouts {kind}"}
