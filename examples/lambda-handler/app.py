"""A Lambda handler without a framework, for an image without the web adapter.

    Request    POST /predict {"instances": [[30 numbers], ...]}
    Answer     200 {"predictions": [0 or 1, ...]}
               400 what is wrong with the request, and what to change
    GET /ping  200 as soon as the model is loaded

The model is loaded while the environment starts, so that no request waits
for it twice and a model that cannot be loaded ends the start. Any error that
is not the caller's is raised: Lambda counts it, and an alarm on Errors sees it.
"""

from __future__ import annotations

import base64
import importlib.util
import json
import os
from pathlib import Path
from types import ModuleType
from typing import Any

# push-image puts the model here (model-path), as on SageMaker.
MODEL_DIR = Path(os.environ.get("SM_MODEL_DIR", "/opt/ml/model"))


def load_inference(model_dir: Path) -> ModuleType:
    """Import code/inference.py of a model directory."""
    path = model_dir / "code" / "inference.py"
    spec = importlib.util.spec_from_file_location("inference", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


inference = load_inference(MODEL_DIR)
model = inference.model_fn(str(MODEL_DIR))


def answer(status: int, body: str) -> dict[str, Any]:
    """Return an answer in the form of API Gateway (1.0 and 2.0 alike)."""
    headers = {"content-type": "application/json"}
    return {"statusCode": status, "headers": headers, "body": body}


def handler(event: dict[str, Any], _context: object = None) -> dict[str, Any]:
    """Answer one request of an API, a function URL or Invoke."""
    # A REST API says path, the others rawPath.
    if event.get("rawPath", event.get("path")) == "/ping":
        return answer(200, "{}")
    text = event.get("body") or ""
    body = base64.b64decode(text) if event.get("isBase64Encoded") else text
    headers = {k.lower(): v for k, v in (event.get("headers") or {}).items()}
    content_type = headers.get("content-type", "application/json")
    try:
        features = inference.input_fn(body, content_type)
    except ValueError as error:  # the request is wrong, and it says why
        status = getattr(error, "status_code", 400)
        return answer(status, json.dumps({"error": str(error)}))
    prediction = inference.predict_fn(features, model)
    found = inference.output_fn(prediction, "application/json")
    return answer(200, found[0] if isinstance(found, tuple) else found)
