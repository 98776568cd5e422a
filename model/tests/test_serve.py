"""serve.py as a process of its own, over real HTTP on a free port."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from conftest import MODEL, Cases, score

JSON = {"Content-Type": "application/json"}
MAX_BODY_BYTES = 6_291_456
# Generous: a machine may be busy, and nobody waits for it in vain.
START_SECONDS = 120.0


@dataclass(frozen=True)
class Reply:
    status: int
    content_type: str | None
    body: bytes

    def json(self) -> dict:
        assert self.content_type == "application/json"
        return json.loads(self.body)


@dataclass(frozen=True)
class Server:
    process: subprocess.Popen
    port: int
    log: Path

    def request(
        self,
        method: str,
        path: str,
        body: str | bytes | Iterator[bytes] | None = None,
        headers: dict[str, str] | None = None,
    ) -> Reply:
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=30
        )
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            return Reply(
                response.status,
                response.getheader("Content-Type"),
                response.read(),
            )
        finally:
            connection.close()

    def invoke(self, body: str | bytes, **headers: str) -> Reply:
        return self.request("POST", "/invocations", body, {**JSON, **headers})


def start(
    model_dir: Path | None,
    log: Path,
    port: int = 0,
    env: dict[str, str] | None = None,
) -> subprocess.Popen:
    """``env`` in the place of SageMaker's variables."""
    sagemaker = {
        "SM_MODEL_DIR": str(model_dir),
        "SAGEMAKER_BIND_TO_PORT": str(port),
    }
    with log.open("wb") as stream:
        return subprocess.Popen(
            [sys.executable, MODEL / "serve.py", "serve"],
            env={
                **os.environ,
                **(sagemaker if env is None else env),
                "PYTHONDONTWRITEBYTECODE": "1",
            },
            stdout=stream,
            stderr=stream,
        )


@contextmanager
def running(
    model_dir: Path | None, log: Path, env: dict[str, str] | None = None
) -> Iterator[Server]:
    """Start serve.py, wait until it says where it listens, and end it."""
    process = start(model_dir, log, env=env)
    try:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and process.poll() is None:
            found = re.search(r"listening on port (\d+)", log.read_text())
            if found:
                yield Server(process, int(found[1]), log)
                return
            time.sleep(0.05)
        pytest.fail(f"serve.py did not start:\n{log.read_text()}")
    finally:
        process.kill()
        process.wait()


def stub_model_dir(folder: Path, **functions: str) -> Path:
    """Write an inference.py whose functions have the given bodies."""
    bodies = {
        "model_fn(model_dir)": functions.get("model_fn", "return None"),
        "input_fn(body, content_type)": "return body",
        "predict_fn(data, model)": functions.get("predict_fn", "return data"),
        "output_fn(prediction, accept)": "return prediction, 'text/plain'",
    }
    lines = ["import time"]
    for signature, function_body in bodies.items():
        lines += [f"def {signature}:", f"    {function_body}"]
    (folder / "code").mkdir(parents=True)
    (folder / "code" / "inference.py").write_text("\n".join(lines) + "\n")
    return folder


