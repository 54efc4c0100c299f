import { readSync } from 'node:fs';
import type { ErrorCode } from '../errors.ts';

/** What else a file named .onnx may be: told by its content, never by its name. */
export interface FileKind {
  readonly code: ErrorCode;
  readonly what: string;
  readonly next?: string;
}

/** First bytes, last bytes (the directory of a zip is at its end), and the first bytes as text without leading white space. */
interface Look {
  readonly head: Buffer;
  readonly tail: Buffer;
  readonly text: string;
}

const EXPORT_TORCH = 'torch.onnx.export(model, example, "model.onnx")';
const KERAS = 'In Python: keras.models.load_model("model.keras").export("model.onnx", format="onnx")';
const TREES = 'Convert it with onnxmltools where it was trained.';
const starts = (...bytes: number[]) => {
  const magic = Buffer.from(bytes);
  return ({ head }: Look): boolean => head.subarray(0, magic.length).equals(magic);
};
const ascii = (offset: number, word: string) => (look: Look) =>
  look.head.toString('latin1', offset, offset + word.length) === word;
const text = (pattern: RegExp) => (look: Look) => pattern.test(look.text);
const notOnnx = (what: string, next?: string): FileKind => ({ code: 'MODEL_NOT_ONNX', what, ...(next && { next }) });
const archive = (name: string): FileKind => ({
  code: 'MODEL_IS_ARCHIVE',
  what: `This is a ${name} archive, not a model.`,
  next: 'Unpack it and give the .onnx file in it.',
});
const pickle: FileKind = {
  code: 'MODEL_IS_PICKLE',
  what: 'This is a Python pickle (a PyTorch or scikit-learn file), which can hold any code and is not read.',
  next: `Export it to ONNX where it was trained: ${EXPORT_TORCH}`,
};

/**
 * A protobuf message of another kind that begins like a model: a small version, then a message where a model has its producer's name,
 * which never begins with a line feed.
 */
const versioned = ({ head }: Look): boolean => {
  if (head[0] !== 0x08 || (head[1] ?? 0) > 0x7f || head[2] !== 0x12) return false;
  let at = 3;
  while ((head[at] ?? 0) >= 0x80 && at < 8) at++;
  return head[at + 1] === 0x0a;
};
const holds =
  (...words: string[]) =>
  ({ head, tail }: Look): boolean =>
    words.some((word) => head.includes(word) || tail.includes(word));

const zipWith =
  (...names: string[]) =>
  (look: Look): boolean =>
    ascii(0, 'PK')(look) && holds(...names)(look);

