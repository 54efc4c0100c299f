"""A small encoder with a WordPiece tokenizer that is trained on this repository's own documents."""
import json
from pathlib import Path

import numpy as np
from onnx import TensorProto, helper, numpy_helper
from tokenizers import BertWordPieceTokenizer

from case import Case, case, normal, save

DOCUMENTS = [str(Path(__file__).parents[3] / name) for name in ("README.md", "CONTRIBUTING.md")]
WIDTH, WORDS = 16, 800
TEXTS = ["a model that answers", "the harness reads the template and starts the function"]


def tokenizer(folder):
    made = BertWordPieceTokenizer(lowercase=True)
    made.train(DOCUMENTS, vocab_size=WORDS, show_progress=False)
    made.save(str(folder / "tokenizer.json"))
    return made


def encoder(pooled: bool, classes: int = 0):
    """Embeddings, one head of attention; the last hidden state, its mean over the mask, or a class of that."""
    nodes, weights = [], []

    def then(operator, inputs, output, **attributes):
        nodes.append(helper.make_node(operator, inputs, [output], **attributes))
        return output

    def weight(name, values):
        weights.append(numpy_helper.from_array(values, name))
        return name

    embedded = [
        then("Gather", [weight("words", normal(1, WORDS, WIDTH)), "input_ids"], "word"),
        then("Gather", [weight("types", normal(2, 2, WIDTH)), "token_type_ids"], "type"),
    ]
    x = then("Add", embedded, "x")
    for part, seed in (("q", 3), ("k", 4), ("v", 5)):
        then("MatMul", [x, weight(f"w_{part}", normal(seed, WIDTH, WIDTH) / 4)], part)
    then("Transpose", ["k"], "kt", perm=[0, 2, 1])
    then("MatMul", ["q", "kt"], "qk")
    mask = then("Cast", ["attention_mask"], "mask", to=TensorProto.FLOAT)
    then("Sub", [mask, weight("one", np.float32(1))], "off")
    then("Mul", ["off", weight("far", np.float32(10000))], "far_off")
    then("Unsqueeze", ["far_off", weight("axis1", np.array([1]))], "bias")
    then("Add", ["qk", "bias"], "masked")
    then("Softmax", ["masked"], "share", axis=-1)
    then("MatMul", ["share", "v"], "attended")
    hidden = then("Add", [x, "attended"], "last_hidden_state")
    outputs = {"last_hidden_state": ["batch", "sequence", WIDTH]}
    if pooled or classes:
        then("Unsqueeze", [mask, weight("axis2", np.array([2]))], "column")
        then("Mul", [hidden, "column"], "kept")
        then("ReduceSum", ["kept", "axis1"], "sum", keepdims=0)
        then("ReduceSum", ["column", "axis1"], "count", keepdims=0)
        then("Div", ["sum", "count"], "sentence_embedding")
        outputs = {"sentence_embedding": ["batch", WIDTH]}
    if classes:
        then("MatMul", ["sentence_embedding", weight("head", normal(6, WIDTH, classes))], "logits")
        outputs = {"logits": ["batch", classes]}
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "sequence"]) for name in ("input_ids", "attention_mask", "token_type_ids")]
    graph = helper.make_graph(nodes, "encoder", inputs, [helper.make_tensor_value_info(name, TensorProto.FLOAT, dims) for name, dims in outputs.items()], weights)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def asked(made, texts):
    made.enable_padding()
    encodings = made.encode_batch(texts)
    rows = {"input_ids": "ids", "attention_mask": "attention_mask", "token_type_ids": "type_ids"}
    return {name: np.array([getattr(one, field) for one in encodings], np.int64) for name, field in rows.items()}


def text_case(folder, model, labels=None):
    made = tokenizer(folder)
    return Case(save(folder, model), [asked(made, TEXTS[:1]), asked(made, TEXTS)], labels=labels)


@case("embeddings", "text-embedding")
def embeddings(folder):
    return text_case(folder, encoder(pooled=False))


@case("embeddings-pooled", "text-embedding")
def pooled(folder):
    return text_case(folder, encoder(pooled=True))


@case("text-classes", "text-classification")
def classes(folder):
    labels = ["negative", "neutral", "positive"]
    (folder / "config.json").write_text(json.dumps({"id2label": {str(i): label for i, label in enumerate(labels)}}))
    return text_case(folder, encoder(False, 3), labels)
