"""Train the classifier and rebuild every release, good and bad.

    python train.py [--out DIR]

writes into DIR (default: the folder of this file)

    releases/<name>/archive/model.onnx   packed and served (with ZipMap)
    releases/<name>/reference.onnx       what the release names (no ZipMap)
    cases/                               labelled held-out rows, JSON
    build/<v1|v2>/model.joblib           the fitted pipelines (git-ignored)
"""

from __future__ import annotations

import argparse
from pathlib import Path

import joblib
from threadpoolctl import threadpool_limits

import bad_releases
from cases import write_cases
from classifier import accuracy, fit, load_dataset
from release import Release

# v1 saw the older rows only; v2 sees all of them and is penalised more, so
# that one retraining moves the probabilities visibly.
V1_OLDER_FRACTION = 0.6
V1_INVERSE_PENALTY = 1.0
V2_INVERSE_PENALTY = 0.1


def build(out: Path) -> dict[str, float]:
    """Write all files below ``out``.

    Returns the held-out accuracy (0 to 1) of each trained pipeline.
    """
    dataset = load_dataset()
    older = dataset.train.first(int(V1_OLDER_FRACTION * len(dataset.train)))
    v1 = fit(older, V1_INVERSE_PENALTY)
    v2 = fit(dataset.train, V2_INVERSE_PENALTY)
    mislabelled = bad_releases.fit_after_broken_join(
        dataset.train, V2_INVERSE_PENALTY
    )

    releases = {
        "v1": Release.of(v1),
        "v2": Release.of(v2),
        "bad-stale": bad_releases.stale(v1, v2),
        "bad-swapped": bad_releases.swapped(dataset, v2, V2_INVERSE_PENALTY),
        "bad-accuracy": Release.of(mislabelled),
    }
    for name, release in releases.items():
        release.write(out / "releases" / name)

    for name, pipeline in (("v1", v1), ("v2", v2)):
        path = out / "build" / name / "model.joblib"
        path.parent.mkdir(parents=True, exist_ok=True)
        joblib.dump(pipeline, path)

    write_cases(dataset, out / "cases")
    return {
        "v1": accuracy(v1, dataset.held_out),
        "v2": accuracy(v2, dataset.held_out),
        "bad-accuracy": accuracy(mislabelled, dataset.held_out),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Rebuild all releases.")
    parser.add_argument(
        "--out",
        type=Path,
        default=Path(__file__).resolve().parent,
        metavar="DIR",
        help="where to write (default: the folder of train.py)",
    )
    arguments = parser.parse_args()
    # One thread: sums are then added in the same order on any core count.
    with threadpool_limits(limits=1):
        accuracies = build(arguments.out)
    for name, value in accuracies.items():
        print(f"{name:<13} held-out accuracy {value:.4f}")


if __name__ == "__main__":
    main()
