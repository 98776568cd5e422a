"""What the committed releases promise, and that train.py rebuilds them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import joblib
import numpy as np
import onnx
import pytest

from classifier import load_dataset
from conftest import MODEL, Cases, score

RELEASES = ("v1", "v2", "bad-stale", "bad-swapped", "bad-accuracy")
# The limits that a release is checked against.
RTOL, ATOL = 1e-4, 1e-5
ACCURACY_FLOOR = 0.95


def archive(release: str) -> Path:
    return MODEL / "releases" / release / "archive" / "model.onnx"


def reference(release: str) -> Path:
    return MODEL / "releases" / release / "reference.onnx"


def rows_out_of_tolerance(left: Path, right: Path, cases: Cases) -> int:
    close = np.isclose(
        score(left, cases.features).probabilities,
        score(right, cases.features).probabilities,
        rtol=RTOL,
        atol=ATOL,
    )
    return int((~close.all(axis=1)).sum())


def accuracy(model: Path, cases: Cases) -> float:
    return float((score(model, cases.features).labels == cases.labels).mean())


def node_types(model: Path) -> list[str]:
    return [node.op_type for node in onnx.load(model).graph.node]


# Files -------------------------------------------------------------------


@pytest.mark.parametrize("release", RELEASES)
def test_only_the_archive_has_zipmap(release: str) -> None:
    assert "ZipMap" in node_types(archive(release))
    assert "ZipMap" not in node_types(reference(release))


@pytest.mark.parametrize("release", RELEASES)
def test_names_are_the_exporter_defaults(release: str) -> None:
    def names(model: Path) -> tuple[list[str], list[str]]:
        graph = onnx.load(model).graph
        return [i.name for i in graph.input], [o.name for o in graph.output]

    assert names(archive(release)) == (
        ["input"],
        ["output_label", "output_probability"],
    )
    assert names(reference(release)) == (
        ["input"],
        ["label", "probabilities"],
    )


@pytest.mark.parametrize("release", RELEASES)
def test_onnx_is_valid_and_small(release: str) -> None:
    for model in (archive(release), reference(release)):
        onnx.checker.check_model(onnx.load(model), full_check=True)
        assert model.stat().st_size < 4096  # bytes


def test_cases_are_the_held_out_rows_bit_for_bit(cases: Cases) -> None:
    held_out = load_dataset().held_out
    assert len(cases.labels) >= 100
    assert cases.features.tobytes() == held_out.features.tobytes()
    assert cases.labels.tobytes() == held_out.labels.tobytes()


def test_cases_name_their_columns_and_classes() -> None:
    document = json.loads((MODEL / "cases" / "held-out.json").read_text())
    assert len(document["feature_names"]) == 30
    assert document["label_names"] == ["malignant", "benign"]


def test_no_held_out_row_was_trained_on() -> None:
    dataset = load_dataset()
    trained = {row.tobytes() for row in dataset.train.features}
    assert not any(
        row.tobytes() in trained for row in dataset.held_out.features
    )


# Good releases -----------------------------------------------------------


@pytest.mark.parametrize("release", ("v1", "v2"))
def test_good_release_passes_both_checks(release: str, cases: Cases) -> None:
    assert (
        rows_out_of_tolerance(archive(release), reference(release), cases) == 0
    )
    assert accuracy(archive(release), cases) >= ACCURACY_FLOOR


@pytest.mark.parametrize("release", ("v1", "v2"))
def test_onnx_agrees_with_scikit_learn(
    release: str, built: Path, cases: Cases
) -> None:
    pipeline = joblib.load(built / "build" / release / "model.joblib")
    for model in (archive(release), reference(release)):
        onnx_scores = score(model, cases.features)
        np.testing.assert_array_equal(
            onnx_scores.labels, pipeline.predict(cases.features)
        )
        np.testing.assert_allclose(
            onnx_scores.probabilities,
            pipeline.predict_proba(cases.features),
            rtol=0,
            atol=1e-5,
        )


def test_v2_is_visibly_different_from_v1(cases: Cases) -> None:
    differing = rows_out_of_tolerance(reference("v1"), reference("v2"), cases)
    assert differing > len(cases.labels) / 2


# Bad releases ------------------------------------------------------------


def test_stale_archive_is_v1_and_claims_to_be_v2(cases: Cases) -> None:
    release = "bad-stale"
    assert archive(release).read_bytes() == archive("v1").read_bytes()
    assert reference(release).read_bytes() == reference("v2").read_bytes()
    # It classifies well, so an accuracy floor lets it through.
    assert accuracy(archive(release), cases) >= ACCURACY_FLOOR
    assert (
        rows_out_of_tolerance(archive(release), reference(release), cases)
        > len(cases.labels) / 2
    )


def test_swapped_features_show_only_in_probabilities(cases: Cases) -> None:
    release = "bad-swapped"
    assert reference(release).read_bytes() == reference("v2").read_bytes()
    packed = score(archive(release), cases.features)
    named = score(reference(release), cases.features)
    assert (packed.labels == named.labels).mean() >= 0.95
    assert accuracy(archive(release), cases) >= ACCURACY_FLOOR
    assert (
        rows_out_of_tolerance(archive(release), reference(release), cases)
        > len(cases.labels) / 2
    )


def test_swapped_model_fits_when_the_columns_are_swapped_too(
    cases: Cases,
) -> None:
    """The column order is the only thing wrong with bad-swapped."""
    names = load_dataset().feature_names
    swap = [names.index("mean concavity"), names.index("mean concave points")]
    features = cases.features.copy()
    features[:, swap] = features[:, swap[::-1]]
    np.testing.assert_allclose(
        score(archive("bad-swapped"), features).probabilities,
        score(reference("bad-swapped"), cases.features).probabilities,
        rtol=RTOL,
        atol=ATOL,
    )


def test_bad_accuracy_agrees_with_its_own_reference(cases: Cases) -> None:
    release = "bad-accuracy"
    packed = score(archive(release), cases.features)
    named = score(reference(release), cases.features)
    np.testing.assert_array_equal(packed.labels, named.labels)
    np.testing.assert_array_equal(packed.probabilities, named.probabilities)
    assert accuracy(archive(release), cases) < 0.85


# Reproducibility ---------------------------------------------------------


def published_files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for part in ("releases", "cases")
        for path in sorted((folder / part).rglob("*.*"))
    }


def test_training_twice_gives_identical_files(
    built: Path, tmp_path: Path
) -> None:
    # The hash seed decides the order of sets, which must not show either.
    # Seeds 1 and 2 order the opsets of a ZipMap export differently.
    for seed in ("1", "2"):
        out = tmp_path / seed
        subprocess.run(
            [sys.executable, MODEL / "train.py", "--out", out],
            check=True,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        again = published_files(out)
        assert len(again) == 2 * len(RELEASES) + 2
        assert again == published_files(built)


def test_committed_files_are_what_train_py_writes(built: Path) -> None:
    assert published_files(MODEL) == published_files(built)
