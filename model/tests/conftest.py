"""Fixtures: a fresh build, the committed cases, a way to run releases."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

MODEL = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Cases:
    """The committed held-out rows."""

    features: np.ndarray  # (n, 30) float32
    labels: np.ndarray  # (n,) int64


@dataclass(frozen=True)
class Scores:
    """What an ONNX model answers for n rows."""

    labels: np.ndarray  # (n,) int64
    probabilities: np.ndarray  # (n, 2) float32


def score(model: Path, features: np.ndarray) -> Scores:
    """Run an ONNX model, with or without ZipMap, on (n, 30) float32."""
    session = onnxruntime.InferenceSession(model)
    labels, probabilities = session.run(None, {"input": features})
    if isinstance(probabilities, list):  # ZipMap: one dictionary a row
        probabilities = np.array(
            [[row[0], row[1]] for row in probabilities], dtype=np.float32
        )
    return Scores(labels, probabilities)


@pytest.fixture(scope="session")
def cases() -> Cases:
    document = json.loads((MODEL / "cases" / "held-out.json").read_text())
    return Cases(
        np.array(document["instances"], dtype=np.float32),
        np.array(document["labels"], dtype=np.int64),
    )


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that train.py has just written."""
    out = tmp_path_factory.mktemp("built")
    subprocess.run(
        [sys.executable, MODEL / "train.py", "--out", out],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return out


@pytest.fixture(scope="session")
def model_dir(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return /opt/ml/model as SageMaker would unpack it, for v2."""
    folder = tmp_path_factory.mktemp("model")
    shutil.copy(built / "build" / "v2" / "model.joblib", folder)
    shutil.copytree(
        MODEL / "code",
        folder / "code",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    return folder
