"""Writes one family: model, cases with what the framework itself predicts, and a second model with a planted fault."""

import json
import shutil
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper


def write(out, name, model, cases, *, title, task, fault, faulty, external=False, tolerance=None):
    """
    cases: instances [N rows], expected {field of the answer: [N]}, labels [N] or absent.
    task: classification, regression, or none where no true values exist.
    fault: what was done to `faulty`, in words.
    """
    folder = Path(out) / name
    shutil.rmtree(folder, ignore_errors=True)
    save(model, folder / "model", external)
    save(faulty, folder / "faulty", external)
    (folder / "cases.json").write_text(json.dumps(plain(cases), allow_nan=False))
    facts = {"title": title, "task": task, "fault": fault, "tolerance": tolerance}
    (folder / "family.json").write_text(json.dumps(facts))


def save(model, folder, external):
    folder.mkdir(parents=True)
    # Without the shapes in between a fault may be planted that changes them.
    onnx.save_model(
        model,
        folder / "model.onnx",
        save_as_external_data=external,
        location="model.onnx.data",
        size_threshold=0,
    )


def plain(value):
    """JSON has no NaN: a missing value is null."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, np.generic):
        return plain(value.item())
    return None if isinstance(value, float) and np.isnan(value) else value


def copied(model):
    copy = onnx.ModelProto()
    copy.CopyFrom(model)
    return copy


def node_of(model, *op_types):
    return next(node for node in model.graph.node if node.op_type in op_types)


def attribute_of(node, name):
    return next(attribute for attribute in node.attribute if attribute.name == name)


def turned_split(model):
    """The first split of the first tree sends its rows the other way."""
    copy = copied(model)
    node = node_of(copy, "TreeEnsembleClassifier", "TreeEnsembleRegressor")
    yes = attribute_of(node, "nodes_truenodeids").ints
    no = attribute_of(node, "nodes_falsenodeids").ints
    yes[0], no[0] = no[0], yes[0]
    return copy


def lost_offset(model):
    """The scaler no longer centres its first column."""
    copy = copied(model)
    attribute_of(node_of(copy, "Scaler"), "offset").floats[0] = 0
    return copy


def changed_floats(model, op_types, attribute, change):
    copy = copied(model)
    values = attribute_of(node_of(copy, *op_types), attribute).floats
    values[:] = change(np.array(values)).tolist()
    return copy


def changed_weight(model, name, change):
    copy = copied(model)
    weight = next(tensor for tensor in copy.graph.initializer if tensor.name == name)
    array = np.array(numpy_helper.to_array(weight))
    weight.CopyFrom(numpy_helper.from_array(change(array).astype(array.dtype), name))
    return copy
