"""Record what a model answers, for smoke-test's reference: recorded.

    python record.py CASES.json MODEL_DIR > recorded.json

Runs code/inference.py of MODEL_DIR here, so it is for any model that has one.
"""

import json
import sys
from pathlib import Path

from serve import load_inference

cases = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
inference = load_inference(Path(sys.argv[2]))
model = inference.model_fn(sys.argv[2])
body = json.dumps({"instances": cases["instances"]})
data = inference.input_fn(body, "application/json")
prediction = inference.predict_fn(data, model)
answer, _ = inference.output_fn(prediction, "application/json")
json.dump({**cases, "expected": json.loads(answer)}, sys.stdout)
