"""Writes the methods of Google's APIs that the fake has, with every schema that they lead to, as google-api-python-client
(2.202.0 on PyPI) carries them in its discovery documents.

    python test/fakes/google/extract_shapes.py SITE_PACKAGES
"""

import json
import pathlib
import sys

ENDPOINTS = "projects.locations.endpoints"
MODELS = "projects.locations.models"
WANTED = {
    "aiplatform.v1": [
        *(f"{ENDPOINTS}.{name}" for name in "create get list patch delete deployModel undeployModel rawPredict".split()),
        *(f"{MODELS}.{name}" for name in "upload get listVersions patch deleteVersion delete".split()),
        f"{ENDPOINTS}.operations.list",
        f"{ENDPOINTS}.operations.get",
        f"{MODELS}.operations.list",
        f"{MODELS}.operations.get",
        "projects.locations.operations.get",
    ],
    "monitoring.v3": ["projects.timeSeries.list"],
    "logging.v2": ["entries.list"],
}
KEPT = ["type", "format", "enum", "readOnly", "pattern"]
# What the answers of operations hold, which no method names.
BEHIND = {
    "aiplatform.v1": [
        "GoogleCloudAiplatformV1DeployModelOperationMetadata",
        "GoogleCloudAiplatformV1UploadModelResponse",
        "GoogleCloudAiplatformV1DeployModelResponse",
    ]
}


def methods(resource, path=()):
    for name, child in resource.get("resources", {}).items():
        yield from methods(child, (*path, name))
    for name, method in resource.get("methods", {}).items():
        yield ".".join((*path, name)), method


def bare(node):
    if "$ref" in node:
        return {"$ref": node["$ref"], **({"readOnly": True} if node.get("readOnly") else {})}
    kept = {key: node[key] for key in KEPT if key in node}
    if "properties" in node:
        kept["properties"] = {key: bare(value) for key, value in sorted(node["properties"].items())}
    for key in ("items", "additionalProperties"):
        if isinstance(node.get(key), dict):
            kept[key] = bare(node[key])
    return kept


def references(node):
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"]
        for value in node.values():
            yield from references(value)


def extract(document, wanted, behind):
    known = dict(methods(document))
    found = {}
    for name in wanted:
        method = known[name]
        found[name] = {
            "method": method["httpMethod"],
            "path": method.get("flatPath", method["path"]),
            "query": sorted(key for key, value in method.get("parameters", {}).items() if value["location"] == "query"),
            "request": method.get("request", {}).get("$ref"),
            "response": method["response"]["$ref"],
        }
    schemas = {}
    due = [ref for method in found.values() for ref in (method["request"], method["response"]) if ref] + behind
    while due:
        name = due.pop()
        if name in schemas:
            continue
        schemas[name] = bare(document["schemas"][name])
        due.extend(references(schemas[name]))
    return {"revision": document["revision"], "methods": found, "schemas": dict(sorted(schemas.items()))}


def main():
    documents = pathlib.Path(sys.argv[1]) / "googleapiclient/discovery_cache/documents"
    for api, wanted in WANTED.items():
        document = json.loads((documents / f"{api}.json").read_text())
        shapes = extract(document, wanted, BEHIND.get(api, []))
        out = pathlib.Path(__file__).parent / "shapes" / f"{api}.json"
        out.write_text(json.dumps(shapes, indent=1) + "\n")


main()
