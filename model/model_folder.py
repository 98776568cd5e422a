"""The folder of the model, wherever the platform has put it.

SM_MODEL_DIR, if it is set, is that folder: SageMaker and Lambda have it at
its default, /opt/ml/model. Azure ML mounts it below AZUREML_MODEL_DIR. Vertex
AI mounts nothing: AIP_STORAGE_URI is the gs:// address of its copy, whose
files are read from Cloud Storage with the token of the container's service
account.

Nothing but the standard library, so that the image stays small.
https://docs.cloud.google.com/vertex-ai/docs/predictions/custom-container-requirements
"""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

DEFAULT = "/opt/ml/model"
# Names that Google's own clients have for the same.
METADATA_HOST = "GCE_METADATA_HOST"
STORAGE_HOST = "STORAGE_EMULATOR_HOST"
TOKEN_PATH = "computeMetadata/v1/instance/service-accounts/default/token"
SCRIPT = PurePosixPath("code/inference.py")
CHUNK = 1 << 20
TIMEOUT_SECONDS = 60
# The metadata server is not there at once, and Cloud Storage may be busy.
PAUSES_SECONDS = (1, 2, 4, 8)

log = logging.getLogger("serve")


class ModelMissing(Exception):
    """There is no model where the platform says; the message says why."""


def model_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder that holds code/inference.py.

    Raises ModelMissing if there is none, or if it may not be read.
    """
    if environ.get("SM_MODEL_DIR"):
        return Path(environ["SM_MODEL_DIR"])
    if environ.get("AZUREML_MODEL_DIR"):
        return below(Path(environ["AZUREML_MODEL_DIR"]))
    if environ.get("AIP_STORAGE_URI"):
        target = Path(tempfile.mkdtemp(prefix="model-"))
        return download(environ["AIP_STORAGE_URI"], target, environ)
    return Path(DEFAULT)


def below(mounted: Path) -> Path:
    """Azure ML mounts a folder in a folder of the name that it had."""
    scripts = mounted.rglob(str(SCRIPT))
    found = sorted(scripts, key=lambda path: len(path.parts))
    if not found:
        raise ModelMissing(f"no {SCRIPT} below {mounted} (AZUREML_MODEL_DIR)")
    return found[0].parents[1]


def download(uri: str, target: Path, environ: Mapping[str, str]) -> Path:
    """Write every object below ``gs://bucket/prefix`` into ``target``."""
    scheme, _, rest = uri.partition("://")
    bucket, _, prefix = rest.partition("/")
    if scheme != "gs" or not bucket:
        raise ModelMissing(f"AIP_STORAGE_URI is {uri!r}, not gs://bucket/…")
    prefix = prefix.rstrip("/") + "/" if prefix else ""
    storage = Storage(bucket, environ)
    count = 0
    for item in storage.objects(prefix):
        path = item["name"].removeprefix(prefix)
        if not path or path.endswith("/"):
            continue  # what the console makes of an empty folder
        storage.fetch(item, inside(target, path))
        count += 1
    if count == 0:
        raise ModelMissing(f"there is nothing below {uri} (AIP_STORAGE_URI)")
    log.info("%s files read from %s", count, uri)
    return target


def inside(target: Path, path: str) -> Path:
    """Of a name that anybody may have given to an object."""
    parts = PurePosixPath(path).parts
    if ".." in parts or PurePosixPath(path).is_absolute():
        raise ModelMissing(f"the object {path!r} is outside of its folder")
    return target.joinpath(*parts)


class Storage:
    """A bucket of Cloud Storage, read with the token of the machine."""

    def __init__(self, bucket: str, environ: Mapping[str, str]) -> None:
        self._environ = environ
        host = environ.get(STORAGE_HOST) or "https://storage.googleapis.com"
        if "://" not in host:
            host = f"http://{host}"
        path = f"storage/v1/b/{quote(bucket, safe='')}/o"
        self._url = f"{host.rstrip('/')}/{path}"
        self._bucket = bucket
        self._token = self._machine_token()

    def objects(self, prefix: str) -> Iterator[dict[str, str]]:
        """{name, size, md5Hash} of each; a composed one has no md5Hash."""
        fields = "items(name,size,md5Hash),nextPageToken"
        query = {"prefix": prefix, "fields": fields}
        while True:
            page = json.loads(self._get(f"{self._url}?{urlencode(query)}"))
            yield from page.get("items", [])
            if "nextPageToken" not in page:
                return
            query["pageToken"] = page["nextPageToken"]

    def fetch(self, item: dict[str, str], path: Path) -> None:
        """Write one object; what arrives otherwise than it was is refused."""
        url = f"{self._url}/{quote(item['name'], safe='')}?alt=media"
        path.parent.mkdir(parents=True, exist_ok=True)
        digest = hashlib.md5(usedforsecurity=False)
        with self._open(url) as response, path.open("wb") as file:
            while chunk := response.read(CHUNK):
                digest.update(chunk)
                file.write(chunk)
        wanted = item.get("md5Hash")
        is_whole = path.stat().st_size == int(item["size"])
        md5 = base64.b64encode(digest.digest()).decode()
        if not is_whole or (wanted is not None and md5 != wanted):
            raise ModelMissing(f"{item['name']} arrived damaged")

    def _machine_token(self) -> str:
        usual = "metadata.google.internal"
        host = self._environ.get(METADATA_HOST) or usual
        url = f"http://{host}/{TOKEN_PATH}"
        request = Request(url, headers={"Metadata-Flavor": "Google"})
        try:
            with opened(request) as response:
                return json.load(response)["access_token"]
        except OSError as error:
            reason = f"the metadata server gives no token: {error}"
            raise ModelMissing(reason) from error

    def _get(self, url: str) -> bytes:
        with self._open(url) as response:
            return response.read()

    def _open(self, url: str):
        headers = {"Authorization": f"Bearer {self._token}"}
        request = Request(url, headers=headers)
        try:
            return opened(request)
        except HTTPError as error:
            raise ModelMissing(self._refused(error)) from error

    def _refused(self, error: HTTPError) -> str:
        if error.code not in (401, 403, 404):
            return f"Cloud Storage answers {error.code}, {self._bucket}"
        return (
            f"the container may not read gs://{self._bucket} ({error.code}): "
            "give its service account (vertex-ai: service-account) the role "
            "Storage Object Viewer"
        )


def opened(request: Request):
    """An answer; asked again after 429, 5xx and a connection that fails."""
    for pause in (*PAUSES_SECONDS, None):
        try:
            return urlopen(request, timeout=TIMEOUT_SECONDS)
        except HTTPError as error:
            if pause is None or (error.code != 429 and error.code < 500):
                raise
        except URLError:
            if pause is None:
                raise
        time.sleep(pause)
    raise AssertionError("the last turn returns or raises")
