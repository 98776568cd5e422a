#!/usr/bin/env python
"""HTTP server around SageMaker inference functions.

    python serve.py [serve]

    GET  /ping          200 as soon as the model is loaded
    POST /invocations   input_fn, predict_fn, output_fn of inference.py
    POST /predict       the same, by the path that an API in front of it has

Environment
    SM_MODEL_DIR             the model, with code/inference.py; if it is not
                             set, what Azure ML and Vertex AI say
                             (model_folder.py), or /opt/ml/model
    SAGEMAKER_BIND_TO_PORT   default 8080; 0 picks a free port
    AIP_HTTP_PORT, AIP_HEALTH_ROUTE, AIP_PREDICT_ROUTE
                             Vertex AI's port and paths, beside those above

The model is loaded before the port is opened, so a client can never reach a
server that is not ready, and a model that cannot be loaded ends the process.
"""

from __future__ import annotations

import argparse
import importlib.util
import logging
import os
import signal
import sys
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

import waitress
from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from model_folder import ModelMissing, model_folder

# What SageMaker allows for a real-time request, in bytes.
MAX_BODY_BYTES = 6_291_456
# waitress reads a body in full before Flask sees it. Its own limit is wider,
# so that the usual oversized body gets Flask's JSON answer, but still there,
# because the body is kept on disk.
MAX_BUFFERED_BYTES = 8 * MAX_BODY_BYTES

log = logging.getLogger("serve")


def load_inference(model_dir: Path) -> ModuleType:
    """Import code/inference.py of a model directory."""
    code = model_dir / "code"
    sys.path.insert(0, str(code))  # so that it can import its neighbours
    spec = importlib.util.spec_from_file_location(
        "inference", code / "inference.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def paths_of(platform: str | None, *usual: str) -> list[str]:
    """The usual paths, and the one that the platform names."""
    return [*usual, *({platform} - {None, "", *usual})]


def create_app(inference: ModuleType, model: Any) -> Flask:
    """Return the application for a loaded model."""
    app = Flask("serve")
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES

    def ping() -> Response:
        return Response(status=200)

    def invocations() -> Response:
        data = inference.input_fn(
            request.get_data(),
            request.headers.get("Content-Type", "application/json"),
        )
        prediction = inference.predict_fn(data, model)
        body, content_type = inference.output_fn(
            prediction, request.headers.get("Accept", "application/json")
        )
        return Response(body, content_type=content_type)

    for path in paths_of(os.environ.get("AIP_HEALTH_ROUTE"), "/ping"):
        app.get(path)(ping)
    predict = os.environ.get("AIP_PREDICT_ROUTE")
    for path in paths_of(predict, "/invocations", "/predict"):
        app.post(path)(invocations)

    @app.errorhandler(ValueError)
    def bad_request(error: ValueError) -> tuple[Response, int]:
        status = getattr(error, "status_code", 400)
        return jsonify(error=str(error)), status

    @app.errorhandler(413)
    def too_large(error: HTTPException) -> tuple[Response, int]:
        reason = f"the body is larger than {MAX_BODY_BYTES} bytes"
        return jsonify(error=reason), 413

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        response = error.get_response()  # keeps headers such as Allow
        response.data = jsonify(error=error.description).data
        response.content_type = "application/json"
        return response

    @app.errorhandler(Exception)
    def server_error(error: Exception) -> tuple[Response, int]:
        # The cause goes to the log; the client need not know the internals.
        log.exception("request failed")
        return jsonify(error="internal error"), 500

    return app


def stop(signum: int, frame: FrameType | None) -> None:
    # Process 1 of a container ignores SIGTERM unless it has a handler.
    # waitress lets running requests finish when it sees SystemExit.
    raise SystemExit(0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    # SageMaker starts the container as `docker run IMAGE serve`.
    parser.add_argument(
        "command", nargs="?", choices=["serve"], default="serve"
    )
    parser.parse_args()

    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    signal.signal(signal.SIGTERM, stop)

    port = int(
        os.environ.get("SAGEMAKER_BIND_TO_PORT")
        or os.environ.get("AIP_HTTP_PORT")
        or 8080
    )

    try:
        model_dir = model_folder()
    except ModelMissing as error:
        raise SystemExit(f"ERROR {error}") from error
    inference = load_inference(model_dir)
    model = inference.model_fn(str(model_dir))
    server = waitress.create_server(
        create_app(inference, model),
        host="0.0.0.0",
        port=port,
        max_request_body_size=MAX_BUFFERED_BYTES,
    )
    log.info("model loaded from %s", model_dir)
    log.info("listening on port %s", server.effective_port)
    server.run()
    log.info("stopped")


if __name__ == "__main__":
    main()
