"""Small encoders with tokenizers that are trained on this repository's own documents, and what Python makes of odd texts with them."""
import json
import sys
from pathlib import Path

import numpy as np
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from tokenizers import BertWordPieceTokenizer, ByteLevelBPETokenizer, SentencePieceUnigramTokenizer
from tokenizers.processors import BertProcessing

from case import Case, case, normal, save

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "fixtures/tokens"))
from texts import ODD  # noqa: E402

DOCUMENTS = [str(ROOT / name) for name in ("README.md", "CONTRIBUTING.md")]
WIDTH, WORDS = 16, 800
TEXTS = ["a model that answers", "the harness reads the template and starts the function"]
INPUTS = ("input_ids", "attention_mask", "token_type_ids")


def word_piece():
    made = BertWordPieceTokenizer(lowercase=True)
    made.train(DOCUMENTS, vocab_size=WORDS, show_progress=False)
    made.post_processor = BertProcessing(*((token, made.token_to_id(token)) for token in ("[SEP]", "[CLS]")))
    return made


def byte_level():
    """Without tokens of its own before and after a text: an empty text has none."""
    made = ByteLevelBPETokenizer()
    made.train(DOCUMENTS, vocab_size=WORDS, show_progress=False, special_tokens=["<pad>"])
    return made


def unigram():
    """Without SentencePiece's character map, which only a trained model has."""
    made = SentencePieceUnigramTokenizer()
    made.train(DOCUMENTS, vocab_size=WORDS, show_progress=False, special_tokens=["<s>", "<pad>", "</s>", "<unk>"], unk_token="<unk>")
    return made


def encoder(pooled=False, classes=0, inputs=INPUTS, rows="batch", columns="sequence", whole=TensorProto.INT64):
    """Embeddings, one head of attention; the last hidden state, its mean over the mask, or a class of that."""
    nodes, weights = [], []

    def then(operator, inputs, output, **attributes):
        nodes.append(helper.make_node(operator, inputs, [output], **attributes))
        return output

    def weight(name, values):
        weights.append(numpy_helper.from_array(values, name))
        return name

    x = then("Gather", [weight("words", normal(1, WORDS, WIDTH)), "input_ids"], "word")
    if "token_type_ids" in inputs:
        types = then("Gather", [weight("types", normal(2, 2, WIDTH)), "token_type_ids"], "type")
        x = then("Add", [x, types], "x")
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
    outputs = {"last_hidden_state": [rows, columns, WIDTH]}
    if pooled or classes:
        then("Unsqueeze", [mask, weight("axis2", np.array([2]))], "column")
        then("Mul", [hidden, "column"], "kept")
        then("ReduceSum", ["kept", "axis1"], "sum", keepdims=0)
        then("ReduceSum", ["column", "axis1"], "count", keepdims=0)
        then("Div", ["sum", "count"], "sentence_embedding")
        outputs = {"sentence_embedding": [rows, WIDTH]}
    if classes:
        then("MatMul", ["sentence_embedding", weight("head", normal(6, WIDTH, classes))], "logits")
        outputs = {"logits": [rows, classes]}
    given = [helper.make_tensor_value_info(name, whole, [rows, columns]) for name in inputs]
    graph = helper.make_graph(nodes, "encoder", given, [helper.make_tensor_value_info(name, TensorProto.FLOAT, dims) for name, dims in outputs.items()], weights)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def asked(model, made, texts):
    """Feeds of a model for texts, padded to the longest or to what the graph fixes."""
    given = {one.name: one.type.tensor_type for one in model.graph.input}
    columns = given["input_ids"].shape.dim[1].dim_value
    made.enable_padding(length=columns or None)
    encodings = made.encode_batch(texts)
    made.no_padding()
    rows = {"input_ids": "ids", "attention_mask": "attention_mask", "token_type_ids": "type_ids"}
    return {name: np.array([getattr(one, rows[name]) for one in encodings], helper.tensor_dtype_to_np_dtype(of.elem_type)) for name, of in given.items()}


POOL = {
    "mean": lambda rows: rows.mean(axis=0),
    "cls": lambda rows: rows[0],
    "last": lambda rows: rows[-1],
    "max": lambda rows: rows.max(axis=0),
}


