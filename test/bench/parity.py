"""The loop that a smoke test replaces: parity.py URL MODEL.onnx CASES ROWS_EACH.

Asks the endpoint with requests, runs the reference with onnxruntime, compares.
Prints the seconds from after the imports, as JSON.
"""

from __future__ import annotations

import json
import sys
import time

import numpy as np
import onnxruntime
import requests


def main() -> None:
    url, model, cases, rows_each = sys.argv[1:]
    started = time.perf_counter()
    with open(cases, encoding="utf-8") as file:
        instances = json.load(file)["instances"]
    reference = onnxruntime.InferenceSession(model)
    client = requests.Session()
    compared = 0
    for start in range(0, len(instances), int(rows_each)):
        rows = instances[start : start + int(rows_each)]
        response = client.post(url, json={"instances": rows}, timeout=60)
        response.raise_for_status()
        answer = response.json()
        label, probabilities = reference.run(
            None, {"input": np.asarray(rows, np.float32)}
        )
        assert (label == answer["predictions"]).all()
        np.testing.assert_allclose(
            answer["probabilities"], probabilities, rtol=1e-4, atol=1e-5
        )
        compared += len(rows)
    seconds = time.perf_counter() - started
    print(json.dumps({"seconds": seconds, "rows": compared}))


if __name__ == "__main__":
    main()
