"""The two ONNX files of a release, and where they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sklearn.pipeline import Pipeline

from classifier import export_onnx

ARCHIVE_MODEL = Path("archive", "model.onnx")
REFERENCE_MODEL = Path("reference.onnx")


@dataclass(frozen=True)
class Release:
    """A release: the model that is packed and served, and its reference."""

    archive_model: bytes
    reference_model: bytes

    @classmethod
    def of(cls, pipeline: Pipeline) -> Release:
        """Export one pipeline both ways: a release that is consistent."""
        return cls(
            # With ZipMap, as a plain skl2onnx export has it.
            archive_model=export_onnx(pipeline, zipmap=True),
            # Without: one [None, 2] tensor is easier to compare with.
            reference_model=export_onnx(pipeline, zipmap=False),
        )

    def write(self, folder: Path) -> None:
        """Write archive/model.onnx and reference.onnx into ``folder``."""
        for name, content in (
            (ARCHIVE_MODEL, self.archive_model),
            (REFERENCE_MODEL, self.reference_model),
        ):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
