"""Plant faults in an ONNX model: plant_faults.py REFERENCE.onnx OUT.

Writes OUT/<fault>/model.onnx. REFERENCE has the input "input" and the outputs
"label" and "probabilities", as model/releases/*/reference.onnx have them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import ModelProto, TensorProto, helper, numpy_helper
from sklearn.datasets import load_breast_cancer


def array(model: ModelProto, name: str, values: np.ndarray) -> str:
    model.graph.initializer.append(numpy_helper.from_array(values, name))
    return name


def before(model: ModelProto, op: str, *more: str, **attributes: int) -> None:
    """Put a node between the input and everything that reads it."""
    for node in model.graph.node:
        node.input[:] = [
            "changed_input" if name == "input" else name
            for name in node.input
        ]
    node = helper.make_node(
        op, ["input", *more], ["changed_input"], **attributes
    )
    model.graph.node.insert(0, node)


def after(model: ModelProto, output: str, nodes: list[tuple]) -> None:
    """Put nodes between whatever makes an output and the output."""
    inner = f"inner_{output}"
    for node in model.graph.node:
        for names in (node.input, node.output):
            names[:] = [inner if name == output else name for name in names]
    for at, (op, more, attributes) in enumerate(nodes):
        last = at == len(nodes) - 1
        result = output if last else f"{inner}_{at}"
        model.graph.node.append(
            helper.make_node(op, [inner, *more], [result], **attributes)
        )
        inner = result


def permuted(model: ModelProto) -> None:
    names = list(load_breast_cancer().feature_names)
    first, second = map(names.index, ("mean concavity", "mean concave points"))
    order = np.arange(len(names))
    order[[first, second]] = order[[second, first]]
    before(model, "Gather", array(model, "order", order), axis=1)


def unscaled(model: ModelProto) -> None:
    [scaler] = [n for n in model.graph.node if n.op_type == "Scaler"]
    for node in model.graph.node:
        node.input[:] = [
            "input" if name == scaler.output[0] else name
            for name in node.input
        ]
    model.graph.node.remove(scaler)


def swapped(model: ModelProto) -> None:
    order = array(model, "classes", np.array([1, 0], np.int64))
    one = array(model, "one", np.array(1, np.int64))
    after(model, "probabilities", [("Gather", [order], {"axis": 1})])
    after(model, "label", [("Sub", [one], {}), ("Abs", [], {})])


def rounded(model: ModelProto) -> None:
    to = [TensorProto.FLOAT16, TensorProto.FLOAT]
    after(model, "probabilities", [("Cast", [], {"to": t}) for t in to])


def constant(model: ModelProto) -> None:
    """Every feature was taken for missing, and imputed by its mean."""
    mean = load_breast_cancer().data.mean(axis=0, dtype=np.float64)
    before(model, "Where", array(model, "mean", mean.astype(np.float32)))
    node = model.graph.node[0]
    nothing = array(model, "nothing", np.array(False))
    node.input[:] = [nothing, "input", "mean"]


FAULTS = {
    "permuted features": permuted,
    "unscaled input": unscaled,
    "swapped classes": swapped,
    "float16": rounded,
    "constant answer": constant,
}


def main() -> None:
    reference, out = Path(sys.argv[1]), Path(sys.argv[2])
    for name, plant in FAULTS.items():
        model = onnx.load(reference)
        plant(model)
        onnx.checker.check_model(model)
        (out / name).mkdir(parents=True)
        onnx.save(model, out / name / "model.onnx")


if __name__ == "__main__":
    main()
