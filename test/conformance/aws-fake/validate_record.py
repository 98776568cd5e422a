"""Holds what the fake was asked, and what it answered, against botocore's service models.

Usage: validate_record.py FOLDER   (files *.ndjson of test/fakes/aws/record.ts); prints a line of JSON with the counts
and the problems.
"""

import base64
import json
import re
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path

import botocore.loaders
from botocore.model import ServiceModel
from botocore.validate import ParamValidator

LOADER = botocore.loaders.Loader()
MODELS = {}


def model_of(service):
    if service not in MODELS:
        MODELS[service] = ServiceModel(LOADER.load_service_model(service, "service-2"), service)
    return MODELS[service]


def plain(value):
    """Moments and bytes as what botocore takes for them."""
    if isinstance(value, dict):
        if set(value) == {"$date"}:
            return datetime.fromisoformat(value["$date"])
        if set(value) == {"$bytes"}:
            return base64.b64decode(value["$bytes"])
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else value


# Java's classes, as near as Python comes to them inside of a set.
JAVA = {
    r"\uD800\uDC00-\uDBFF\uDFFF": "\U00010000-\U0010ffff",
    r"[\p{Print}]": "[ -~]",
    r"\p{Print}": "[ -~]",
    r"\p{ASCII}": r"[\x00-\x7f]",
    r"\p{L}": r"\w",
    r"\p{M}": r"\w",
    r"\p{N}": r"\w",
    r"\p{Z}": r"\s",
    r"\p{S}": r"$+<=>^`|~",
    r"\p{P}": r"!-/:-@\[-`{-~",
    r"\z": r"\Z",
}


def java_pattern(pattern):
    for java, python in JAVA.items():
        pattern = pattern.replace(java, python)
    return pattern


def strict(value, shape, path):
    """Enumerations, patterns, lengths and ranges, which botocore's own validator leaves to the service."""
    meta = shape.metadata
    if shape.type_name == "structure":
        for name in value:
            if name not in shape.members:
                yield f"{path}.{name}: unknown member"
            else:
                yield from strict(value[name], shape.members[name], f"{path}.{name}")
    elif shape.type_name == "list":
        yield from limits(len(value), meta, path, "length")
        for at, item in enumerate(value):
            yield from strict(item, shape.member, f"{path}[{at}]")
    elif shape.type_name == "map":
        yield from limits(len(value), meta, path, "length")
        for key, item in value.items():
            yield from strict(key, shape.key, f"{path}.{key}")
            yield from strict(item, shape.value, f"{path}.{key}")
    elif shape.type_name == "string":
        if "enum" in meta and value not in meta["enum"]:
            yield f"{path}: {value} is not one of {meta['enum'][:5]}"
        yield from limits(len(value), meta, path, "length")
        if "pattern" in meta and not re.fullmatch(java_pattern(meta["pattern"]), value, re.DOTALL):
            yield f"{path}: {value} does not match {meta['pattern']}"
    elif shape.type_name in ("integer", "long", "float", "double"):
        yield from limits(value, meta, path, "value")


def limits(size, meta, path, what):
    if "min" in meta and size < meta["min"]:
        yield f"{path}: {what} {size} is below {meta['min']}"
    if "max" in meta and size > meta["max"]:
        yield f"{path}: {what} {size} is above {meta['max']}"


def check(value, shape, path):
    if shape is None:
        return [] if value in (None, {}) else [f"{path}: there is no such thing"]
    value = plain(value or {})
    report = ParamValidator().validate(value, shape)
    if report.has_errors():
        return [f"{path}: {report.generate_report()}"]
    return list(strict(value, shape, path))


def main(folder):
    counts, problems, actions = Counter(requests=0, answers=0, refused=0), [], set()
    for file in sorted(folder.glob("*.ndjson")):
        for line in file.read_text().splitlines():
            call = json.loads(line)
            name = f"{call['service']}:{call['action']}"
            operation = model_of(call["service"]).operation_model(call["action"])
            found = check(call["input"], operation.input_shape, f"{name} input")
            if call["acted"]:
                counts["requests"] += 1
                actions.add(name)
                if call["output"] is not None:
                    counts["answers"] += 1
                    found += check(call["output"], operation.output_shape, f"{name} output")
                problems += found
            elif found:
                # What botocore calls wrong the fake must have refused.
                counts["refused"] += 1
            else:
                counts["other"] += 1
    print(json.dumps({**counts, "operations": sorted(actions), "problems": sorted(set(problems))}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
