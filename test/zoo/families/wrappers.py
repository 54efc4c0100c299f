"""One classifier in every wrapper that people hold models in."""
import json
import tarfile
import zipfile

from case import Case, case, save
from families.vision import NAMES, classifier, picture


def model(folder, name="model.onnx"):
    return save(folder, classifier(["N", 3, 32, 32]).model({"scores": ["N", 10]}), name)


def wrapped(folder, wrapper: str, original: str, labels=NAMES) -> Case:
    return Case(wrapper, [{"image": picture(1, 1, 3, 32, 32)}], labels=labels, original=original)


def pack(folder, archive: str, files: dict) -> str:
    """A zip with these files: names in it to names in the folder, or to text."""
    with zipfile.ZipFile(folder / archive, "w", zipfile.ZIP_DEFLATED) as out:
        for name, source in files.items():
            out.writestr(name, (folder / source).read_bytes() if source.endswith(".onnx") else source)
    return archive


SYNSET = "\n".join(NAMES)


@case("wrapper-zip", "image-classification")
def zipped(folder):
    name = model(folder)
    return wrapped(folder, pack(folder, "digits.zip", {"digits/model.onnx": name, "digits/synset.txt": SYNSET}), name)


@case("wrapper-torchserve", "image-classification")
def torchserve(folder):
    name = model(folder)
    manifest = {"runtime": "python", "model": {"modelName": "digits", "modelVersion": "1.0", "serializedFile": "model.onnx", "handler": "handler.py"}, "archiverVersion": "0.12.0"}
    names = json.dumps({str(i): label for i, label in enumerate(NAMES)})
    files = {"MAR-INF/MANIFEST.json": json.dumps(manifest), "model.onnx": name, "index_to_name.json": names, "handler.py": "# a handler\n"}
    return wrapped(folder, pack(folder, "digits.mar", files), name)


@case("wrapper-model-server", "image-classification")
def model_server(folder):
    name = model(folder)
    manifest = {"engine": {"engineName": "MXNet"}, "model": {"modelName": "digits", "modelVersion": "1.0", "handler": "service:handle"}, "specificationVersion": "1.0"}
    signature = {"inputs": [{"data_name": "image", "data_shape": [1, 3, 32, 32]}], "input_type": "image/jpeg"}
    files = {"MAR-INF/MANIFEST.json": json.dumps(manifest), "model.onnx": name, "signature.json": json.dumps(signature), "synset.txt": SYNSET}
    return wrapped(folder, pack(folder, "digits.mar", files), name)


@case("wrapper-sagemaker", "image-classification")
def sagemaker(folder):
    name = model(folder)
    stray = folder / "stray"
    stray.write_bytes(b"\x00\x05\x16\x07")
    (folder / "inference.py").write_text("# code\n")
    (folder / "labels.txt").write_text(SYNSET)
    with tarfile.open(folder / "model.tar.gz", "w:gz") as out:
        for source, inside in ((stray, "._model.onnx"), (folder / name, "export/model.onnx"), (folder / "labels.txt", "export/labels.txt"), (folder / "inference.py", "code/inference.py")):
            out.add(source, inside)
    return wrapped(folder, "model.tar.gz", name)


@case("wrapper-triton", "image-classification")
def triton(folder):
    (folder / "digits").mkdir()
    (folder / "digits/config.pbtxt").write_text(
        'name: "digits"\nplatform: "onnxruntime_onnx"\nmax_batch_size: 8\n'
        'input [ { name: "image" data_type: TYPE_FP32 dims: [ 3, 32, 32 ] } ]\n'
        'output [ { name: "scores" data_type: TYPE_FP32 dims: [ 10 ] label_filename: "labels.txt" } ]\n'
    )
    (folder / "digits/labels.txt").write_text(SYNSET)
    for version in ("2", "10"):
        name = model(folder, f"digits/{version}/model.onnx")
    return wrapped(folder, "digits", name)


@case("wrapper-hugging-face", "image-classification")
def hugging_face(folder):
    name = model(folder, "digits/onnx/model.onnx")
    config = {"architectures": ["ViTForImageClassification"], "id2label": {str(i): label for i, label in enumerate(NAMES)}}
    (folder / "digits/config.json").write_text(json.dumps(config))
    steps = {"do_resize": True, "size": {"height": 32, "width": 32}, "do_rescale": True, "rescale_factor": 1 / 255, "do_normalize": False, "resample": 2}
    (folder / "digits/preprocessor_config.json").write_text(json.dumps(steps))
    return wrapped(folder, "digits", name)
