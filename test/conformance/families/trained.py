"""Families that are trained here: scikit-learn, XGBoost, LightGBM and CatBoost, through their converters."""

import tempfile
import warnings
from pathlib import Path

import numpy as np
import onnx
import onnxmltools
import pandas
from catboost import CatBoostClassifier, CatBoostRegressor
from family import changed_floats, changed_weight, lost_offset, turned_split, write
from lightgbm import LGBMClassifier, LGBMRegressor
from onnxmltools.convert.common.data_types import FloatTensorType
from skl2onnx import to_onnx
from sklearn.compose import ColumnTransformer
from sklearn.datasets import load_breast_cancer, load_diabetes, load_digits, load_iris, load_wine
from sklearn.ensemble import GradientBoostingRegressor, RandomForestClassifier
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.svm import SVC
from xgboost import XGBClassifier, XGBRegressor

warnings.filterwarnings("ignore")
ROWS = 40


def split(loader):
    x, y = loader(return_X_y=True)
    return train_test_split(x.astype(np.float32), y, test_size=ROWS, random_state=7)


def classified(model, x, y):
    """Labels and probabilities as the framework gives them."""
    expected = {"predictions": np.ravel(model.predict(x)), "probabilities": model.predict_proba(x)}
    return {"instances": x, "labels": y, "expected": expected}


def regressed(model, x, y):
    return {
        "instances": x,
        "labels": np.asarray(y, float),
        "expected": {"predictions": np.asarray(model.predict(x), float).reshape(len(x), -1)},
    }


def to_booster_onnx(convert, model, columns):
    return convert(model, initial_types=[("x", FloatTensorType([None, columns]))], target_opset=15)


def from_catboost(model):
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "m.onnx")
        model.save_model(path, format="onnx")
        return onnx.load(path)


def scikit_learn(out):
    train, x, known, y = split(load_breast_cancer)
    model = make_pipeline(StandardScaler(), LogisticRegression()).fit(train, known)
    graph = to_onnx(model, train[:1])
    write(
        out,
        "sklearn-logistic",
        graph,
        classified(model, x, y),
        title="scikit-learn: scaled logistic regression, ZipMap",
        task="classification",
        fault="one column is not centred",
        faulty=lost_offset(graph),
    )

    train, x, known, y = split(load_wine)
    model = RandomForestClassifier(20, random_state=0).fit(train, known)
    graph = to_onnx(model, train[:1], options={"zipmap": False})
    write(
        out,
        "sklearn-forest",
        graph,
        classified(model, x, y),
        title="scikit-learn: random forest, three classes",
        task="classification",
        fault="one split turned round",
        faulty=turned_split(graph),
    )

    model = make_pipeline(StandardScaler(), SVC()).fit(train, known)
    graph = to_onnx(model, train[:1])
    cases = {
        "instances": x,
        "labels": y,
        "expected": {"predictions": model.predict(x), "probabilities": model.decision_function(x)},
    }
    write(
        out,
        "sklearn-svc",
        graph,
        cases,
        title="scikit-learn: support vectors, decision function",
        task="classification",
        fault="one column is not centred",
        faulty=lost_offset(graph),
        tolerance=1e-3,
    )

    train, x, known, y = split(load_diabetes)
    model = GradientBoostingRegressor(random_state=0).fit(train, known)
    graph = to_onnx(model, train[:1])
    write(
        out,
        "sklearn-boosting",
        graph,
        regressed(model, x, y),
        title="scikit-learn: gradient boosting, regression",
        task="regression",
        fault="one split turned round",
        faulty=turned_split(graph),
    )

    model = Ridge(0.1).fit(train.astype(np.float64), known)
    graph = to_onnx(model, train[:1].astype(np.float64))
    faulty = changed_weight(graph, "coef", lambda w: -w)
    write(
        out,
        "sklearn-float64",
        graph,
        regressed(model, x.astype(np.float64), y),
        title="scikit-learn: ridge in float64",
        task="regression",
        fault="coefficients with the wrong sign",
        faulty=faulty,
    )

    targets = np.stack([known, known * 2 + 3, train[:, 0] * 100], 1)
    model = LinearRegression().fit(train, targets)
    graph = to_onnx(model, train[:1])
    cases = {"instances": x, "expected": {"predictions": model.predict(x)}}
    faulty = changed_floats(graph, ["LinearRegressor"], "intercepts", lambda b: b[[1, 0, 2]])
    write(
        out,
        "sklearn-multi-output",
        graph,
        cases,
        title="scikit-learn: three targets at once",
        task="none",
        fault="two targets exchanged",
        faulty=faulty,
        tolerance=1e-3,
    )

    train, x, known, y = split(load_digits)
    model = MLPClassifier((32,), max_iter=150, random_state=0).fit(train, known)
    graph = to_onnx(model, train[:1])
    faulty = changed_weight(graph, "coefficient", lambda w: w[::-1])
    write(
        out,
        "sklearn-mlp",
        graph,
        classified(model, x, y),
        title="scikit-learn: neural network on 8x8 digits",
        task="classification",
        fault="pixels in reverse order",
        faulty=faulty,
        tolerance=1e-3,
    )


