"""Detectors whose outputs are lists of boxes; those of fixtures/detection, which find coloured squares."""
import sys
from pathlib import Path

import numpy as np

from case import Case, case, save

sys.path.append(str(Path(__file__).parents[3] / "fixtures/detection"))
from models import HEIGHT, MODELS, NAMES, WIDTH


def squares(seed: int) -> np.ndarray:
    """Noise with a red and a blue square, [height, width, 3] bytes."""
    values = np.random.default_rng(seed).integers(100, 140, (HEIGHT, WIDTH, 3), dtype=np.uint8)
    values[8:32, 16:40], values[30:56, 60:86] = (225, 30, 40), (40, 60, 230)
    return values


@case("ssd-torchvision", "object-detection")
def torchvision(folder):
    feed = squares(20).astype(np.float32).transpose(2, 0, 1)[None] / 255
    return Case(save(folder, MODELS["torchvision"]()), [{"image": feed}], labels=NAMES)


@case("ssd-tensorflow", "object-detection")
def tensorflow(folder):
    return Case(save(folder, MODELS["tensorflow"]()), [{"input_tensor": squares(21)[None]}], labels=NAMES)


@case("yolo-v8-squares", "object-detection")
def yolo(folder):
    feed = squares(22).astype(np.float32).transpose(2, 0, 1)[None] / 255
    return Case(save(folder, MODELS["yolo-v8"]()), [{"images": feed}], labels=NAMES)
