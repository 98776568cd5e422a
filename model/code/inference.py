"""SageMaker inference functions for the breast cancer classifier.

Request    {"instances": [[30 numbers], ...]}   or CSV, one row a line
Response   {"predictions": [0 or 1, ...],       0 = malignant, 1 = benign
            "probabilities": [[p(malignant), p(benign)], ...]}

Every fault in a request is a ValueError whose message says what to change.
``status_code`` on the exception, where present, is the HTTP status to answer
with; a plain ValueError means 400.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any, TypedDict

import joblib
import numpy as np
from sklearn.pipeline import Pipeline

N_FEATURES = 30
FLOAT32_MAX = float(np.finfo(np.float32).max)


class Prediction(TypedDict):
    """Results for n rows."""

    predictions: np.ndarray  # (n,) int64
    probabilities: np.ndarray  # (n, 2) float, each row sums to 1


class UnsupportedContentType(ValueError):
    """The body is in a format that input_fn does not read."""

    status_code = 415


class NotAcceptable(ValueError):
    """The client wants a format that output_fn does not write."""

    status_code = 406


def model_fn(model_dir: str) -> Pipeline:
    """Load model.joblib from ``model_dir``."""
    model = joblib.load(Path(model_dir) / "model.joblib")
    if model.n_features_in_ != N_FEATURES:
        # Better to fail while starting than on every request.
        raise RuntimeError(
            f"model.joblib takes {model.n_features_in_} features, "
            f"this code sends {N_FEATURES}"
        )
    return model


def input_fn(body: bytes | str, content_type: str) -> np.ndarray:
    """Parse a request body into features, shape (n, 30), float32."""
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type == "application/json":
        rows = _rows_from_json(_text(body))
    elif media_type == "text/csv":
        rows = _rows_from_csv(_text(body))
    else:
        raise UnsupportedContentType(
            f"unsupported content type {content_type!r}: "
            "send application/json or text/csv"
        )
    return _features(rows)


def predict_fn(data: np.ndarray, model: Pipeline) -> Prediction:
    """Classify features of shape (n, 30)."""
    probabilities = model.predict_proba(data)
    return {
        "predictions": model.classes_[probabilities.argmax(axis=1)],
        "probabilities": probabilities,
    }


def output_fn(prediction: Prediction, accept: str) -> tuple[str, str]:
    """Return the JSON response body and its content type."""
    wanted = {
        part.partition(";")[0].strip().lower() for part in accept.split(",")
    }
    if not wanted & {"application/json", "application/*", "*/*", ""}:
        raise NotAcceptable(
            f"cannot answer with {accept!r}: accept application/json"
        )
    body = json.dumps(
        {name: array.tolist() for name, array in prediction.items()}
    )
    return body, "application/json"


def _text(body: bytes | str) -> str:
    if isinstance(body, str):
        return body
    try:
        # utf-8-sig also drops the byte order mark that spreadsheets write.
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError("the body is not UTF-8 text") from error


def _rows_from_json(text: str) -> list[Any]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"the body is not JSON: {error}") from error
    if not isinstance(document, dict) or "instances" not in document:
        raise ValueError(
            'the body must be a JSON object with the key "instances"'
        )
    rows = document["instances"]
    if not isinstance(rows, list):
        raise ValueError('"instances" must be a list of rows')
    return rows


def _rows_from_csv(text: str) -> list[Any]:
    try:
        lines = [line for line in csv.reader(io.StringIO(text)) if line]
    except csv.Error as error:
        raise ValueError(f"the body is not CSV: {error}") from error
    return [[_number_or_text(cell) for cell in line] for line in lines]


def _number_or_text(cell: str) -> float | str:
    try:
        return float(cell)
    except ValueError:
        return cell  # _features reports it together with its position


def _features(rows: list[Any]) -> np.ndarray:
    """Check rows of numbers and return them as (n, 30) float32."""
    if not rows:
        raise ValueError("there are no rows to classify")
    for index, row in enumerate(rows):
        if not isinstance(row, list):
            raise ValueError(f"row {index} is not a list of numbers")
        if len(row) != N_FEATURES:
            raise ValueError(
                f"row {index} has {len(row)} columns, expected {N_FEATURES}"
            )
        for column, value in enumerate(row):
            # bool is a subclass of int in Python, but true is no measurement.
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                raise ValueError(
                    f"row {index}, column {column}: "
                    f"{_short(value)} is not a number"
                )
            # A NaN fails this comparison too.
            if not abs(value) <= FLOAT32_MAX:
                raise ValueError(
                    f"row {index}, column {column}: "
                    f"{_short(value)} is not a finite 32-bit float"
                )
    return np.asarray(rows, dtype=np.float32)


def _short(value: Any) -> str:
    """Return ``value`` as it was sent, shortened for an error message."""
    if isinstance(value, (list, dict)):
        return "a nested value"
    text = json.dumps(value)
    return text if len(text) <= 40 else text[:37] + "..."
