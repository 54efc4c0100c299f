"""Graphs of a few nodes: every element type, ranks and sizes, odd names, old and wrong declarations, subgraphs, state."""
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper, parser

from case import Case, case, normal, save

HEADER = '<ir_version: 8, opset_import: ["" : 17]>\n'


def text(folder, graph: str, *feeds, header: str = HEADER) -> Case:
    return Case(save(folder, parser.parse_model(header + graph)), list(feeds))


TYPES = {
    "bool": [True, False, True], "int8": [-128, 0, 127], "int16": [-32768, 1, 32767], "int32": [-(2**31), 1, 2**31 - 1],
    "int64": [-(2**63), 2**53 + 1, 2**63 - 1], "uint8": [0, 1, 255], "uint16": [0, 1, 65535], "uint32": [0, 1, 2**32 - 1],
    "uint64": [0, 2**53 + 1, 2**64 - 1], "float16": [-65504, 0.1, 6e-8], "float32": [-3.4e38, 0.1, 1e-45], "float64": [-1.7e308, 0.1, 5e-324],
}
ONNX_WORDS = {"float32": "float", "float64": "double"}


@case("identity-every-type", "tensor")
def identity(folder):
    words = {name: ONNX_WORDS.get(name, name) for name in TYPES} | {"string": "string"}
    inputs = ", ".join(f"{word}[N] {name}_in" for name, word in words.items())
    outputs = ", ".join(f"{word}[N] {name}_out" for name, word in words.items())
    nodes = " ".join(f"{name}_out = Identity({name}_in)" for name in words)
    feed = {f"{name}_in": np.array(values, name) for name, values in TYPES.items()}
    feed["string_in"] = np.array(["", "a\"b\\c\nd", "Grüße 🎉"], object)
    return text(folder, f"g ({inputs}) => ({outputs}) {{ {nodes} }}", feed)


@case("int64-sums", "tensor")
def wide(folder):
    feed = {"a": np.array([2**53, -(2**62)], np.int64), "b": np.array([1, -1], np.int64)}
    return text(folder, "g (int64[2] a, int64[2] b) => (int64[2] c) { c = Add(a, b) }", feed)


@case("rank-0", "tensor")
def scalar(folder):
    return text(folder, "g (float x, float y) => (float z) { z = Mul(x, y) }", {"x": np.array(1.5, np.float32), "y": np.array(-2, np.float32)})


@case("zero-size", "tensor")
def empty(folder):
    graph = "g (float[N,3] x) => (float[N,3] y, int64[2] shape) { y = Relu(x) shape = Shape(x) }"
    return text(folder, graph, {"x": np.zeros((0, 3), np.float32)}, {"x": normal(1, 2, 3)})


@case("dynamic-dims", "image-classification")
def dynamic(folder):
    graph = "g (float[batch,C,height,width] x) => (float[batch,C] mean, float[batch,C,width,height] turned) { m = GlobalAveragePool(x) mean = Flatten(m) turned = Transpose <perm=[0,1,3,2]> (x) }"
    made = text(folder, graph, {"x": normal(2, 1, 3, 4, 5)}, {"x": normal(3, 2, 1, 7, 2)})
    made.labels = ["class_0", "class_1", "class_2"]
    return made


@case("strings", "tensor")
def strings(folder):
    graph = 'g (string[N] words) => (string[M] clean) { clean = StringNormalizer <case_change_action="LOWER", is_case_sensitive=0, stopwords=["the"]> (words) }'
    return text(folder, graph, {"words": np.array(["The", "Cat", "SAT"], object)})


@case("many-in-many-out", "tensor")
def many(folder):
    inputs = ", ".join(f"float[2] x{i}" for i in range(12))
    outputs = ", ".join(f"float[2] y{i}" for i in range(12))
    nodes = " ".join(f"y{i} = Add(x{i}, x{(i + 1) % 12})" for i in range(12))
    return text(folder, f"g ({inputs}) => ({outputs}) {{ {nodes} }}", {f"x{i}": normal(i, 2) for i in range(12)})


