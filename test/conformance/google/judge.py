"""What of a request Google's own types do not take: unknown fields, wrong types, two members of a oneof. The method is found
by Google's own table of paths, which the REST transport of the client has."""
import json
import re
from urllib.parse import parse_qsl

from google.cloud.aiplatform_v1 import types
from google.cloud.aiplatform_v1.services.endpoint_service.transports import rest_base as endpoints
from google.cloud.aiplatform_v1.services.model_service.transports import rest_base as models
from google.cloud.aiplatform_v1.services.prediction_service.transports import rest_base as predictions
from google.cloud.logging_v2.types import ListLogEntriesRequest
from google.cloud.monitoring_v3.types import ListTimeSeriesRequest
from google.longrunning import operations_pb2
from google.protobuf import json_format

TRANSPORTS = [
    endpoints._BaseEndpointServiceRestTransport,
    models._BaseModelServiceRestTransport,
    predictions._BasePredictionServiceRestTransport,
]
# Their clients have no REST transport, and so no table.
OTHERS = [
    ("get", "/v3/{name=projects/*}/timeSeries", None, ListTimeSeriesRequest.pb()),
    ("post", "/v2/entries:list", "*", ListLogEntriesRequest.pb()),
]
# Of every request (https://cloud.google.com/apis/docs/system-parameters).
ALWAYS = {"$alt", "alt"}


def pattern_of(template):
    """`/v1/{name=projects/*/locations/*}:deploy` -> a pattern with a group for each name."""
    names = []

    def group(match):
        names.append(match[1])
        return "(" + match[2].replace("*", "[^/:]+") + ")"

    return re.compile("^" + re.sub(r"\{([\w.]+)=([^}]*)\}", group, template) + "$"), names


def table():
    for transport in TRANSPORTS:
        for key, method in vars(transport).items():
            # A stream in both directions has no path.
            if not key.startswith("_Base") or not hasattr(method, "_get_http_options"):
                continue
            name = key.removeprefix("_Base")
            message = getattr(types, f"{name}Request", None) or getattr(operations_pb2, f"{name}Request", None)
            if message is None:
                continue
            # Of proto-plus the protobuf class behind it.
            pb = message.pb() if hasattr(message, "pb") else message
            for option in method._get_http_options():
                yield option["method"], option["uri"], option.get("body"), pb
    yield from OTHERS


METHODS = [(verb, *pattern_of(uri), body, message) for verb, uri, body, message in table()]


def nested(path, value):
    head, *rest = path.split(".", 1)
    return {head: nested(rest[0], value) if rest else value}


def merged(one, other):
    for key, value in other.items():
        if isinstance(value, dict) and isinstance(one.get(key), dict):
            merged(one[key], value)
        else:
            one[key] = value
    return one


def is_repeated(descriptor, path):
    """Of a field by its path in JSON; one that there is not is left to the parser."""
    head, *rest = path.split(".", 1)
    field = next((each for each in descriptor.fields if each.json_name == head), None)
    if field is None:
        return False
    return is_repeated(field.message_type, rest[0]) if rest and field.message_type else field.is_repeated


def of_query(query, descriptor):
    whole = {}
    pairs = [(key, value) for key, value in parse_qsl(query.removeprefix("?"), keep_blank_values=True) if key not in ALWAYS]
    for key in dict(pairs):
        values = [value for name, value in pairs if name == key]
        merged(whole, nested(key, values if is_repeated(descriptor, key) else values[-1]))
    return whole


def problems_of(request):
    """`request`: {method, path, query, body}, `query` with its question mark or empty, `body` a text."""
    name = f"{request['method']} {request['path']}"
    for verb, pattern, names, body_field, message in METHODS:
        found = pattern.match(request["path"]) if verb == request["method"].lower() else None
        if found is None:
            continue
        if message.DESCRIPTOR.name == "RawPredictRequest":
            return []
        return [f"{name}: {problem}" for problem in judged(request, dict(zip(names, found.groups())), body_field, message)]
    return [f"{name}: no method of Google's has this path."]


def judged(request, in_path, body_field, message):
    whole = {}
    for key, value in in_path.items():
        merged(whole, nested(key, value))
    merged(whole, of_query(request["query"], message.DESCRIPTOR))
    if request["body"]:
        if body_field is None:
            return ["takes no body."]
        sent = json.loads(request["body"])
        merged(whole, sent if body_field == "*" else nested(camel(body_field), sent))
    try:
        json_format.ParseDict(whole, message(), ignore_unknown_fields=False)
    except json_format.ParseError as error:
        return [str(error)]
    return []


def camel(name):
    head, *rest = name.split("_")
    return head + "".join(part.title() for part in rest)