def columns(out):
    """One input for each column, texts among them."""
    rng = np.random.default_rng(3)
    n = 400
    table = pandas.DataFrame(
        {
            "age": rng.uniform(1, 80, n).astype(np.float32),
            "fare": rng.gamma(2, 20, n).astype(np.float32),
            "sex": np.array(rng.choice(["female", "male"], n), dtype=object),
            "class": np.array(rng.choice(["001", "002", " 3"], n), dtype=object),
        }
    )
    y = ((table["sex"] == "female") ^ (rng.uniform(size=n) < 0.15)).to_numpy().astype(np.int64)
    steps = [
        ("numbers", StandardScaler(), ["age", "fare"]),
        ("texts", OneHotEncoder(handle_unknown="ignore"), ["sex", "class"]),
    ]
    model = make_pipeline(ColumnTransformer(steps), LogisticRegression()).fit(table[:-ROWS], y[:-ROWS])
    from skl2onnx.common.data_types import FloatTensorType as Float, StringTensorType as String

    types = [(name, Float([None, 1]) if name in ("age", "fare") else String([None, 1])) for name in table]
    graph = to_onnx(model, initial_types=types, options={"zipmap": False})
    held = table[-ROWS:]
    cases = classified(model, held, y[-ROWS:])
    cases["instances"] = held.to_dict("records")
    write(
        out,
        "sklearn-columns",
        graph,
        cases,
        title="scikit-learn: a column each, texts and numbers",
        task="classification",
        fault="one column is not centred",
        faulty=lost_offset(graph),
    )


def boosters(out):
    train, x, known, y = split(load_iris)
    model = XGBClassifier(n_estimators=15, max_depth=3).fit(train, known)
    graph = to_booster_onnx(onnxmltools.convert_xgboost, model, 4)
    write(
        out,
        "xgboost-classes",
        graph,
        classified(model, x, y),
        title="XGBoost: three classes",
        task="classification",
        fault="one split turned round",
        faulty=turned_split(graph),
    )

    train, x, known, y = split(load_diabetes)
    rng = np.random.default_rng(1)
    holes = lambda a: np.where(rng.uniform(size=a.shape) < 0.15, np.nan, a).astype(np.float32)
    train_gaps, x_gaps = holes(train), holes(x)
    model = XGBRegressor(n_estimators=20, max_depth=3).fit(train_gaps, known)
    graph = to_booster_onnx(onnxmltools.convert_xgboost, model, 10)
    write(
        out,
        "xgboost-missing",
        graph,
        regressed(model, x_gaps, y),
        title="XGBoost: regression with missing values",
        task="regression",
        fault="one split turned round",
        faulty=turned_split(graph),
        tolerance=1e-3,
    )

    # LightGBM splits in float64, ONNX in float32: of 40 rows of fractions one falls on the other side of a split, by 1.8.
    # Between whole numbers both have the same splits.
    whole, x_whole = np.round(train * 1000), np.round(x * 1000)
    model = LGBMRegressor(n_estimators=25, verbose=-1).fit(whole, known)
    graph = to_booster_onnx(onnxmltools.convert_lightgbm, model, 10)
    write(
        out,
        "lightgbm-regression",
        graph,
        regressed(model, x_whole, y),
        title="LightGBM: regression",
        task="regression",
        fault="one split turned round",
        faulty=turned_split(graph),
        tolerance=1e-3,
    )

    model = CatBoostRegressor(iterations=30, depth=4, verbose=0, allow_writing_files=False).fit(train, known)
    graph = from_catboost(model)
    write(
        out,
        "catboost-regression",
        graph,
        regressed(model, x, y),
        title="CatBoost: regression",
        task="regression",
        fault="one split turned round",
        faulty=turned_split(graph),
        tolerance=1e-3,
    )

    train, x, known, y = split(load_breast_cancer)
    model = LGBMClassifier(n_estimators=25, verbose=-1).fit(train, known)
    graph = to_booster_onnx(onnxmltools.convert_lightgbm, model, 30)
    write(
        out,
        "lightgbm-binary",
        graph,
        classified(model, x, y),
        title="LightGBM: binary, ZipMap",
        task="classification",
        fault="one split turned round",
        faulty=turned_split(graph),
    )

    train, x, known, y = split(load_wine)
    names = np.array(["barolo", "grignolino", "barbera"])
    model = CatBoostClassifier(iterations=30, depth=4, verbose=0, allow_writing_files=False).fit(
        train, names[known]
    )
    graph = from_catboost(model)
    write(
        out,
        "catboost-texts",
        graph,
        classified(model, x, names[y]),
        title="CatBoost: classes that are texts",
        task="classification",
        fault="one split turned round",
        faulty=turned_split(graph),
    )


def trained(out):
    scikit_learn(out)
    columns(out)
    boosters(out)