@case("lstm-with-state", "tensor")
def lstm(folder):
    hidden, width = 4, 3
    weights = {"W": normal(4, 1, 4 * hidden, width), "R": normal(5, 1, 4 * hidden, hidden), "B": normal(6, 1, 8 * hidden)}
    node = helper.make_node("LSTM", ["x", "W", "R", "B", "", "h", "c"], ["y", "h_out", "c_out"], hidden_size=hidden)
    state = [1, "batch", hidden]
    tensors = lambda rows: [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in rows]
    graph = helper.make_graph(
        [node], "lstm", tensors([("x", ["time", "batch", width]), ("h", state), ("c", state)]),
        tensors([("y", ["time", 1, "batch", hidden]), ("h_out", state), ("c_out", state)]),
        [numpy_helper.from_array(value, name) for name, value in weights.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    feed = {"x": normal(7, 5, 1, width), "h": np.zeros((1, 1, hidden), np.float32), "c": normal(8, 1, 1, hidden)}
    return Case(save(folder, model), [feed])


@case("odd-names", "tensor")
def names(folder):
    words = {"in": "serving/default input:0", "größe": "Größe ✓", "out": "StatefulPartitionedCall:0/Ausgabe eins"}
    graph = helper.make_graph(
        [helper.make_node("Mul", [words["in"], words["größe"]], [words["out"]]), helper.make_node("Neg", [words["in"]], ["constructor"])],
        "main graph", [helper.make_tensor_value_info(words[key], TensorProto.FLOAT, [2]) for key in ("in", "größe")],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, [2]) for name in (words["out"], "constructor")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    return Case(save(folder, model, "my model (1).onnx"), [{words["in"]: normal(9, 2), words["größe"]: normal(10, 2)}])


def dense(declared_input, declared_output, **model_options) -> onnx.ModelProto:
    """x [N, 4] times weights; what is declared is up to the case."""
    as_inputs = model_options.pop("as_inputs", False)
    weights = [numpy_helper.from_array(normal(11, 4, 3), "weights"), numpy_helper.from_array(normal(12, 3), "bias")]
    more = [helper.make_tensor_value_info(one.name, one.data_type, list(one.dims)) for one in weights] if as_inputs else []
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["x", "weights"], ["product"]), helper.make_node("Add", ["product", "bias"], ["y"])], "dense",
        [*more, helper.make_tensor_value_info("x", TensorProto.FLOAT, declared_input)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, declared_output)], weights,
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", model_options.pop("opset", 17))], **model_options)


def dense_case(name, declared_input, declared_output, rows, **options):
    @case(name, "tensor")
    def make(folder):
        model = dense(declared_input, declared_output, **{"ir_version": 8, **options})
        return Case(save(folder, model), [{"x": normal(20 + count, count, 4)} for count in rows])


dense_case("weights-as-inputs", [1, 4], [1, 3], [1], ir_version=3, opset=8, as_inputs=True)
dense_case("wrong-output-shape", ["N", 4], [7, 3], [1, 2])
dense_case("negative-dim", [-1, 4], [-1, 3], [1, 3])
dense_case("no-shapes", None, None, [2])


@case("external-data", "tensor")
def external(folder):
    onnx.save_model(dense(["N", 4], ["N", 3], ir_version=8), folder / "model.onnx", save_as_external_data=True, location="weights.bin", size_threshold=0)
    return Case("model.onnx", [{"x": normal(13, 2, 4)}])


