"""Three releases that went wrong in ways that happen in practice.

Each function returns the release's two files as they would have been
published. Parity with the reference catches the first two; the third agrees
with its own reference and only an accuracy floor catches it.
"""

from __future__ import annotations

import numpy as np
from sklearn.pipeline import Pipeline

from classifier import Dataset, Rows, export_onnx, fit
from release import Release

SWAPPED_FEATURES = ("mean concavity", "mean concave points")


def stale(v1: Pipeline, v2: Pipeline) -> Release:
    """Return v2's reference with v1's model in the archive.

    The packing step picked up the model file of the previous run.
    """
    return Release(
        archive_model=export_onnx(v1, zipmap=True),
        reference_model=export_onnx(v2, zipmap=False),
    )


def swapped(dataset: Dataset, v2: Pipeline, inverse_penalty: float) -> Release:
    """Return v2's reference with a model that expects another column order.

    The training job had sorted these two column names alphabetically, so the
    model learned them the other way round; requests still come in the
    documented order.
    """
    first, second = map(dataset.feature_names.index, SWAPPED_FEATURES)
    order = np.arange(len(dataset.feature_names))
    order[[first, second]] = order[[second, first]]
    train = dataset.train
    wrong_order = fit(
        Rows(train.features[:, order], train.labels), inverse_penalty
    )
    return Release(
        archive_model=export_onnx(wrong_order, zipmap=True),
        reference_model=export_onnx(v2, zipmap=False),
    )


def fit_after_broken_join(rows: Rows, inverse_penalty: float) -> Pipeline:
    """Fit on labels that slipped by one row.

    The label table was joined by position after its header had been read as
    a row, so every row got the label of the row before it (the first row got
    the last one's).
    """
    return fit(Rows(rows.features, np.roll(rows.labels, 1)), inverse_penalty)
