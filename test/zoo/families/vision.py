"""Convolutional networks with seeded weights: classifiers of every layout and precision, detection heads, image to image."""
import json

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, quantize_static

from case import Case, case, normal, save

ELEMENTS = {np.float32: TensorProto.FLOAT, np.float64: TensorProto.DOUBLE, np.float16: TensorProto.FLOAT16, np.uint8: TensorProto.UINT8, np.int8: TensorProto.INT8}
NAMES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


class Net:
    """Nodes one after the other; `out` is the last value's name."""

    def __init__(self, input_name: str, dims, element=np.float32, inner=np.float32):
        self.inputs = [helper.make_tensor_value_info(input_name, ELEMENTS[element], dims)]
        self.nodes, self.weights, self.out, self.inner = [], [], input_name, inner

    def weight(self, values) -> str:
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(values, name))
        return name

    def then(self, operator: str, *more, output: str | None = None, start: str | None = None, **attributes) -> "Net":
        name = output or f"{operator.lower()}_{len(self.nodes)}"
        inputs = [start or self.out, *(one if isinstance(one, str) else self.weight(one) for one in more)]
        self.nodes.append(helper.make_node(operator, inputs, [name], **attributes))
        self.out = name
        return self

    def conv(self, seed: int, channels: int, to: int, size: int = 3, **attributes) -> "Net":
        kernel = normal(seed, to, channels, size, size) / np.sqrt(channels * size * size)
        return self.then("Conv", kernel.astype(self.inner), normal(seed + 100, to).astype(self.inner) * self.inner(0.2), **attributes)

    def model(self, outputs: dict, element=TensorProto.FLOAT, **metadata) -> onnx.ModelProto:
        values = [helper.make_tensor_value_info(name, element, dims) for name, dims in outputs.items()]
        graph = helper.make_graph(self.nodes, "net", self.inputs, values, self.weights)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        helper.set_model_props(model, metadata)
        return model


def classifier(dims, element=np.float32, inner=np.float32, nhwc=False, end: str | None = None) -> Net:
    net = Net("image", dims, element, inner)
    if element == np.float64:  # the runtime has no Conv of doubles
        net.then("Cast", to=TensorProto.FLOAT)
    if element in (np.uint8, np.int8):
        net.then("Cast", to=TensorProto.FLOAT).then("Mul", np.float32(1 / 255))
    if nhwc:
        net.then("Transpose", perm=[0, 3, 1, 2])
    net.conv(1, 3, 8, strides=[2, 2]).then("Relu").conv(2, 8, 16, strides=[2, 2]).then("Relu").then("GlobalAveragePool").then("Flatten")
    net.then("MatMul", (normal(3, 16, 10) * 3).astype(inner)).then("Add", normal(4, 10).astype(inner), output=None if end else "scores")
    return net.then(end, output="scores") if end else net


def picture(seed: int, *dims: int) -> np.ndarray:
    return np.random.default_rng(seed).random(dims).astype(np.float32)


def labelled(folder, net: Net, feed, **options) -> Case:
    (folder / "labels.txt").write_text("\n".join(NAMES) + "\n")
    return Case(save(folder, net.model({"scores": ["N", 10]}, **options)), [{"image": feed}], labels=NAMES)


@case("classes", "image-classification")
def classes(folder):
    return labelled(folder, classifier(["N", 3, 32, 32]), picture(1, 2, 3, 32, 32))


@case("classes-softmax-nhwc", "image-classification")
def nhwc(folder):
    return labelled(folder, classifier(["N", 40, 24, 3], nhwc=True, end="Softmax"), picture(2, 1, 40, 24, 3))


@case("classes-many-labels", "image-classification")
def many_labels(folder):
    return labelled(folder, classifier(["N", 3, 32, 32], end="Sigmoid"), picture(3, 1, 3, 32, 32))


@case("classes-uint8", "image-classification")
def unsigned(folder):
    feed = (picture(4, 1, 32, 32, 3) * 255).astype(np.uint8)
    return labelled(folder, classifier(["N", 32, 32, 3], np.uint8, nhwc=True), feed)


