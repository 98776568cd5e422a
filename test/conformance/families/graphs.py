"""Families of graphs made by hand, each with its arithmetic in numpy beside it."""

import numpy as np
from family import changed_weight, copied, node_of, write
from onnx import TensorProto, helper, numpy_helper

ROWS = 24
F32 = TensorProto.FLOAT


def graph_of(nodes, inputs, outputs, weights, opset=17):
    values = lambda pairs: [helper.make_tensor_value_info(name, kind, shape) for name, kind, shape in pairs]
    tensors = [numpy_helper.from_array(array, name) for name, array in weights.items()]
    graph = helper.make_graph(nodes, "family", values(inputs), values(outputs), tensors)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=9)


def weights_of(seed, **shapes):
    rng = np.random.default_rng(seed)
    return {
        name: rng.normal(0, 1 / np.sqrt(shape[-1]), shape).astype(np.float32)
        for name, shape in shapes.items()
    }


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def bert(out):
    """input_ids, attention_mask, token_type_ids: embedding, masked mean, normalisation, two classes."""
    w = weights_of(1, words=(50, 16), kinds=(2, 16), head=(16, 2))
    w["axis1"] = np.array([1], np.int64)
    w["axis2"] = np.array([2], np.int64)
    w["scale"], w["bias"] = np.ones(16, np.float32), np.zeros(16, np.float32)
    n = helper.make_node
    nodes = [
        n("Gather", ["words", "input_ids"], ["e"]),
        n("Gather", ["kinds", "token_type_ids"], ["k"]),
        n("Add", ["e", "k"], ["t"]),
        n("Cast", ["attention_mask"], ["m"], to=F32),
        n("Unsqueeze", ["m", "axis2"], ["mu"]),
        n("Mul", ["t", "mu"], ["tm"]),
        n("ReduceSum", ["tm", "axis1"], ["s"], keepdims=0),
        n("ReduceSum", ["m", "axis1"], ["c"], keepdims=1),
        n("Div", ["s", "c"], ["mean"]),
        n("LayerNormalization", ["mean", "scale", "bias"], ["norm"]),
        n("MatMul", ["norm", "head"], ["logits"]),
    ]
    ids = ["N", "T"]
    inputs = [(name, TensorProto.INT64, ids) for name in ("input_ids", "attention_mask", "token_type_ids")]
    model = graph_of(nodes, inputs, [("logits", F32, ["N", 2])], w)
    rng = np.random.default_rng(2)
    input_ids = rng.integers(0, 50, (ROWS, 12))
    lengths = rng.integers(3, 13, ROWS)
    mask = (np.arange(12) < lengths[:, None]).astype(np.int64)
    kinds = (np.arange(12) > lengths[:, None] // 2).astype(np.int64) * mask
    tokens = (w["words"][input_ids] + w["kinds"][kinds]) * mask[:, :, None]
    mean = tokens.sum(1) / mask.sum(1, keepdims=True)
    norm = (mean - mean.mean(1, keepdims=True)) / np.sqrt(mean.var(1, keepdims=True) + 1e-5)
    logits = norm @ w["head"]
    rows = [
        {"input_ids": a, "attention_mask": b, "token_type_ids": c}
        for a, b, c in zip(input_ids.tolist(), mask.tolist(), kinds.tolist())
    ]
    faulty = copied(model)
    # Every token counts, padding too.
    node_of(faulty, "Mul").input[1] = "axis2_as_float"
    faulty.graph.initializer.append(numpy_helper.from_array(np.ones((1, 1, 1), np.float32), "axis2_as_float"))
    cases = {"instances": rows, "labels": logits.argmax(1), "expected": {"predictions": logits}}
    write(
        out,
        "bert",
        model,
        cases,
        title="BERT-shaped: three inputs of tokens",
        task="classification",
        fault="the attention mask is ignored",
        faulty=faulty,
    )


def image(out):
    """[N, 3, 16, 16]: a convolution, the mean of each channel, five classes."""
    w = weights_of(3, kernel=(8, 3, 3, 3), head=(8, 5))
    n = helper.make_node
    nodes = [
        n("Conv", ["image", "kernel"], ["c"]),
        n("Relu", ["c"], ["r"]),
        n("GlobalAveragePool", ["r"], ["g"]),
        n("Flatten", ["g"], ["f"]),
        n("MatMul", ["f", "head"], ["l"]),
        n("Softmax", ["l"], ["probabilities"], axis=1),
        n("ArgMax", ["probabilities"], ["label"], axis=1, keepdims=0),
    ]
    model = graph_of(
        nodes,
        [("image", F32, ["N", 3, 16, 16])],
        [("label", TensorProto.INT64, ["N"]), ("probabilities", F32, ["N", 5])],
        w,
    )
    x = (
        np.random.default_rng(4).uniform(0, 1, (ROWS, 3, 16, 16)).astype(np.float32)
        * np.array([3, 1, 0.3], np.float32)[:, None, None]
    )
    windows = np.lib.stride_tricks.sliding_window_view(x, (3, 3), (2, 3))
    maps = np.maximum(np.einsum("nchwij,kcij->nkhw", windows, w["kernel"]), 0)
    p = softmax(maps.mean((2, 3)) @ w["head"])
    faulty = changed_weight(model, "kernel", lambda k: k[:, ::-1])
    write(
        out,
        "image",
        model,
        {"instances": x, "labels": p.argmax(1), "expected": {"predictions": p.argmax(1), "probabilities": p}},
        title="Image-shaped: convolution over 3x16x16",
        task="classification",
        fault="colours as BGR",
        faulty=faulty,
    )


def series(out):
    """[N, 20, 1]: an LSTM, and the next value. Gates in ONNX's order: input, output, forget, cell."""
    w = weights_of(5, W=(1, 32, 1), R=(1, 32, 8), B=(1, 64), head=(8, 1))
    n = helper.make_node
    nodes = [
        n("Transpose", ["series"], ["x"], perm=[1, 0, 2]),
        n("LSTM", ["x", "W", "R", "B"], ["", "h"], hidden_size=8),
        n("Squeeze", ["h", "axis"], ["last"]),
        n("MatMul", ["last", "head"], ["forecast"]),
    ]
    model = graph_of(
        nodes,
        [("series", F32, ["N", 20, 1])],
        [("forecast", F32, ["N", 1])],
        {**w, "axis": np.array([0], np.int64)},
    )
    t = np.arange(21)
    waves = np.sin(t[None] * np.linspace(0.1, 0.6, ROWS)[:, None]).astype(np.float32)
    x, target = waves[:, :20, None], waves[:, 20]
    h = c = np.zeros((ROWS, 8), np.float32)
    bias = w["B"][0, :32] + w["B"][0, 32:]
    for step in range(20):
        i, o, f, g = np.split(x[:, step] @ w["W"][0].T + h @ w["R"][0].T + bias, 4, 1)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
    order = lambda a: np.concatenate([a[:, :8], a[:, 16:24], a[:, 24:], a[:, 8:16]], 1)
    write(
        out,
        "series",
        model,
        {"instances": x, "labels": target, "expected": {"predictions": h @ w["head"]}},
        title="Time series: an LSTM forecasts",
        task="regression",
        fault="gates in the order of PyTorch",
        faulty=changed_weight(model, "W", order),
    )


def several(out):
    """Two inputs, and a label, probabilities and an embedding as outputs."""
    w = weights_of(6, left=(6, 4), right=(3, 4), head=(4, 3))
    n = helper.make_node
    nodes = [
        n("MatMul", ["user", "left"], ["a"]),
        n("MatMul", ["item", "right"], ["b"]),
        n("Add", ["a", "b"], ["s"]),
        n("Tanh", ["s"], ["embedding"]),
        n("MatMul", ["embedding", "head"], ["l"]),
        n("Softmax", ["l"], ["probabilities"], axis=1),
        n("ArgMax", ["probabilities"], ["label"], axis=1, keepdims=0),
    ]
    outputs = [
        ("label", TensorProto.INT64, ["N"]),
        ("probabilities", F32, ["N", 3]),
        ("embedding", F32, ["N", 4]),
    ]
    model = graph_of(nodes, [("user", F32, ["N", 6]), ("item", F32, ["N", 3])], outputs, w)
    rng = np.random.default_rng(7)
    user, item = rng.normal(size=(ROWS, 6)).astype(np.float32), rng.normal(size=(ROWS, 3)).astype(np.float32)
    embedding = np.tanh(user @ w["left"] + item @ w["right"])
    p = softmax(embedding @ w["head"])
    rows = [{"user": a, "item": b} for a, b in zip(user.tolist(), item.tolist())]
    cases = {
        "instances": rows,
        "labels": p.argmax(1),
        "expected": {"predictions": p.argmax(1), "probabilities": p, "embedding": embedding},
    }
    write(
        out,
        "several-outputs",
        model,
        cases,
        title="Two inputs, three outputs",
        task="classification",
        fault="a dimension of the embedding has the wrong sign",
        faulty=changed_weight(model, "right", lambda a: a * np.array([-1, 1, 1, 1])),
    )


def quantised(out):
    """int8 weights and activations, as static quantisation writes them: QDQ."""
    rng = np.random.default_rng(8)
    w = {
        "q": rng.integers(-127, 128, (10, 4)).astype(np.int8),
        "ws": np.float32(0.01),
        "wz": np.int8(0),
        "xs": np.float32(0.05),
        "xz": np.int8(3),
    }
    w = {name: np.asarray(value) for name, value in w.items()}
    n = helper.make_node
    nodes = [
        n("QuantizeLinear", ["x", "xs", "xz"], ["xq"]),
        n("DequantizeLinear", ["xq", "xs", "xz"], ["xd"]),
        n("DequantizeLinear", ["q", "ws", "wz"], ["wd"]),
        n("MatMul", ["xd", "wd"], ["scores"]),
    ]
    model = graph_of(nodes, [("x", F32, ["N", 10])], [("scores", F32, ["N", 4])], w)
    x = rng.normal(size=(ROWS, 10)).astype(np.float32)
    xq = np.clip(np.rint(x / w["xs"]) + 3, -128, 127)
    scores = ((xq - 3) * w["xs"]) @ (w["q"].astype(np.float32) * w["ws"])
    # Zero without the offset: the two nodes have to agree, so the fault stands in the second alone.
    faulty = copied(model)
    faulty.graph.initializer.append(numpy_helper.from_array(np.asarray(np.int8(0)), "z0"))
    next(node for node in faulty.graph.node if node.output[0] == "xd").input[2] = "z0"
    write(
        out,
        "quantised",
        model,
        {"instances": x, "labels": scores.argmax(1), "expected": {"predictions": scores}},
        title="Quantised: int8, QDQ",
        task="classification",
        fault="the zero point is lost",
        faulty=faulty,
        tolerance=1e-3,
    )


def half(out):
    w = {name: array.astype(np.float16) for name, array in weights_of(9, a=(8, 16), b=(16, 3)).items()}
    n = helper.make_node
    nodes = [n("MatMul", ["x", "a"], ["h"]), n("Relu", ["h"], ["r"]), n("MatMul", ["r", "b"], ["scores"])]
    kind = TensorProto.FLOAT16
    model = graph_of(nodes, [("x", kind, ["N", 8])], [("scores", kind, ["N", 3])], w)
    x = np.random.default_rng(10).normal(size=(ROWS, 8)).astype(np.float16)
    exact = np.maximum(x.astype(np.float64) @ w["a"].astype(np.float64), 0) @ w["b"].astype(np.float64)
    write(
        out,
        "float16",
        model,
        {"instances": x, "labels": exact.argmax(1), "expected": {"predictions": exact}},
        title="float16 throughout",
        task="classification",
        fault="two columns of weights exchanged",
        faulty=changed_weight(model, "b", lambda b: b[:, [1, 0, 2]]),
        tolerance=1e-2,
    )


def external(out):
    w = weights_of(11, a=(12, 64), b=(64, 12))
    n = helper.make_node
    nodes = [n("MatMul", ["x", "a"], ["h"]), n("Tanh", ["h"], ["t"]), n("MatMul", ["t", "b"], ["decoded"])]
    model = graph_of(nodes, [("x", F32, ["N", 12])], [("decoded", F32, ["N", 12])], w)
    x = np.random.default_rng(12).normal(size=(ROWS, 12)).astype(np.float32)
    decoded = np.tanh(x @ w["a"]) @ w["b"]
    write(
        out,
        "external-data",
        model,
        {"instances": x, "expected": {"predictions": decoded}},
        title="Autoencoder with weights in model.onnx.data",
        task="none",
        fault="weights of another training",
        faulty=changed_weight(model, "a", lambda a: a * 0.9),
        external=True,
    )


def scores(out):
    """One sigmoid score a row, as many binary nets end."""
    w = weights_of(13, a=(5, 1))
    n = helper.make_node
    model = graph_of(
        [n("MatMul", ["x", "a"], ["l"]), n("Sigmoid", ["l"], ["score"])],
        [("x", F32, ["N", 5])],
        [("score", F32, ["N", 1])],
        w,
    )
    x = np.random.default_rng(14).normal(0, 2, (ROWS, 5)).astype(np.float32)
    p = sigmoid(x @ w["a"])
    cases = {"instances": x, "labels": (p[:, 0] > 0.5).astype(int), "expected": {"predictions": p}}
    write(
        out,
        "one-score",
        model,
        cases,
        title="One sigmoid score",
        task="classification",
        fault="the score of the other class",
        faulty=changed_weight(model, "a", lambda a: -a),
    )


def graphs(out):
    for family in (bert, image, series, several, quantised, half, external, scores):
        family(out)