@case("audio", "tensor")
def audio(folder):
    kernel = numpy_helper.from_array(normal(14, 8, 1, 400) / 20, "kernel")
    head = numpy_helper.from_array(normal(15, 8, 5), "head")
    nodes = [
        helper.make_node("Unsqueeze", ["samples", "one"], ["channel"]),
        helper.make_node("Conv", ["channel", "kernel"], ["frames"], strides=[160]),
        helper.make_node("Relu", ["frames"], ["active"]),
        helper.make_node("GlobalAveragePool", ["active"], ["pooled"]),
        helper.make_node("Flatten", ["pooled"], ["flat"]),
        helper.make_node("MatMul", ["flat", "head"], ["logits"]),
    ]
    graph = helper.make_graph(
        nodes, "audio", [helper.make_tensor_value_info("samples", TensorProto.FLOAT, [1, "samples"])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, [1, 5])],
        [kernel, head, numpy_helper.from_array(np.array([1], np.int64), "one")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    return Case(save(folder, model), [{"samples": normal(16, 1, 4000)}])


@case("if-branches", "tensor")
def branches(folder):
    graph = """g (bool flag, float[N] x) => (float[M] y) {
      y = If (flag) <then_branch = yes () => (float[M] a) { a = Abs(x) }, else_branch = no () => (float[M] b) { b = Neg(x) }>
    }"""
    return text(folder, graph, {"flag": np.array(True), "x": normal(17, 3)}, {"flag": np.array(False), "x": normal(17, 3)})


@case("loop", "tensor")
def loop(folder):
    graph = """g (int64 count, float[2] x) => (float[2] last, float[K,2] all) <bool yes = {1}, float[2] half = {0.5, 2.0}> {
      last, all = Loop (count, yes, x) <body = step (int64 i, bool go, float[2] state) => (bool on, float[2] next, float[2] seen) {
        on = Identity(go) next = Mul(state, half) seen = Identity(next) }>
    }"""
    return text(folder, graph, {"count": np.array(3, np.int64), "x": normal(18, 2)})


@case("local-function", "tensor")
def function(folder):
    graph = """g (float[N] x) => (float[N] y) { y = mine.twice (x) }
    <domain: "mine", opset_import: ["" : 17]> twice (a) => (b) { b = Add(a, a) }"""
    return text(folder, graph, {"x": normal(19, 3)}, header='<ir_version: 8, opset_import: ["" : 17, "mine" : 1]>\n')


@case("sequence-output", "tensor")
def sequence(folder):
    """The list's tensors are of one shape: onnxruntime answers with a list of arrays."""
    graph = "g (float[2,3] x) => (seq(float[1,3]) parts) { parts = SplitToSequence (x) }"
    return text(folder, graph, {"x": normal(20, 2, 3)})


@case("one-symbol-two-sizes", "image-to-image")
def symbols(folder):
    """Exporters write one name for every open dim; onnxruntime takes them as different."""
    graph = helper.make_graph(
        [helper.make_node("Relu", ["x"], ["y"])], "symbols", [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["?", 3, "?", "?"])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["?", 3, "?", "?"])],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    return Case(save(folder, model), [{"x": normal(21, 1, 3, 4, 2)}])


@case("bfloat16-inside-float", "tensor")
def brain(folder):
    """bfloat16 weights between casts, as exporters leave them."""
    weights = helper.make_tensor("w", TensorProto.BFLOAT16, [3], [0.5, -2.0, 3.0])
    graph = helper.make_graph(
        [helper.make_node("Cast", ["w"], ["wide"], to=TensorProto.FLOAT), helper.make_node("Mul", ["x", "wide"], ["y"])], "brain",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", 3])], [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["N", 3])], [weights],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    return Case(save(folder, model), [{"x": normal(22, 2, 3)}])


@case("bfloat16-boundary", "tensor")
def brain_boundary(folder):
    """NumPy has no bfloat16: Python is asked through a copy with casts around the same node."""
    graph = "g (bfloat16[N] x) => (bfloat16[N] y) { y = Identity(x) }"
    model = parser.parse_model(HEADER + graph)
    casts = "g (float[N] x) => (float[N] y) { a = Cast <to=16> (x) b = Identity(a) y = Cast <to=1> (b) }"
    original = save(folder, parser.parse_model(HEADER + casts), "casts.onnx")
    feed = {"x": np.array([1.5, -0.25, 384], np.float32)}
    return Case(save(folder, model), [feed], original=original, datatypes={"x": "BF16", "y": "BF16"})
