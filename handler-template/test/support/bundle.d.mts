export const NODE_PATH: string;
export function bundle(entry: string, outfile: string): Promise<void>;