@case("classes-float16", "image-classification")
def half(folder):
    net = classifier(["N", 3, 32, 32], np.float16, np.float16)
    return labelled(folder, net, picture(5, 1, 3, 32, 32).astype(np.float16), element=TensorProto.FLOAT16)


@case("classes-float64", "image-classification")
def double(folder):
    net = classifier(["N", 3, 32, 32], np.float64, end="Softmax")
    net.nodes[-1].output[0] = net.out = "single"
    return labelled(folder, net.then("Cast", to=TensorProto.DOUBLE, output="scores"), picture(5, 1, 3, 32, 32).astype(np.float64), element=TensorProto.DOUBLE)


@case("classes-int8", "image-classification")
def signed(folder):
    feed = (picture(4, 1, 32, 32, 3) * 255 - 128).astype(np.int8)
    return labelled(folder, classifier(["N", 32, 32, 3], np.int8, nhwc=True), feed)


@case("classes-several-of-problem-type", "image-classification")
def problem_type(folder):
    names = {str(at): name for at, name in enumerate(NAMES)}
    (folder / "config.json").write_text(json.dumps({"problem_type": "multi_label_classification", "id2label": names}))
    made = Case(save(folder, classifier(["N", 3, 32, 32]).model({"scores": ["N", 10]})), [{"image": picture(3, 1, 3, 32, 32)}], labels=NAMES)
    return made


class Pictures(CalibrationDataReader):
    def __init__(self):
        self.rest = iter([{"image": picture(seed, 1, 3, 32, 32)} for seed in range(8)])

    def get_next(self):
        return next(self.rest, None)


def quantised(name: str, form: QuantFormat):
    @case(name, "image-classification")
    def make(folder):
        made = labelled(folder, classifier(["N", 3, 32, 32]), picture(6, 1, 3, 32, 32))
        plain = (folder / made.model).rename(folder / "plain.onnx")
        quantize_static(plain, folder / made.model, Pictures(), quant_format=form)
        plain.unlink()
        return made


quantised("classes-qdq", QuantFormat.QDQ)
quantised("classes-qoperator", QuantFormat.QOperator)


@case("yolo-v5", "object-detection")
def yolo5(folder):
    net = Net("images", [1, 3, 64, 64]).conv(5, 3, 16, 8, strides=[8, 8]).then("Relu").conv(6, 16, 8, 1).then("Sigmoid")
    net.then("Reshape", np.array([1, 8, 64], np.int64)).then("Transpose", perm=[0, 2, 1], output="output0")
    model = net.model({"output0": [1, 64, 8]}, names="{0: 'cat', 1: 'dog', 2: 'bird'}", stride="32", task="detect")
    return Case(save(folder, model), [{"images": picture(7, 1, 3, 64, 64)}], labels=["cat", "dog", "bird"])


@case("yolo-v8", "object-detection")
def yolo8(folder):
    net = Net("images", [1, 3, 64, 64]).conv(7, 3, 16, 8, strides=[8, 8]).then("Relu").conv(8, 16, 7, 1).then("Sigmoid")
    net.then("Reshape", np.array([1, 7, 64], np.int64), output="output0")
    model = net.model({"output0": [1, 7, 64]}, names="{0: 'cat', 1: 'dog', 2: 'bird'}", stride="32", task="detect")
    return Case(save(folder, model), [{"images": picture(8, 1, 3, 64, 64)}], labels=["cat", "dog", "bird"])


@case("yolo-end-to-end", "object-detection")
def end_to_end(folder):
    net = Net("images", [1, 3, 64, 64]).conv(9, 3, 30, 8, strides=[8, 8]).then("Sigmoid")
    net.then("Reshape", np.array([1, -1, 6], np.int64)).then("Slice", np.array([0]), np.array([200]), np.array([1]), output="output0")
    model = net.model({"output0": [1, 200, 6]}, names="{0: 'cat', 1: 'dog'}", stride="32", task="detect")
    return Case(save(folder, model), [{"images": picture(9, 1, 3, 64, 64)}], labels=["cat", "dog"])


