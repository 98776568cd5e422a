"""record.py keeps the cases and adds what the model answers to them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import joblib
import numpy as np

from classifier import fit, load_dataset

ROOT = Path(__file__).parents[1]


def test_cases_get_the_models_own_answers(tmp_path: Path) -> None:
    dataset = load_dataset()
    pipeline = fit(dataset.train, 1.0)
    joblib.dump(pipeline, tmp_path / "model.joblib")
    shutil.copytree(ROOT / "code", tmp_path / "code")
    rows = dataset.held_out.features[:3]
    cases = {"instances": rows.tolist(), "labels": [0, 1, 1]}
    (tmp_path / "cases.json").write_text(json.dumps(cases))

    run = subprocess.run(
        [sys.executable, "record.py", tmp_path / "cases.json", tmp_path],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )

    recorded = json.loads(run.stdout)
    expected = recorded.pop("expected")
    assert recorded == cases
    assert expected["predictions"] == pipeline.predict(rows).tolist()
    np.testing.assert_allclose(
        expected["probabilities"], pipeline.predict_proba(rows)
    )
