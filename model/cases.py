"""The held-out cases as JSON: for checks, and a request body for curl."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from classifier import Dataset


def shortest_numbers(row: np.ndarray) -> list[float]:
    """Return a float32 row as the shortest decimals that read back exactly.

    ``float(x)`` of a float32 prints as 17.989999771118164; its shortest
    decimal is 17.99, and rounding that to float32 gives the same bits.
    """
    return [float(str(value)) for value in row.astype(np.float32)]


def held_out_json(dataset: Dataset) -> str:
    """Return the labelled held-out rows, one row a line."""
    rows = ",\n".join(
        json.dumps(shortest_numbers(row), separators=(",", ":"))
        for row in dataset.held_out.features
    )
    labels = json.dumps(
        dataset.held_out.labels.tolist(), separators=(",", ":")
    )
    return (
        "{\n"
        f'"feature_names":{json.dumps(dataset.feature_names)},\n'
        f'"label_names":{json.dumps(dataset.label_names)},\n'
        f'"instances":[\n{rows}\n],\n'
        f'"labels":{labels}\n'
        "}\n"
    )


def one_row_json(dataset: Dataset) -> str:
    """Return a request body with the first held-out row."""
    row = shortest_numbers(dataset.held_out.features[0])
    return json.dumps({"instances": [row]}) + "\n"


def write_cases(dataset: Dataset, folder: Path) -> None:
    """Write held-out.json and one-row.json into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (
        ("held-out.json", held_out_json(dataset)),
        ("one-row.json", one_row_json(dataset)),
    ):
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