@case("ssd", "object-detection")
def ssd(folder):
    net = Net("input", [1, 3, 64, 64]).conv(10, 3, 16, 8, strides=[8, 8]).then("Relu", output="features")
    net.conv(11, 16, 4, 1).then("Transpose", perm=[0, 2, 3, 1]).then("Reshape", np.array([1, 64, 4], np.int64)).then("Sigmoid", output="boxes")
    net.out = "features"
    net.conv(12, 16, 3, 1).then("Transpose", perm=[0, 2, 3, 1]).then("Reshape", np.array([1, 64, 3], np.int64)).then("Softmax", output="scores")
    return Case(save(folder, net.model({"scores": [1, 64, 3], "boxes": [1, 64, 4]})), [{"input": picture(10, 1, 3, 64, 64)}], labels=["class_0", "class_1"])


@case("fastest-det", "object-detection")
def fastest(folder):
    net = Net("input.1", [1, 3, 352, 352]).conv(13, 3, 7, 16, strides=[16, 16]).then("Sigmoid", output="758")
    return Case(save(folder, net.model({"758": [1, 7, 22, 22]})), [{"input.1": picture(11, 1, 3, 352, 352)}], labels=["class_0", "class_1"])


@case("style", "image-to-image")
def style(folder):
    net = Net("input1", [1, 3, 32, 32]).conv(14, 3, 8, pads=[1, 1, 1, 1]).then("Relu").conv(15, 8, 3, pads=[1, 1, 1, 1])
    net.then("Mul", np.float32(255), output="output1")
    return Case(save(folder, net.model({"output1": [1, 3, 32, 32]})), [{"input1": picture(12, 1, 3, 32, 32) * 255}])


@case("super-resolution-y", "image-to-image")
def super_luma(folder):
    net = Net("input", ["batch", 1, 32, 32]).conv(16, 1, 9, pads=[1, 1, 1, 1]).then("DepthToSpace", blocksize=3, mode="CRD", output="output")
    return Case(save(folder, net.model({"output": ["batch", 1, 96, 96]})), [{"input": picture(13, 1, 1, 32, 32)}])


@case("super-resolution-y-2", "image-to-image")
def super_luma_open(folder):
    net = Net("input", ["batch", 1, "height", "width"]).conv(18, 1, 4, pads=[1, 1, 1, 1]).then("DepthToSpace", blocksize=2, mode="CRD", output="output")
    return Case(save(folder, net.model({"output": ["batch", 1, "height2", "width2"]})), [{"input": picture(15, 1, 1, 24, 16)}])


@case("style-nhwc-uint8", "image-to-image")
def style_bytes(folder):
    net = Net("image", [1, 40, 24, 3], np.uint8).then("Cast", to=TensorProto.FLOAT).then("Transpose", perm=[0, 3, 1, 2])
    net.conv(19, 3, 3, pads=[1, 1, 1, 1]).then("Transpose", perm=[0, 2, 3, 1]).then("Clip", np.float32(0), np.float32(255))
    net.then("Cast", to=TensorProto.UINT8, output="picture")
    return Case(save(folder, net.model({"picture": [1, 40, 24, 3]}, TensorProto.UINT8)), [{"image": (picture(16, 1, 40, 24, 3) * 255).astype(np.uint8)}])


@case("generator-tanh", "image-to-image")
def generator(folder):
    net = Net("real", [1, 3, 32, 32], np.float64).then("Cast", to=TensorProto.FLOAT).conv(20, 3, 3, pads=[1, 1, 1, 1])
    net.then("Tanh").then("Cast", to=TensorProto.DOUBLE, output="fake")
    return Case(save(folder, net.model({"fake": [1, 3, 32, 32]}, TensorProto.DOUBLE)), [{"real": picture(17, 1, 3, 32, 32).astype(np.float64) * 2 - 1}])


@case("super-resolution-rgb", "image-to-image")
def super_colours(folder):
    net = Net("input", [1, 3, "height", "width"]).conv(17, 3, 12, pads=[1, 1, 1, 1]).then("DepthToSpace", blocksize=2, output="output")
    return Case(save(folder, net.model({"output": [1, 3, "height2", "width2"]})), [{"input": picture(14, 1, 3, 20, 14)}])