/** The first row that matches says what the file is. */
const KINDS: readonly (readonly [(look: Look) => boolean, FileKind])[] = [
  [
    text(/^version https:\/\/git-lfs\.github\.com\/spec\//),
    { code: 'MODEL_IS_LFS_POINTER', what: 'This is a Git LFS pointer, not the model itself.', next: 'git lfs pull' },
  ],
  [
    text(/^(<!--[^]*?-->\s*)?<(!doctype\s+html|html|head|body)\b/i),
    {
      code: 'MODEL_IS_HTML',
      what: 'This is a web page, not a model: most likely the page about the download, or its error.',
      next: 'Download the file itself (on GitHub and Hugging Face: the "raw" or "resolve" link).',
    },
  ],
  [zipWith('data.pkl', 'constants.pkl'), pickle],
  [zipWith('model.weights.h5'), notOnnx('This is a Keras model.', KERAS)],
  [({ head }) => head[0] === 0x80 && (head[1] ?? 0) >= 2 && (head[1] ?? 0) <= 5, pickle],
  [text(/^(\(dp?\d*\n|\(lp?\d*\n|c[\w.]+\n\w+\n)/), pickle],
  [(look) => ascii(0, 'PK\x03\x04')(look) || ascii(0, 'PK\x05\x06')(look), archive('zip')],
  [starts(0x1f, 0x8b), archive('gzip')],
  [starts(0x42, 0x5a, 0x68), archive('bzip2')],
  [starts(0xfd, 0x37, 0x7a, 0x58, 0x5a), archive('xz')],
  [starts(0x28, 0xb5, 0x2f, 0xfd), archive('zstd')],
  [starts(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c), archive('7z')],
  [ascii(0, 'Rar!'), archive('rar')],
  [ascii(257, 'ustar'), archive('tar')],
  [ascii(4, 'TFL3'), notOnnx('This is a TensorFlow Lite model.', 'python -m tf2onnx.convert --tflite model.tflite --output model.onnx')],
  [ascii(4, 'ORTM'), notOnnx('This is a model in ONNX Runtime\'s own ORT format.', 'Give the .onnx file that it was made from.')],
  [starts(0x89, 0x48, 0x44, 0x46), notOnnx('This is an HDF5 file (Keras).', KERAS)],
  [({ head }) => head[8] === 0x7b && /^\{\s*"/.test(head.toString('latin1', 8, 24)), notOnnx('These are safetensors: weights without a graph.', `Export the model: ${EXPORT_TORCH}`)],
  [ascii(0, 'GGUF'), notOnnx('This is a GGUF file: the weights of a language model without a graph.')],
  [(look) => versioned(look) && holds('serving_default', '__saved_model_init_op', 'tensorflow')(look), notOnnx('This is a TensorFlow SavedModel.', 'python -m tf2onnx.convert --saved-model FOLDER --output model.onnx')],
  [versioned, notOnnx('This is a Core ML model.', 'Give the model that it was converted from, as ONNX.')],
  [(look) => look.head[0] === 0x0a && holds('Placeholder')(look), notOnnx('This is a TensorFlow graph.', 'python -m tf2onnx.convert --graphdef model.pb --inputs NAMES --outputs NAMES --output model.onnx')],
  [ascii(0, 'ftrt'), notOnnx('This is a TensorRT engine.', 'Give the .onnx file that it was built from.')],
  [ascii(0, '\x93NUMPY'), notOnnx('This is a NumPy array.')],
  [text(/^7767517\s/), notOnnx('This is an ncnn model.', 'Give the .onnx file that it was converted from.')],
  [text(/^tree\s+version=v\d/), notOnnx('This is a LightGBM model.', TREES)],
  [(look) => text(/^\{\s*"learner"\s*:/)(look) || ascii(0, '{L\0\0\0\0\0\0\0\x07learner')(look), notOnnx('This is an XGBoost model.', TREES)],
  [text(/^<\?xml[^]{0,200}<net\s/), notOnnx('This is an OpenVINO model.', 'Give the .onnx file that it was converted from.')],
  [starts(0xff, 0xd8, 0xff), notOnnx('This is a JPEG picture.')],
  [starts(0x89, 0x50, 0x4e, 0x47), notOnnx('This is a PNG picture.')],
  [ascii(0, '%PDF'), notOnnx('This is a PDF document.')],
  [ascii(0, '\x7fELF'), notOnnx('This is a program.')],
  [text(/^<\s*ir_version\s*:/), notOnnx('This is ONNX as text.', 'Write it in binary: onnx.save(onnx.parser.parse_model(text), "model.onnx")')],
  [text(/^(ir_version|producer_name|opset_import|graph)\s*[:{]/), notOnnx('This is ONNX as protobuf text.', 'Write it in binary: onnx.save(onnx.load("model.txt", format="textproto"), "model.onnx")')],
  [text(/^[[{]\s*["[{\d}\]]/), notOnnx('This is JSON.')],
  [text(/^<\?xml/), notOnnx('This is XML.')],
]; // prettier-ignore

const LOOK = 64 << 10;

/** What a file that is no ONNX model is, or undefined where nothing speaks against it. */
export function tellFileKind(fd: number, size: number): FileKind | undefined {
  const part = (position: number): Buffer => {
    const buffer = Buffer.alloc(Math.min(LOOK, size));
    return buffer.subarray(0, readSync(fd, buffer, 0, buffer.length, position));
  };
  const head = part(0);
  const look: Look = {
    head,
    tail: part(Math.max(0, size - LOOK)),
    text: head
      .toString('utf8', 0, 2048)
      .replace(/^\uFEFF/, '')
      .trimStart(),
  };
  return KINDS.find(([matches]) => matches(look))?.[1];
}
