

# Appended to model/code/inference.py by the acceptance runs: two features change places, as in code that orders its columns
# otherwise. A smoke test has to refuse it.
_predict_fn = predict_fn  # noqa: F821


def predict_fn(rows, model):
    rows = rows.copy()
    rows[:, [6, 7]] = rows[:, [7, 6]]
    return _predict_fn(rows, model)
