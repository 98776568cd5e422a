"""The data split, the classifier and its export to ONNX.

Arrays are called ``features`` (n x 30, float32, in the units of the data set,
never scaled) and ``labels`` (n, int64: 0 = malignant, 1 = benign).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from skl2onnx import convert_sklearn
from skl2onnx.common.data_types import FloatTensorType
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

SPLIT_SEED = 20
HELD_OUT_FRACTION = 0.25

# Not the newest on purpose: older runtimes, too, read these opsets.
TARGET_OPSET = {"": 17, "ai.onnx.ml": 3}


@dataclass(frozen=True)
class Rows:
    """Labelled rows: features (n, 30) float32 and labels (n,) int64."""

    features: np.ndarray
    labels: np.ndarray

    def __len__(self) -> int:
        return len(self.labels)

    def first(self, count: int) -> Rows:
        """Return the first ``count`` rows."""
        return Rows(self.features[:count], self.labels[:count])


@dataclass(frozen=True)
class Dataset:
    """The split data set, with the names of its columns and classes."""

    train: Rows
    held_out: Rows
    feature_names: list[str]
    label_names: list[str]


def load_dataset() -> Dataset:
    """Return a stratified split of the 569 rows, the same on every run."""
    bunch = load_breast_cancer()
    # Cast before anything is fitted: an ONNX model takes float32, so the
    # scikit-learn model has to see exactly the same numbers.
    features = bunch.data.astype(np.float32)
    labels = bunch.target.astype(np.int64)
    train, held_out = train_test_split(
        np.arange(len(labels)),
        test_size=HELD_OUT_FRACTION,
        stratify=labels,
        random_state=SPLIT_SEED,
    )
    # The data set has no dates. Keeping file order lets "the first rows"
    # stand for "the older rows" when v1 is trained.
    train, held_out = np.sort(train), np.sort(held_out)
    return Dataset(
        train=Rows(features[train], labels[train]),
        held_out=Rows(features[held_out], labels[held_out]),
        feature_names=[str(name) for name in bunch.feature_names],
        label_names=[str(name) for name in bunch.target_names],
    )


def fit(rows: Rows, inverse_penalty: float) -> Pipeline:
    """Fit scaling + logistic regression.

    ``inverse_penalty`` is scikit-learn's ``C``: smaller means a stronger L2
    penalty and therefore less extreme probabilities.
    """
    pipeline = Pipeline(
        [
            ("scale", StandardScaler()),
            # newton-cholesky draws no random numbers and converges tightly.
            (
                "classify",
                LogisticRegression(
                    C=inverse_penalty, solver="newton-cholesky", tol=1e-10
                ),
            ),
        ]
    )
    # The values are float32 ones; the arithmetic is done in double precision.
    # The coefficients are then accurate far beyond the float32 of the export,
    # so its bytes do not depend on the CPU's way of adding numbers up.
    return pipeline.fit(rows.features.astype(np.float64), rows.labels)


def accuracy(pipeline: Pipeline, rows: Rows) -> float:
    """Return the fraction of ``rows`` that get the right label, 0 to 1."""
    return float(pipeline.score(rows.features, rows.labels))


def export_onnx(pipeline: Pipeline, *, zipmap: bool) -> bytes:
    """Return the pipeline as a serialised ONNX model.

    Input, n rows:          ``input``               float32 [n, 30]
    Outputs:                ``label``               int64   [n]
                            ``probabilities``       float32 [n, 2]
    Outputs with zipmap,    ``output_label``        int64   [n]
    skl2onnx's default:     ``output_probability``  n maps {label: float32}
    """
    model = convert_sklearn(
        pipeline,
        # Without a name skl2onnx invents a random one for every export.
        name="breast_cancer_classifier",
        initial_types=[
            ("input", FloatTensorType([None, pipeline.n_features_in_]))
        ],
        target_opset=TARGET_OPSET,
        options={id(pipeline): {"zipmap": zipmap}},
    )
    # Fixed, so that a new version of the exporter changes the file only if
    # it changes the graph.
    model.producer_name = "breast-cancer-sample"
    model.producer_version = "1"
    # skl2onnx collects these in a set: their order varies from run to run.
    model.opset_import.sort(key=lambda opset: opset.domain)
    return model.SerializeToString(deterministic=True)
