"""The four SageMaker functions: good bodies, and a clear no to bad ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

import inference
from conftest import MODEL, Cases, score

JSON = "application/json"


@pytest.fixture(scope="module")
def model(model_dir: Path) -> Pipeline:
    return inference.model_fn(str(model_dir))


def body(*rows: Any) -> str:
    return json.dumps({"instances": rows})


def row_with(value: Any) -> list[Any]:
    """Return 30 ones, with ``value`` in column 3."""
    row: list[Any] = [1.0] * 30
    row[3] = value
    return row


# model_fn ----------------------------------------------------------------


def test_model_fn_refuses_a_model_for_other_columns(tmp_path: Path) -> None:
    other = LogisticRegression().fit([[0.0, 0.0], [1.0, 1.0]], [0, 1])
    joblib.dump(other, tmp_path / "model.joblib")
    with pytest.raises(RuntimeError, match="takes 2 features.* sends 30"):
        inference.model_fn(str(tmp_path))


def test_model_fn_fails_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        inference.model_fn(str(tmp_path))


# input_fn ----------------------------------------------------------------


def test_json_keeps_every_bit_of_the_held_out_rows(cases: Cases) -> None:
    text = (MODEL / "cases" / "held-out.json").read_text()
    data = inference.input_fn(text, JSON)
    assert data.dtype == np.float32
    assert data.tobytes() == cases.features.tobytes()


@pytest.mark.parametrize("convert", [str, str.encode])
def test_json_as_text_or_bytes(convert: Any) -> None:
    data = inference.input_fn(convert(body([1] * 30)), JSON)
    np.testing.assert_array_equal(data, np.ones((1, 30), np.float32))


def test_content_type_may_have_parameters_and_capitals() -> None:
    data = inference.input_fn(
        body([1] * 30), "Application/JSON; charset=utf-8"
    )
    assert data.shape == (1, 30)


def test_csv(cases: Cases) -> None:
    lines = [",".join(map(str, row)) for row in cases.features]
    data = inference.input_fn("\r\n".join(lines) + "\r\n", "text/csv")
    assert data.tobytes() == cases.features.tobytes()


def test_csv_with_byte_order_mark() -> None:
    text = "\ufeff" + ",".join(["1"] * 30)
    assert inference.input_fn(text.encode(), "text/csv").shape == (1, 30)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("not json", "the body is not JSON"),
        ("", "the body is not JSON"),
        ("[" * 100_000, "the body is not JSON"),
        ("[]", 'key "instances"'),
        ("{}", 'key "instances"'),
        ('{"instances": 5}', '"instances" must be a list'),
        ('{"instances": null}', '"instances" must be a list'),
        (body(), "no rows"),
        (body(1.0), "row 0 is not a list"),
        (body([1] * 29), "row 0 has 29 columns, expected 30"),
        (body([1] * 30, [1] * 31), "row 1 has 31 columns, expected 30"),
        (body(row_with(None)), "row 0, column 3: null is not a number"),
        (body(row_with("1.5")), 'row 0, column 3: "1.5" is not a number'),
        (body(row_with(True)), "row 0, column 3: true is not a number"),
        (body(row_with([1])), "column 3: a nested value is not a number"),
        (body(row_with(float("nan"))), "column 3: NaN is not a finite"),
        (body(row_with(float("inf"))), "column 3: Infinity is not a finite"),
        (body(row_with(1e39)), r"column 3: 1e\+39 is not a finite"),
        (body(row_with(10**400)), r"column 3: 10+\.\.\. is not a finite"),
    ],
)
def test_bad_json_is_refused_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        inference.input_fn(text, JSON)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no rows"),
        ("1,2,3", "row 0 has 3 columns, expected 30"),
        (",".join(["1"] * 29 + ["x"]), 'column 29: "x" is not a number'),
        (",".join(["1"] * 29 + [""]), 'column 29: "" is not a number'),
        (",".join(["1"] * 29 + ["nan"]), "column 29: NaN is not a finite"),
        ("1" * 200_000, "the body is not CSV"),
    ],
)
def test_bad_csv_is_refused_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        inference.input_fn(text, "text/csv")


@pytest.mark.parametrize("content_type", [JSON, "text/csv"])
def test_other_encodings_are_refused(content_type: str) -> None:
    with pytest.raises(ValueError, match="not UTF-8"):
        inference.input_fn(b"\xff\xfe\x00", content_type)


@pytest.mark.parametrize("content_type", ["application/x-npy", "", "json"])
def test_unsupported_content_type(content_type: str) -> None:
    with pytest.raises(ValueError, match="unsupported content type") as caught:
        inference.input_fn(body([1] * 30), content_type)
    assert caught.value.status_code == 415


# predict_fn --------------------------------------------------------------


def test_predictions_are_those_of_the_reference(
    model: Pipeline, cases: Cases
) -> None:
    result = inference.predict_fn(cases.features, model)
    expected = score(
        MODEL / "releases" / "v2" / "reference.onnx", cases.features
    )
    np.testing.assert_array_equal(result["predictions"], expected.labels)
    np.testing.assert_allclose(
        result["probabilities"], expected.probabilities, rtol=0, atol=1e-5
    )


# output_fn ---------------------------------------------------------------


PREDICTION: inference.Prediction = {
    "predictions": np.array([1]),
    "probabilities": np.array([[0.25, 0.75]]),
}


@pytest.mark.parametrize(
    "accept", [JSON, "*/*", "", "text/html, application/json;q=0.9"]
)
def test_output_is_json(accept: str) -> None:
    text, content_type = inference.output_fn(PREDICTION, accept)
    assert content_type == JSON
    assert json.loads(text) == {
        "predictions": [1],
        "probabilities": [[0.25, 0.75]],
    }


def test_other_output_is_refused() -> None:
    with pytest.raises(ValueError, match="text/csv") as caught:
        inference.output_fn(PREDICTION, "text/csv")
    assert caught.value.status_code == 406
