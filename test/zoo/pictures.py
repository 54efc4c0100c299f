"""What Pillow and Python's onnxruntime make of a picture, for the zoo's models from pictures to pictures: picture.png and answer.png beside each.

    .rig/zoo/bin/python test/zoo/pictures.py FOLDER      where make.py made them
"""
import sys
from pathlib import Path

import numpy as np
import onnxruntime
from PIL import Image


def first(rows):
    """Channels first, with a batch of one."""
    return np.transpose(rows, (2, 0, 1))[None]


def last(batch):
    return np.transpose(batch[0], (1, 2, 0))


def to_bytes(values):
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


def style(run, picture):
    rows = np.asarray(picture.resize((32, 32), Image.BILINEAR), np.float32)
    return Image.fromarray(to_bytes(last(run(first(rows)))))


def generator(run, picture):
    rows = np.asarray(picture.resize((32, 32), Image.BILINEAR), np.float64)
    return Image.fromarray(to_bytes((last(run(first(rows / 127.5 - 1))) + 1) * 127.5))


def raw(run, picture):
    return Image.fromarray(run(np.asarray(picture.resize((24, 40), Image.BILINEAR))[None])[0])


def enlarge(run, picture):
    rows = np.asarray(picture, np.float32) / 255
    return Image.fromarray(to_bytes(last(run(first(rows))) * 255))


def enlarge_light(run, picture):
    light, blue, red = picture.convert("YCbCr").split()
    made = Image.fromarray(to_bytes(run(np.asarray(light, np.float32)[None, None] / 255)[0, 0] * 255))
    colours = [plane.resize(made.size, Image.BICUBIC) for plane in (blue, red)]
    return Image.merge("YCbCr", (made, *colours)).convert("RGB")


HOW = {
    "style": style,
    "generator-tanh": generator,
    "style-nhwc-uint8": raw,
    "super-resolution-rgb": enlarge,
    "super-resolution-y-2": enlarge_light,
    "super-resolution-y": lambda run, picture: enlarge_light(run, picture.resize((32, 32), Image.BILINEAR)),
}

folder = Path(sys.argv[1])
y, x = np.mgrid[0:52, 0:76]
colours = [127 + 120 * np.sin(x / 9), 127 + 120 * np.cos(y / 7 + x / 23), 3 * x + 0.4 * y]
picture = Image.fromarray(to_bytes(np.dstack(colours)))
for name, how in HOW.items():
    session = onnxruntime.InferenceSession(folder / name / "model.onnx", providers=["CPUExecutionProvider"])
    (only,) = session.get_inputs()
    picture.save(folder / name / "picture.png")
    how(lambda feed: session.run(None, {only.name: feed})[0], picture).save(folder / name / "answer.png")
print(" ".join(HOW))
