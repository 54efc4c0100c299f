"""What exporters seldom write and runtimes must take all the same: outputs that nothing computes, results of unknown size, old operators."""
import numpy as np
from onnx import TensorProto, helper, numpy_helper, parser

from case import Case, case, normal, save
from families.tensors import HEADER, text


def weight(name: str, values):
    return numpy_helper.from_array(np.asarray(values), name)


@case("outputs-not-computed", "tensor")
def constants(folder):
    """An output that is a weight, and one that is an input."""
    graph = "g (float[N,2] x) => (float[N,2] y, float[2] w, float[N,2] x) <float[2] w = {0.5, -2.0}> { y = Mul(x, w) }"
    return text(folder, graph, {"x": normal(30, 3, 2)})


@case("opset-7", "tensor")
def old(folder):
    graph = "g (float[N,4] x) => (float[N,4] y) { wide = Unsqueeze <axes=[1]> (x) thin = Squeeze <axes=[1]> (wide) y = Dropout <ratio=0.5> (thin) }"
    return text(folder, graph, {"x": normal(31, 2, 4)}, header='<ir_version: 4, opset_import: ["" : 7]>\n')


@case("letters-beyond-ascii", "tensor")
def letters(folder):
    """What stands in for a locale that is not there must know these too."""
    graph = 'g (string[N] words) => (string[N] lower) { lower = StringNormalizer <case_change_action="LOWER", locale="en_US.UTF-8"> (words) }'
    return text(folder, graph, {"words": np.array(["ÄPFEL", "Éclair", "plain"], object)})


@case("boxes-kept", "tensor")
def boxes(folder):
    """NonMaxSuppression in the graph: how many boxes come depends on the picture, and may be none."""
    graph = parser.parse_graph("""g (float[1,3,64,64] image) => (float[kept,4] boxes, int64[kept,3] which) {
        places = Conv <strides=[8,8]> (image, kernel)
        flat = Reshape(places, shape)
        unit = Sigmoid(flat)
        corners, scores = Split <axis=1> (unit, parts)
        all = Transpose <perm=[0,2,1]> (corners)
        which = NonMaxSuppression(all, scores, most, iou, least)
        place = Gather <axis=1> (which, last)
        rows = Squeeze(all, zero)
        boxes = Gather(rows, place)
    }""")
    numbers = {"shape": np.int64([1, 6, -1]), "parts": np.int64([4, 2]), "most": np.int64([5]), "last": np.int64(2), "zero": np.int64([0])}
    numbers |= {"iou": np.float32([0.5]), "least": np.float32([0.55]), "kernel": normal(32, 6, 3, 8, 8) / 10}
    graph.initializer.extend(weight(name, values) for name, values in numbers.items())
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    return Case(save(folder, model), [{"image": normal(33, 1, 3, 64, 64)}, {"image": np.zeros((1, 3, 64, 64), np.float32)}])


@case("spectrogram", "tensor")
def spectrogram(folder):
    """Sound of any length to the logarithm of its spectrum's power."""
    graph = parser.parse_graph("""g (float[1,samples,1] wave) => (float[1,frames,65] log_power) {
        spectrum = STFT(wave, step, window)
        power = ReduceSumSquare <axes=[-1], keepdims=0> (spectrum)
        positive = Add(power, least)
        log_power = Log(positive)
    }""")
    numbers = {"step": np.array(64, np.int64), "window": np.hanning(128).astype(np.float32), "least": np.float32(1e-3)}
    graph.initializer.extend(weight(name, values) for name, values in numbers.items())
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    sound = np.sin(np.arange(512) / 5).astype(np.float32).reshape(1, -1, 1)
    return Case(save(folder, model), [{"wave": sound[:, :256]}, {"wave": sound}])


@case("name-of-prototypes", "tensor")
def prototype(folder):
    """A name that no JavaScript object can have as its own by assignment."""
    graph = helper.make_graph(
        [helper.make_node("Neg", ["x"], ["__proto__"])], "g", [helper.make_tensor_value_info("x", TensorProto.FLOAT, [2])],
        [helper.make_tensor_value_info("__proto__", TensorProto.FLOAT, [2])],
    )
    return Case(save(folder, helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)), [{"x": normal(34, 2)}])


@case("sequence-input", "tensor")
def listed(folder):
    """A list of tensors goes in beside a tensor; one goes out beside a tensor."""
    graph = """g (seq(float[2]) parts, int64 last) => (float[2] one, seq(float[2]) more, int64 count) {
        one = SequenceAt(parts, last) more = SequenceInsert(parts, one) count = SequenceLength(parts)
    }"""
    return text(folder, graph, {"parts": [normal(35, 2), normal(36, 2)], "last": np.array(1, np.int64)})


@case("sequence-through", "tensor")
def through(folder):
    """The list's tensors are halves, the names of values inside branches collide with what a mending would add."""
    graph = """g (bool flag, seq(float16[N]) x) => (seq(float16[N]) y) {
      y_inner = Identity(x)
      y = If (flag) <then_branch = yes () => (seq(float16[N]) a) { a = Identity(y_inner) }, else_branch = no () => (seq(float16[N]) b) { b = SequenceInsert(y_inner, first) }>
    }"""
    graph = graph.replace("y_inner = Identity(x)", "zero = Constant <value_int=0> () first = SequenceAt(x, zero) y_inner = Identity(x)")
    parts = [normal(37, 3).astype(np.float16), normal(38, 3).astype(np.float16)]
    return text(folder, graph, {"flag": np.array(True), "x": parts}, {"flag": np.array(False), "x": parts})


