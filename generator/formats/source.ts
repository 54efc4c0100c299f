import type { SideFile, SideRole } from '../hints/side-files.ts';

/** How the files of a source lie. */
export type SourceKind =
  'onnx' | 'torchserve' | 'multi-model-server' | 'triton' | 'hugging-face' | 'sagemaker' | 'files';

/** What somebody pointed at, opened: one model on this machine, and what was found with it. */
export interface Source {
  readonly kind: SourceKind;
  /** Absolute: the model file, or the archive that it is in. */
  readonly path: string;
  /** The model's path inside the archive. */
  readonly member?: string | undefined;
  /** Absolute. In a temporary folder where it came out of an archive. */
  readonly modelFile: string;
  /** What it is called, where its file, layout or archive says so. */
  readonly modelName: string | undefined;
  readonly sideFiles: readonly SideFile[];
  /** One sentence for the user: which model was taken, out of what. None for a file that was named itself. */
  readonly note: string | undefined;
  /** Where it came from, if that was the web. */
  readonly origin?: Origin | undefined;
  /** Removes what was unpacked. May be called twice. */
  dispose(): Promise<void>;
}

/** A file on the web that has the model, as it is there. */
export interface Origin {
  readonly url: string;
  /** Of the file, as is the size in bytes. */
  readonly sha256: string;
  readonly size: number;
  readonly format: 'file' | ArchiveKind;
  /** The model's path in an archive. */
  readonly member: string | undefined;
  /** Bytes of all that lies in the model's folder. */
  readonly unpacked: number;
}

export type ArchiveKind = 'zip' | 'tar' | 'tar.gz';

export interface SourceOptions {
  readonly signal?: AbortSignal;
  /** What relative paths start from. */
  readonly cwd?: string | undefined;
  /** Where credentials, region and endpoint for S3 are. */
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** What the file must be (64 hexadecimal digits); of a folder, the model file in it. */
  readonly sha256?: string | undefined;
  /** Asks which of several models is meant; where it is left out, several are refused. */
  readonly pick?: ((models: readonly string[], tree: Tree) => Promise<string>) | undefined;
  /** Which model of several: its path inside the folder or archive, or the end of it. */
  readonly file?: string | undefined;
  /** Which numbered version of a Triton entry; the newest where it is left out. */
  readonly version?: number | undefined;
  /** Where the temporary folder is made. */
  readonly tempRoot?: string | undefined;
}

/** The files of a folder or archive: paths with forward slashes, sizes in bytes. */
export interface Tree {
  /** Undefined for a folder. */
  readonly archive?: ArchiveKind | undefined;
  /** Words for it in a sentence, e.g. `the zip model.zip`. */
  readonly name: string;
  readonly where: string;
  readonly files: ReadonlyMap<string, number>;
  /** Sees to it that these files are on this machine; answers with the folder that their paths start from. */
  place(paths: readonly string[]): Promise<string>;
}

/** What one layout makes of a tree. */
export interface Choice {
  /** The models that come into question, best first where one goes before the others. */
  readonly models: readonly string[];
  /** Files that the layout itself names, beside those of the common table. */
  readonly sides?: readonly (readonly [path: string, role: SideRole])[];
  /** What the layout calls the model. */
  readonly name?: string | undefined;
  /** More for the note, a sentence. */
  readonly more?: string | undefined;
}

/** One way of laying files out. */
export interface Layout {
  readonly kind: Exclude<SourceKind, 'onnx'>;
  readonly title: string;
  /** @returns undefined where the files don't lie this way */
  choose(tree: Tree, options: SourceOptions): Choice | undefined | Promise<Choice | undefined>;
}
