"""model_folder.py against a stand-in of Google's, and serve.py with it."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from conftest import MODEL
from test_serve import JSON, running, stub_model_dir

import model_folder
from model_folder import ModelMissing
from model_folder import model_folder as folder_of

TOKEN = "ya29.token-of-the-machine"
BUCKET = "caip-tenant-1234"
PAGE = 2


class Google:
    """The metadata server and Cloud Storage on one loopback port."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.asked: list[str] = []
        #: Statuses that are answered first.
        self.before: list[int] = []
        #: What arrives of an object is cut after so many bytes.
        self.damaged: int | None = None
        google = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                google.asked.append(self.path)
                status, body = google.answer(self.path, dict(self.headers))
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever).start()

    def env(self, prefix: str = "models/1/") -> dict[str, str]:
        return {
            "AIP_STORAGE_URI": f"gs://{BUCKET}/{prefix}",
            "GCE_METADATA_HOST": self.host,
            "STORAGE_EMULATOR_HOST": f"http://{self.host}",
        }

    def answer(
        self, path: str, headers: dict[str, str]
    ) -> tuple[int, bytes]:
        url = urlsplit(path)
        if self.before:
            return self.before.pop(0), b""
        if url.path.startswith("/computeMetadata/"):
            if headers.get("Metadata-Flavor") != "Google":
                return 403, b""
            return 200, json.dumps({"access_token": TOKEN}).encode()
        if headers.get("Authorization") != f"Bearer {TOKEN}":
            return 401, b""
        folder = f"/storage/v1/b/{BUCKET}/o"
        if url.path == folder:
            return 200, self.page(parse_qs(url.query))
        body = self.objects.get(unquote(url.path.removeprefix(f"{folder}/")))
        if body is None:
            return 404, b""
        return 200, body[: self.damaged]

    def page(self, query: dict[str, list[str]]) -> bytes:
        names = [
            name
            for name in sorted(self.objects)
            if name.startswith(query["prefix"][0])
        ]
        start = int(query.get("pageToken", ["0"])[0])
        items = [
            {
                "name": name,
                "size": str(len(self.objects[name])),
                "md5Hash": base64.b64encode(
                    hashlib.md5(self.objects[name]).digest()
                ).decode(),
            }
            for name in names[start : start + PAGE]
        ]
        page: dict[str, object] = {"items": items}
        if start + PAGE < len(names):
            page["nextPageToken"] = str(start + PAGE)
        return json.dumps(page).encode()

    def put(self, folder: Path, prefix: str = "models/1/") -> None:
        for path in folder.rglob("*"):
            if path.is_file():
                name = path.relative_to(folder).as_posix()
                self.objects[prefix + name] = path.read_bytes()


@pytest.fixture
def google(monkeypatch: pytest.MonkeyPatch) -> Iterator[Google]:
    monkeypatch.setattr(model_folder, "PAUSES_SECONDS", (0, 0, 0, 0))
    stand_in = Google()
    yield stand_in
    stand_in.server.shutdown()
    stand_in.server.server_close()


def test_every_object_is_read_over_all_pages(google: Google) -> None:
    names = ["model.joblib", "code/inference.py", "code/a b.py", "ü", "x"]
    for name in names:
        google.objects[f"models/1/{name}"] = name.encode()
    google.objects["models/1/empty/"] = b""
    google.objects["models/12/other"] = b"of another model"
    # With and without a slash at the end.
    for prefix in ("models/1/", "models/1"):
        folder = folder_of(google.env(prefix))
        found = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }
        assert found == {name: name.encode() for name in names}


def test_what_passes_is_asked_again(google: Google) -> None:
    google.objects["models/1/x"] = b"x"
    google.before = [503, 429]
    assert (folder_of(google.env()) / "x").read_bytes() == b"x"


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        ({"damaged": 1}, "arrived damaged"),
        ({"objects": {}}, "there is nothing below gs://"),
        ({"objects": {"models/1/../y": b"y"}}, "outside of its folder"),
        ({"before": [503] * 5}, "the metadata server gives no token"),
    ],
)
def test_what_is_not_whole_is_refused(
    google: Google, damage: dict[str, object], reason: str
) -> None:
    google.objects["models/1/x"] = b"xyz"
    for name, value in damage.items():
        setattr(google, name, value)
    with pytest.raises(ModelMissing, match=reason):
        folder_of(google.env())


def test_an_account_without_permission_is_told_the_role(
    google: Google, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("test_model_folder.TOKEN", "another")
    monkeypatch.setattr(
        model_folder.Storage, "_machine_token", lambda _: "expired"
    )
    with pytest.raises(ModelMissing, match="Storage Object Viewer"):
        folder_of(google.env())


def test_the_other_platforms(tmp_path: Path) -> None:
    assert folder_of({}) == Path("/opt/ml/model")
    # Vertex AI sets it to nothing for a model that is in the image.
    assert folder_of({"AIP_STORAGE_URI": ""}) == Path("/opt/ml/model")
    assert folder_of({"SM_MODEL_DIR": "/m"}) == Path("/m")
    model = stub_model_dir(tmp_path / "churn" / "1" / "files")
    env = {"AZUREML_MODEL_DIR": str(tmp_path / "churn" / "1")}
    assert folder_of(env) == model
    with pytest.raises(ModelMissing, match="no code/inference.py below"):
        folder_of({"AZUREML_MODEL_DIR": str(tmp_path / "churn" / "2")})


# serve.py as Vertex AI starts it ----------------------------------------


def test_the_server_takes_vertex_ais_port_paths_and_model(
    google: Google, model_dir: Path, tmp_path: Path
) -> None:
    google.put(model_dir)
    routes = {"AIP_HEALTH_ROUTE": "/live", "AIP_PREDICT_ROUTE": "/v1/score"}
    env = {**google.env(), **routes, "AIP_HTTP_PORT": "0"}
    body = (MODEL / "cases" / "held-out.json").read_bytes()
    with (
        running(None, tmp_path / "vertex", env) as vertex,
        running(model_dir, tmp_path / "sagemaker") as sagemaker,
    ):
        assert vertex.request("GET", "/live").status == 200
        reply = vertex.request("POST", "/v1/score", body, JSON)
        assert reply.status == 200
        assert reply.json() == sagemaker.invoke(body).json()
        # The usual paths stay.
        assert vertex.request("GET", "/ping").status == 200
        assert vertex.invoke(body).json() == reply.json()
        assert TOKEN not in vertex.log.read_text()


def test_the_server_says_what_is_missing(
    google: Google, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    with pytest.raises(pytest.fail.Exception):
        with running(None, log, {**google.env(), "AIP_HTTP_PORT": "0"}):
            pass
    assert "ERROR there is nothing below gs://" in log.read_text()
    assert "Traceback" not in log.read_text()
