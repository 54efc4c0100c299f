"""What Python's onnxruntime answers to the models that mendings.test.ts wrote, unmended: JSON on stdout.

pip install onnxruntime==1.30.0 numpy
The locales that Lambda lacks are needed: localedef -i en_US -f UTF-8 FOLDER/en_US.UTF-8, the same as FOLDER/en_US, and de_DE; LOCPATH=FOLDER
"""
import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import onnxruntime

TYPES = {"float32": np.float32, "float64": np.float64, "string": object, "bool": np.bool_}


def feed(spec):
    if "map" in spec:
        return {json.loads(key) if spec["key"] == "int64" else key: value for key, value in spec["map"].items()}
    kind = TYPES.get(spec["type"]) or np.dtype(spec["type"])
    return np.array(spec["data"], dtype=kind).reshape(spec["dims"])


def plain(value):
    if isinstance(value, np.ndarray):
        return {"dims": list(value.shape), "data": [plain(one) for one in value.reshape(-1)]}
    if isinstance(value, dict):
        return {"map": [[str(key), plain(one)] for key, one in value.items()]}
    if isinstance(value, list):
        return {"sequence": [plain(one) for one in value]}
    return value.item() if isinstance(value, np.generic) else value


answers = {}
for path in sorted(Path(sys.argv[1]).glob("*.onnx")):
    feeds = json.loads(path.with_suffix(".json").read_text())
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    results = session.run(None, {name: feed(spec) for name, spec in feeds.items()})
    outputs = {output.name: plain(value) for output, value in zip(session.get_outputs(), results)}
    answers[path.stem] = {"sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "outputs": outputs}
lines = [f"{json.dumps(name)}: {json.dumps(answer)}" for name, answer in answers.items()]
print("{\n" + ",\n".join(lines) + "\n}")
