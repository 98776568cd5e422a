"""Run ONNX's node tests with onnxruntime itself: witness.py DATA.

Writes DATA/witness.json, {name: "passed" | "differs: ..." | "refused: ..."}:
what the runtime says without anything of this project in between.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import numpy_helper


def tensor(path: Path) -> tuple[str, np.ndarray]:
    proto = onnx.load_tensor(str(path))
    return proto.name, numpy_helper.to_array(proto)


def files(data_set: Path, role: str) -> list[Path]:
    found = data_set.glob(f"{role}_*.pb")
    return sorted(found, key=lambda path: int(path.stem.split("_")[1]))


def verdict(folder: Path) -> str:
    tolerance = json.loads((folder / "tolerance.json").read_text())
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    try:
        session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options
        )
    except Exception as error:
        return f"refused: {error}"
    for data_set in sorted(folder.glob("test_data_set_*")):
        try:
            feeds = dict(tensor(path) for path in files(data_set, "input"))
            wanted = dict(tensor(path) for path in files(data_set, "output"))
            given = session.run(list(wanted), feeds)
        except Exception as error:
            return f"refused: {error}"
        for (name, want), got in zip(wanted.items(), given):
            if got.shape != want.shape:
                return f"differs: {name} has the shape {got.shape}"
            try:
                if want.dtype == object:
                    np.testing.assert_array_equal(
                        got, want.astype(str).astype(object)
                    )
                else:
                    np.testing.assert_allclose(got, want, **tolerance)
            except (AssertionError, TypeError) as error:
                return f"differs: {name}: {' '.join(str(error).split())[:160]}"
    return "passed"


def main() -> None:
    data = Path(sys.argv[1])
    folders = sorted(path for path in data.iterdir() if path.is_dir())
    verdicts = {folder.name: verdict(folder) for folder in folders}
    (data / "witness.json").write_text(json.dumps(verdicts, indent=1))
    passed = sum(value == "passed" for value in verdicts.values())
    print(f"onnxruntime itself passes {passed} of {len(verdicts)} node tests")


if __name__ == "__main__":
    main()