@pytest.fixture(scope="module")
def server(
    model_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    log = tmp_path_factory.mktemp("serve") / "log"
    with running(model_dir, log) as started:
        yield started


# Good requests -----------------------------------------------------------


def test_ping(server: Server) -> None:
    assert server.request("GET", "/ping").status == 200


def test_held_out_rows_as_json(server: Server, cases: Cases) -> None:
    reply = server.invoke((MODEL / "cases" / "held-out.json").read_bytes())
    assert reply.status == 200
    result = reply.json()
    expected = score(
        MODEL / "releases" / "v2" / "reference.onnx", cases.features
    )
    assert result["predictions"] == expected.labels.tolist()
    np.testing.assert_allclose(
        result["probabilities"], expected.probabilities, rtol=0, atol=1e-5
    )


def test_predict_is_the_same_as_invocations(
    server: Server, cases: Cases
) -> None:
    body = json.dumps({"instances": cases.features[:3].tolist()})
    reply = server.request("POST", "/predict", body, JSON)
    assert reply.status == 200
    assert reply.json() == server.invoke(body).json()


def test_one_row_json_is_the_first_held_out_row(
    server: Server, cases: Cases
) -> None:
    reply = server.invoke((MODEL / "cases" / "one-row.json").read_bytes())
    assert reply.status == 200
    assert reply.json()["predictions"] == [int(cases.labels[0])]


def test_csv(server: Server, cases: Cases) -> None:
    line = ",".join(map(str, cases.features[0]))
    reply = server.invoke(line, **{"Content-Type": "text/csv"})
    assert reply.status == 200
    assert len(reply.json()["probabilities"]) == 1


# Bad requests ------------------------------------------------------------


def test_wrong_number_of_columns_is_400(server: Server) -> None:
    reply = server.invoke(json.dumps({"instances": [[1] * 29]}))
    assert reply.status == 400
    assert reply.json() == {"error": "row 0 has 29 columns, expected 30"}


def test_body_that_is_not_json_is_400(server: Server) -> None:
    reply = server.invoke("hello")
    assert reply.status == 400
    assert "not JSON" in reply.json()["error"]


def test_deeply_nested_body_is_400(server: Server) -> None:
    # Near Python's recursion limit either parsing or checking may give up.
    for depth in (100, 500, 800, 900, 950, 1000, 100_000):
        nested = "[" * depth + "1" + "]" * depth
        row = ",".join([nested] + ["1"] * 29)
        reply = server.invoke('{"instances": [[' + row + "]]}")
        assert reply.status == 400, depth


def test_unsupported_content_type_is_415(server: Server) -> None:
    reply = server.invoke("a=1", **{"Content-Type": "text/plain"})
    assert reply.status == 415
    assert "text/plain" in reply.json()["error"]


def test_unsupported_accept_is_406(server: Server) -> None:
    body = (MODEL / "cases" / "one-row.json").read_bytes()
    reply = server.invoke(body, Accept="image/png")
    assert reply.status == 406
    assert "image/png" in reply.json()["error"]


def test_body_limit_is_exact(server: Server) -> None:
    body = (MODEL / "cases" / "one-row.json").read_bytes()
    assert server.invoke(body.ljust(MAX_BODY_BYTES)).status == 200
    reply = server.invoke(body.ljust(MAX_BODY_BYTES + 1))
    assert reply.status == 413
    assert str(MAX_BODY_BYTES) in reply.json()["error"]


def test_body_limit_holds_without_content_length(server: Server) -> None:
    chunks = iter([b" " * 1_048_576] * 7)
    reply = server.request("POST", "/invocations", chunks, JSON)
    assert reply.status == 413


def test_other_paths_and_methods_are_refused_as_json(server: Server) -> None:
    reply = server.request("GET", "/nothing")
    assert (reply.status, "error" in reply.json()) == (404, True)
    reply = server.request("GET", "/invocations")
    assert (reply.status, "error" in reply.json()) == (405, True)


def test_fault_in_the_model_is_500_and_logged(tmp_path: Path) -> None:
    folder = stub_model_dir(tmp_path / "m", predict_fn="return {}['secret']")
    with running(folder, tmp_path / "log") as server:
        reply = server.invoke("x")
        assert reply.status == 500
        assert reply.json() == {"error": "internal error"}
        assert "KeyError: 'secret'" in server.log.read_text()


# Starting and stopping ---------------------------------------------------


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_no_ping_before_the_model_is_loaded(tmp_path: Path) -> None:
    loaded = tmp_path / "loaded"
    folder = stub_model_dir(
        tmp_path / "m",
        model_fn=f"time.sleep(1.5); open({str(loaded)!r}, 'w').close()",
    )
    port = free_port()
    process = start(folder, tmp_path / "log", port)
    server = Server(process, port, tmp_path / "log")
    refused = 0
    try:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                reply = server.request("GET", "/ping")
            except ConnectionError:
                refused += 1
                time.sleep(0.05)
                continue
            assert loaded.exists()
            assert reply.status == 200
            break
        else:
            pytest.fail("never answered /ping")
    finally:
        process.kill()
        process.wait()
    assert refused > 0


def test_model_that_cannot_be_loaded_ends_the_process(
    model_dir: Path, tmp_path: Path
) -> None:
    folder = stub_model_dir(
        tmp_path / "m", model_fn="raise RuntimeError('broken file')"
    )
    process = start(folder, tmp_path / "log")
    assert process.wait(timeout=START_SECONDS) == 1
    assert "broken file" in (tmp_path / "log").read_text()


def test_sigterm_ends_the_process_cleanly(
    model_dir: Path, tmp_path: Path
) -> None:
    with running(model_dir, tmp_path / "log") as server:
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(timeout=10) == 0
        assert "Traceback" not in server.log.read_text()


def test_sigterm_lets_a_running_request_finish(tmp_path: Path) -> None:
    started = tmp_path / "started"
    folder = stub_model_dir(
        tmp_path / "m",
        predict_fn=(
            f"open({str(started)!r}, 'w').close(); time.sleep(1); return data"
        ),
    )
    replies: list[Reply] = []
    with running(folder, tmp_path / "log") as server:
        client = threading.Thread(
            target=lambda: replies.append(server.invoke("still here"))
        )
        client.start()
        while not started.exists():
            time.sleep(0.02)
        server.process.send_signal(signal.SIGTERM)
        client.join(timeout=10)
        assert server.process.wait(timeout=10) == 0
    assert [reply.body for reply in replies] == [b"still here"]


def test_other_commands_are_refused() -> None:
    done = subprocess.run(
        [sys.executable, MODEL / "serve.py", "train"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert "invalid choice: 'train'" in done.stderr
