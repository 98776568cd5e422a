"""The sample's inference.py with one fault, as such faults happen.

Stands as code/inference.py beside the real one, code/real_inference.py; the
environment variable FAULT says which. A stale model is no fault of the code:
the model directory then holds the old model.joblib.
"""

from __future__ import annotations

import os

import numpy as np
from real_inference import *  # noqa: F403
from real_inference import Prediction, predict_fn as real_predict_fn
from sklearn.datasets import load_breast_cancer
from sklearn.pipeline import Pipeline

FAULT = os.environ["FAULT"]


def predict_fn(data: np.ndarray, model: Pipeline) -> Prediction:
    if FAULT == "permuted features":  # two columns were sorted by name
        names = list(load_breast_cancer().feature_names)
        first, second = map(
            names.index, ("mean concavity", "mean concave points")
        )
        data = data.copy()
        data[:, [first, second]] = data[:, [second, first]]
    if FAULT == "constant answer":  # all was taken for missing, and imputed
        mean = load_breast_cancer().data.mean(axis=0, dtype=np.float64)
        data = np.repeat(mean[None, :].astype(np.float32), len(data), axis=0)
    if FAULT == "unscaled input":  # the scaler was left behind
        model = Pipeline([("classify", model.named_steps["classify"])])
    prediction = real_predict_fn(data, model)
    probabilities = prediction["probabilities"]
    if FAULT == "swapped classes":
        probabilities = probabilities[:, ::-1]
        prediction["predictions"] = 1 - prediction["predictions"]
    if FAULT == "float16":
        probabilities = probabilities.astype(np.float16).astype(np.float64)
    prediction["probabilities"] = probabilities
    return prediction