@case("optional-values", "tensor")
def optional(folder):
    graph = """g (optional(float[N]) x, optional(seq(float[2])) parts) => (optional(float[N]) y, seq(float[2]) all, bool there) {
        there = OptionalHasElement(x) value = OptionalGetElement(x) twice = Add(value, value) y = Optional(twice) all = OptionalGetElement(parts)
    }"""
    return text(folder, graph, {"x": normal(39, 3), "parts": [normal(40, 2)] * 3}, header='<ir_version: 8, opset_import: ["" : 18]>\n')


def dictionary(name, key, value, node, feed, columns, out):
    @case(name, "tensor")
    def make(folder):
        held = helper.make_tensor_type_proto(value, [])
        graph = helper.make_graph(
            [node], "g", [helper.make_value_info("x", helper.make_map_type_proto(key, held))],
            [helper.make_tensor_value_info("y", out, [1, None])],
        )
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 3)]
        return Case(save(folder, helper.make_model(graph, opset_imports=opsets, ir_version=8)), [feed], columns={"x": columns}, datatypes={"x": "FP32"})


def vectorizer(**attributes):
    return helper.make_node("DictVectorizer", ["x"], ["y"], domain="ai.onnx.ml", **attributes)


KINDS = ["city=Rome", "temperature", "city=Oslo"]
dictionary("dictionary-of-words", TensorProto.STRING, TensorProto.FLOAT, vectorizer(string_vocabulary=KINDS), {"x": {"temperature": 21.5, "city=Oslo": 1.0}}, KINDS, TensorProto.FLOAT)
dictionary("dictionary-of-numbers", TensorProto.INT64, TensorProto.FLOAT, vectorizer(int64_vocabulary=[7, -1]), {"x": {-1: 2.25, 7: 1.0}}, [7, -1], TensorProto.FLOAT)
to_row = helper.make_node("CastMap", ["x"], ["y"], domain="ai.onnx.ml", cast_to="TO_FLOAT", map_form="SPARSE", max_map=3)
dictionary("dictionary-cast", TensorProto.INT64, TensorProto.FLOAT, to_row, {"x": {0: 2.5, 2: -1.0}}, [0, 1, 2], TensorProto.FLOAT)


@case("int4-boundary", "tensor")
def nibbles(folder):
    """4 bits in and out, some cast to 8 bits inside. NumPy has no such type: Python is asked through a graph that is fed and answers with 8 bits."""
    inner = "{z} = DequantizeLinear({u}, scale) {wide} = Cast <to=3> ({x}) doubled = Add({wide}, {wide}) w = Identity(doubled) {y} = QuantizeLinear({f}, scale, zero)"
    weights = "<float scale = {0.5}, int4 zero = {0}>"
    header = '<ir_version: 10, opset_import: ["" : 21]>\n'
    own = inner.format(z="z", u="u", wide="wide", x="x", y="y", f="f")
    model = parser.parse_model(f"{header} g (int4[64] x, uint4[64] u, float[64] f) => (float[64] z, int8[64] w, int4[64] y) {weights} {{ {own} }}")
    plain = inner.format(z="z", u="u4", wide="wide", x="f8", y="y4", f="f")
    casts = f"u4 = Cast <to=21> (u) f8 = Cast <to=6> (x) {plain} y = Cast <to=3> (y4)".replace("wide = Cast <to=3> (f8)", "wide = Identity(x)")
    original = parser.parse_model(f"{header} g (int8[64] x, uint8[64] u, float[64] f) => (float[64] z, int8[64] w, int8[64] y) {weights} {{ {casts} }}")
    feed = {"x": (np.arange(64) % 16 - 8).astype(np.int8), "u": (np.arange(64) % 16).astype(np.uint8), "f": np.round(normal(41, 64), 1)}
    return Case(save(folder, model), [feed], original=save(folder, original, "casts.onnx"))


@case("names-of-members", "tensor")
def members(folder):
    """What every JavaScript object has; and names of 300 letters, and two that look the same."""
    names = ["hasOwnProperty", "constructor", "n" * 300, "\u00e9", "e\u0301", "${x}`*/", "a\nb"]
    values = lambda suffix: [helper.make_tensor_value_info(name + suffix, TensorProto.FLOAT, ["N"]) for name in names]
    nodes = [helper.make_node("Neg", [name], [name + " out"]) for name in names]
    model = helper.make_model(helper.make_graph(nodes, "g", values(""), values(" out")), opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    return Case(save(folder, model), [{name: normal(50 + i, 2) for i, name in enumerate(names)}])


@case("weights-beside-in-dots", "tensor")
def beside(folder):
    """Exporters write ./ before the name; two files of weights."""
    weights = {"w": normal(60, 4, 3), "b": normal(61, 3)}
    graph = parser.parse_graph("g (float[N,4] x) => (float[N,3] y) { product = MatMul(x, w) y = Add(product, b) }")
    for (name, values), place in zip(weights.items(), ["./one.bin", "deeper/./two.bin"]):
        (folder / place).parent.mkdir(exist_ok=True)
        (folder / place).write_bytes(values.tobytes())
        tensor = graph.initializer.add(name=name, data_type=TensorProto.FLOAT, dims=values.shape, data_location=TensorProto.EXTERNAL)
        tensor.external_data.add(key="location", value=place)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    return Case(save(folder, model), [{"x": normal(62, 2, 4)}])
