"""Write ONNX's node tests as files: generate.py OUT.

The onnx package makes them when asked; older ones shipped them as files.
Layout of each: OUT/<name>/model.onnx, test_data_set_0/input_0.pb, ...,
output_0.pb, ..., and tolerance.json {"rtol": ..., "atol": ...}.
"""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from onnx import TensorProto, ValueInfoProto, numpy_helper


def serialized(value: Any, info: ValueInfoProto) -> bytes:
    """Return a value as the message that its declared type asks for."""
    if isinstance(value, TensorProto):
        return value.SerializeToString()
    kind = info.type.WhichOneof("value")
    if kind == "sequence_type":
        return numpy_helper.from_list(value, info.name).SerializeToString()
    if kind == "optional_type":
        return numpy_helper.from_optional(value, info.name).SerializeToString()
    if kind == "map_type":
        return numpy_helper.from_dict(value, info.name).SerializeToString()
    return numpy_helper.from_array(
        np.asarray(value), info.name
    ).SerializeToString()


def write(case: Any, folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "model.onnx").write_bytes(case.model.SerializeToString())
    tolerance = {"rtol": case.rtol, "atol": case.atol}
    (folder / "tolerance.json").write_text(json.dumps(tolerance))
    graph = case.model.graph
    for number, (inputs, outputs) in enumerate(case.data_sets):
        data_set = folder / f"test_data_set_{number}"
        data_set.mkdir()
        for role, values, infos in (
            ("input", inputs, graph.input),
            ("output", outputs, graph.output),
        ):
            for at, (value, info) in enumerate(zip(values, infos)):
                path = data_set / f"{role}_{at}.pb"
                path.write_bytes(serialized(value, info))


def main() -> None:
    out = Path(sys.argv[1])
    warnings.simplefilter("ignore")
    from onnx.backend.test.case.node import collect_testcases

    cases = collect_testcases(None)
    for case in cases:
        write(case, out / case.name)
    print(f"{len(cases)} node tests written to {out}")


if __name__ == "__main__":
    main()
