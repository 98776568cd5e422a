"""What Python says to the same rows: print the answers of two independent ways.

Usage: predict.py MODEL.onnx MODEL_DIR < {"instances": [[30 numbers], ...]}

MODEL_DIR holds model.joblib and code/inference.py, laid out as SageMaker
unpacks them. Prints {"onnx": answer, "joblib": answer}, each answer as
{"predictions": (n,), "probabilities": (n, 2)}.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import onnxruntime


def with_onnx(model: str, instances: list[list[float]]) -> dict:
    session = onnxruntime.InferenceSession(model)
    feed = {session.get_inputs()[0].name: np.asarray(instances, np.float32)}
    label, probabilities = session.run(None, feed)
    if isinstance(probabilities, list):  # ZipMap: a map of label to value
        probabilities = np.array([list(row.values()) for row in probabilities])
    return {
        "predictions": label.tolist(),
        "probabilities": probabilities.tolist(),
    }


def with_inference_py(model_dir: str, body: str) -> dict:
    sys.path.insert(0, str(Path(model_dir) / "code"))
    import inference

    model = inference.model_fn(model_dir)
    data = inference.input_fn(body, "application/json")
    answer, _ = inference.output_fn(
        inference.predict_fn(data, model), "application/json"
    )
    return json.loads(answer)


if __name__ == "__main__":
    body = sys.stdin.read()
    instances = json.loads(body)["instances"]
    print(
        json.dumps(
            {
                "onnx": with_onnx(sys.argv[1], instances),
                "joblib": with_inference_py(sys.argv[2], body),
            }
        )
    )
