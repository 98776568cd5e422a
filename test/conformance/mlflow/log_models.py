"""Trains, logs and registers models at the MLflow server of MLFLOW_TRACKING_URI, as a data scientist does.

Registers churn 1 (scikit-learn) and churn 2 (the same model as ONNX, alias champion), and writes what MLflow's own
pyfunc answers for the held-out rows as cases with recorded answers.

    log_models.py CASES.json
"""

import json
import sys

import mlflow
import numpy as np
from skl2onnx import to_onnx
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

X, y = load_breast_cancer(return_X_y=True)
X = X.astype(np.float32)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = make_pipeline(StandardScaler(), LogisticRegression()).fit(X_train, y_train)
exported = to_onnx(model, X_train[:1], options={"zipmap": False})
signature = mlflow.models.infer_signature(X_test, model.predict(X_test))

with mlflow.start_run():
    mlflow.log_metric("accuracy", model.score(X_test, y_test))
    mlflow.sklearn.log_model(model, name="model", signature=signature, registered_model_name="churn")
with mlflow.start_run() as run:
    mlflow.log_metric("accuracy", model.score(X_test, y_test))
    logged = mlflow.onnx.log_model(exported, name="model", signature=signature, registered_model_name="churn")
mlflow.MlflowClient().set_registered_model_alias("churn", "champion", "2")

served = mlflow.pyfunc.load_model("models:/churn@champion").predict(X_test)
expected = {name: np.asarray(values).tolist() for name, values in served.items()}
cases = {"instances": X_test.tolist(), "labels": y_test.tolist(), "expected": expected}
with open(sys.argv[1], "w") as file:
    json.dump(cases, file)
said = {"logged": logged.model_id, "accuracy": model.score(X_test, y_test), "experiment": run.info.experiment_id}
print(json.dumps(said))
