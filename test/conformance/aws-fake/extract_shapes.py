"""Writes what botocore knows of the operations that the fake has, one line of JSON for each operation and shape.

Usage: extract_shapes.py FOLDER   (FOLDER is test/fakes/aws/shapes; operations.json in it says which operations)
"""

import json
import sys
from pathlib import Path

import botocore.loaders

KEPT = ("type", "required", "enum", "min", "max", "pattern")


def shape_line(name, shape):
    line = {"shape": name}
    line.update({key: shape[key] for key in KEPT if key in shape})
    if "timestampFormat" in shape:
        line["timestampFormat"] = shape["timestampFormat"]
    if shape["type"] == "structure":
        line["members"] = {
            name: {
                "shape": member["shape"],
                **({"in": member["location"]} if "location" in member else {}),
                **({"as": member["locationName"]} if "locationName" in member else {}),
            }
            for name, member in shape["members"].items()
        }
        if "payload" in shape:
            line["payload"] = shape["payload"]
    if shape["type"] == "list":
        line["member"] = shape["member"]["shape"]
    if shape["type"] == "map":
        line["key"] = shape["key"]["shape"]
        line["value"] = shape["value"]["shape"]
    return line


def references(shape):
    if shape["type"] == "structure":
        return [member["shape"] for member in shape["members"].values()]
    if shape["type"] == "list":
        return [shape["member"]["shape"]]
    return [shape["key"]["shape"], shape["value"]["shape"]] if shape["type"] == "map" else []


def extract(model, operations):
    yield {"service": model["metadata"]["endpointPrefix"], "target": model["metadata"].get("targetPrefix", "")}
    todo = []
    for name in sorted(operations):
        operation = model["operations"][name]
        given = operation.get("input", {}).get("shape")
        line = {"operation": name, "input": given, "errors": [e["shape"] for e in operation.get("errors", [])]}
        if model["metadata"]["protocol"] == "rest-json":
            http = operation["http"]
            line["http"] = {"method": http["method"], "path": http["requestUri"], "status": http.get("responseCode", 200)}
        yield line
        todo += [given] if given else []
    seen = set()
    while todo:
        name = todo.pop(0)
        if name not in seen:
            seen.add(name)
            yield shape_line(name, model["shapes"][name])
            todo += references(model["shapes"][name])


def main(folder):
    loader = botocore.loaders.Loader()
    wanted = json.loads((folder / "operations.json").read_text())
    for service, operations in wanted.items():
        model = loader.load_service_model(service, "service-2")
        lines = [json.dumps(line, separators=(",", ":")) for line in extract(model, operations)]
        (folder / f"{service}.ndjson").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
