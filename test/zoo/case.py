"""A case of the zoo: a model file, what is asked of it, and what Python's onnxruntime answers on that very file."""
from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable

import numpy as np
import onnx
import onnxruntime

DATATYPES = {
    "bool": "BOOL", "int8": "INT8", "int16": "INT16", "int32": "INT32", "int64": "INT64",
    "uint8": "UINT8", "uint16": "UINT16", "uint32": "UINT32", "uint64": "UINT64",
    "float16": "FP16", "float32": "FP32", "float64": "FP64",
}
WIDE = ("INT64", "UINT64")


@dataclass
class Case:
    """What one maker leaves in its folder."""

    model: str  # what --model is given: a file or folder, relative to the case's folder
    feeds: list[dict]  # one for each request: by input an array, a list of arrays or a dictionary
    flags: list[str] = field(default_factory=list)
    labels: list[str] | None = None
    original: str | None = None  # what onnxruntime is asked, where that is not `model`: the .onnx of a wrapper
    datatypes: dict[str, str] = field(default_factory=dict)  # of tensors that NumPy has no type for
    columns: dict[str, list] = field(default_factory=dict)  # of inputs that are dictionaries: the keys that a row has values for


@dataclass
class Maker:
    name: str
    task: str  # the task that the tool should guess
    make: Callable[[Path], Case]


MAKERS: list[Maker] = []


def case(name: str, task: str):
    """Puts a function that writes a model into a folder on the table."""

    def add(make):
        MAKERS.append(Maker(name, task, make))
        return make

    return add


def tensor(name: str, values: np.ndarray) -> dict:
    """A tensor as the Open Inference Protocol writes it; 64-bit integers as text, which JSON parsers keep whole."""
    values = np.asarray(values)
    if values.dtype.kind in "OUS":
        datatype, data = "BYTES", [str(one) for one in values.reshape(-1)]
    else:
        datatype, data = DATATYPES[values.dtype.name], values.reshape(-1).tolist()
    return {"name": name, "shape": list(values.shape), "datatype": datatype, "data": data}


def answer(name: str, value) -> dict:
    """An output; ZipMap's list of maps is the matrix that it was made from, its keys being the classes."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        classes = list(value[0])
        rows = np.array([[row[key] for key in classes] for row in value], np.float32)
        return {**tensor(name, rows), "classes": [str(key) for key in classes]}
    if isinstance(value, list):
        value = np.array(value)
    expected = tensor(name, value)
    if expected["datatype"] in WIDE:
        expected["data"] = [str(one) for one in expected["data"]]
    return expected


def write(maker: Maker, folder: Path) -> None:
    """Makes the model, asks onnxruntime, and writes case.json and each request beside it."""
    folder.mkdir(parents=True)
    made = maker.make(folder)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(folder / (made.original or made.model), options, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]

    def sent(name: str, value):
        return np.array([[value.get(key, type(next(iter(value.values())))()) for key in made.columns[name]]]) if name in made.columns else value

    def typed(one: dict) -> dict:
        return {**one, "datatype": made.datatypes.get(one["name"], one["datatype"])}

    requests = [
        {
            "body": {"inputs": [typed(tensor(name, sent(name, values))) for name, values in feed.items()]},
            "outputs": [typed(answer(name, value)) for name, value in zip(names, session.run(names, feed))],
        }
        for feed in made.feeds
    ]
    content = {
        "name": maker.name, "task": maker.task, "model": made.model, "flags": made.flags,
        "labels": made.labels, "requests": requests,
    }
    (folder / "case.json").write_text(json.dumps(content, allow_nan=False))
    # Once more as text: a JSON parser would round their 64-bit integers.
    for number, request in enumerate(requests):
        (folder / f"request-{number}.json").write_text(json.dumps(request["body"], allow_nan=False))


def save(folder: Path, model: onnx.ModelProto, name: str = "model.onnx") -> str:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    onnx.save(model, folder / name)
    return name


def normal(seed: int, *shape: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)