def embedded(pooling="mean", normalized=True):
    """What sentence-transformers make of a text's row of the output."""

    def answer(row, tokens):
        vector = row if row.ndim == 1 else POOL[pooling](row[:tokens]) if tokens else np.zeros(WIDTH)
        length = np.linalg.norm(vector) if normalized else 1
        return {"embedding": (vector / (length or 1)).tolist()}

    return answer


def classified(labels, several=False):
    def answer(row, _):
        powers = np.exp(row - row.max())
        shares = 1 / (1 + np.exp(-row)) if several else powers / powers.sum()
        return {"predictions": [{"className": labels[i], "probability": float(shares[i])} for i in np.argsort(-shares)]}

    return answer


def text_case(folder, model, made, answer, path="model.onnx", most=512, labels=None, flags=(), sides=None):
    """A case with the tokenizer and other files beside it, and texts.json: what Python answers to each odd text, alone."""
    for name, content in (sides or {}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps(content))
    requests = [asked(model, made, TEXTS[:1])]
    if not model.graph.input[0].type.tensor_type.shape.dim[0].dim_value:
        requests.append(asked(model, made, TEXTS))
    made.save(str(folder / "tokenizer.json"))
    save(folder, model, path)
    session = onnxruntime.InferenceSession(folder / path, providers=["CPUExecutionProvider"])
    said = []
    for text in ODD:
        whole = len(made.encode(text).ids)
        made.enable_truncation(most)
        tokens = len(made.encode(text).ids)
        feeds = asked(model, made, [text])
        made.no_truncation()
        row = session.run(None, feeds)[0][0] if feeds["input_ids"].size else np.zeros((0, WIDTH))
        said.append({"text": text, "answer": {**answer(row, tokens), "tokens": tokens, "truncated": tokens < whole}})
    (folder / "texts.json").write_text(json.dumps(said, allow_nan=False))
    return Case("." if "/" in path else path, requests, flags=list(flags), labels=labels, original=path)


@case("embeddings", "text-embedding")
def embeddings(folder):
    return text_case(folder, encoder(), word_piece(), embedded())


@case("embeddings-pooled", "text-embedding")
def pooled(folder):
    return text_case(folder, encoder(pooled=True), word_piece(), embedded())


@case("embeddings-sentence-transformers", "text-embedding")
def sentence_transformers(folder):
    """A folder as sentence-transformers save it: the first token's vector as it is, of 16 tokens at most."""
    modules = ["sentence_transformers.models.Transformer", "sentence_transformers.models.Pooling"]
    sides = {
        "config.json": {"model_type": "bert", "max_position_embeddings": 64, "pad_token_id": 0},
        "tokenizer_config.json": {"model_max_length": 64, "pad_token": "[PAD]"},
        "sentence_bert_config.json": {"max_seq_length": 16},
        "modules.json": [{"idx": i, "type": type} for i, type in enumerate(modules)],
        "1_Pooling/config.json": {"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False, "include_prompt": True},
    }
    return text_case(folder, encoder(), word_piece(), embedded("cls", False), path="onnx/model.onnx", most=16, sides=sides)


@case("embeddings-bytes", "text-embedding")
def of_bytes(folder):
    model = encoder(inputs=INPUTS[:2], whole=TensorProto.INT32)
    return text_case(folder, model, byte_level(), embedded("last"), most=40, flags=["--pooling", "last", "--max-tokens", "40"])


@case("embeddings-unigram", "text-embedding")
def of_pieces(folder):
    model = encoder(inputs=INPUTS[:2])
    return text_case(folder, model, unigram(), embedded("max", False), flags=["--pooling", "max", "--no-normalize"])


@case("embeddings-fixed", "text-embedding")
def fixed(folder):
    return text_case(folder, encoder(rows=1, columns=24), word_piece(), embedded(), most=24)


@case("text-classes", "text-classification")
def classes(folder):
    labels = ["negative", "neutral", "positive"]
    sides = {"config.json": {"id2label": {str(i): label for i, label in enumerate(labels)}}}
    return text_case(folder, encoder(classes=3), word_piece(), classified(labels), labels=labels, sides=sides)


@case("text-classes-several", "text-classification")
def several(folder):
    """Of which several may hold; texts of 32 tokens, no more and no fewer."""
    labels = ["calm", "loud", "long", "short"]
    config = {"id2label": dict(enumerate(labels)), "problem_type": "multi_label_classification", "max_position_embeddings": 512}
    return text_case(folder, encoder(classes=4, columns=32), word_piece(), classified(labels, True), most=32, labels=labels, sides={"config.json": config})
