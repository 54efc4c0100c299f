"""What Python's onnxruntime answers to the models that matrix.test.ts wrote, with Pillow's preprocessing: JSON on stdout.

pip install onnxruntime==1.30.0 and fixtures/golden/requirements.txt
"""
import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import onnxruntime

GOLDEN = Path(__file__).resolve().parents[3] / "fixtures" / "golden"
sys.path.insert(0, str(GOLDEN))
from reference import tensor  # noqa: E402


def feed(session, picture, preprocessing):
    (model_input,) = session.get_inputs()
    values = tensor(GOLDEN / "pictures" / picture, preprocessing)
    batch = model_input.shape[0] if isinstance(model_input.shape[0], int) else 1
    kind = {"tensor(float)": np.float32, "tensor(float16)": np.float16, "tensor(uint8)": np.uint8}[model_input.type]
    return {model_input.name: np.repeat(values, batch, axis=0).astype(kind)}


def probabilities(scores, kind):
    if kind == "probabilities":
        return scores
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()


answers = {}
for path in sorted(Path(sys.argv[1]).glob("*.onnx")):
    asked = json.loads(path.with_suffix(".json").read_text())
    task = asked["task"]
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    rows = {}
    for picture in asked["pictures"]:
        (output,) = session.run([task["output"]], feed(session, picture, task["preprocessing"]))
        row = probabilities(output[0].reshape(-1).astype(np.float64), task["scores"])
        rows[picture] = [round(float(value), 7) for value in row]
    answers[path.stem] = {"sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "answers": rows}
lines = [f"{json.dumps(name)}: {json.dumps(answer)}" for name, answer in answers.items()]
print("{\n" + ",\n".join(lines) + "\n}")
