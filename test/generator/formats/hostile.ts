import { gzipSync } from 'node:zlib';
import type { ErrorCode } from '../../../generator/errors.ts';
import { writeTar, type TarItem } from './write-tar.ts';
import { writeZip, type ZipItem } from './write-zip.ts';

type Row = readonly [name: string, code: ErrorCode, bytes: () => Buffer];

const zeros = (megabytes: number): Buffer => Buffer.alloc(megabytes << 20);

/** Archives that must be refused, with the exact code; each also holds the model that would be found. */
export function hostile(model: Buffer): readonly Row[] {
  const good = { name: 'model.onnx', data: model };
  const zip = (...items: ZipItem[]) => writeZip([good, ...items]);
  const tar = (...items: TarItem[]) => writeTar([good, ...items]);
  const gz = (...items: TarItem[]) => gzipSync(tar(...items));
  const secret = { name: 'labels.txt', data: 'x' };
  return [
    ['zip: ..', 'MODEL_ARCHIVE_UNSAFE', () => zip({ name: '../labels.txt', data: 'x' })],
    ['zip: .. in the middle', 'MODEL_ARCHIVE_UNSAFE', () => zip({ name: 'a/../../labels.txt', data: 'x' })],
    ['zip: absolute', 'MODEL_ARCHIVE_UNSAFE', () => zip({ name: '/tmp/labels.txt', data: 'x' })],
    ['zip: drive letter', 'MODEL_ARCHIVE_UNSAFE', () => zip({ name: 'C:labels.txt', data: 'x' })],
    ['zip: backslashes', 'MODEL_ARCHIVE_UNSAFE', () => zip({ name: '..\\labels.txt', data: 'x' })],
    ['zip: NUL', 'MODEL_ARCHIVE_UNSAFE', () => zip({ name: 'labels.txt\0.onnx', data: 'x' })],
    ['zip: link', 'MODEL_ARCHIVE_UNSAFE', () => zip({ name: 'labels.txt', data: '/etc/passwd', mode: 0o120777 })],
    ['zip: device', 'MODEL_ARCHIVE_UNSAFE', () => zip({ name: 'labels.txt', mode: 0o060644 })],
    ['zip: the same name twice', 'MODEL_ARCHIVE_UNSAFE', () => zip({ name: './model.onnx', data: 'x' })],
    ['zip: a file as a folder', 'MODEL_ARCHIVE_BROKEN', () => zip({ name: 'model.onnx/labels.txt', data: 'x' })],
    ['zip: encrypted', 'MODEL_ARCHIVE_UNSUPPORTED', () => zip({ ...secret, flags: 1 })],
    ['zip: strongly encrypted', 'MODEL_ARCHIVE_UNSUPPORTED', () => zip({ ...secret, flags: 0x41 })],
    ['zip: another method', 'MODEL_ARCHIVE_UNSUPPORTED', () => zip({ ...secret, method: 12 })],
    ['zip: cut short', 'MODEL_ARCHIVE_BROKEN', () => zip(secret).subarray(0, -30)],
    ['zip: its directory is overwritten', 'MODEL_ARCHIVE_BROKEN', () => overwritten(zip(secret))],
    ['zip: overlapping files', 'MODEL_ARCHIVE_BROKEN', () => zip({ ...secret, says: { packed: 1 << 20 } })],
    ['zip: a wrong checksum', 'MODEL_ARCHIVE_BROKEN', () => zip({ ...secret, says: { crc: 1 } })],
    ['zip: more than it says', 'MODEL_ARCHIVE_BROKEN', () => zip({ name: 'labels.txt', data: zeros(1), says: { size: 9 } })],
    ['zip: bomb', 'MODEL_ARCHIVE_TOO_LARGE', () => zip({ name: 'labels.txt', data: zeros(64) })],
    ['zip: says 4 GB three times', 'MODEL_ARCHIVE_TOO_LARGE', () => zip(...['a', 'b', 'c'].map((name) => ({ name, says: { size: 0xfffffff0 } })))],
    ['zip: too many entries', 'MODEL_ARCHIVE_TOO_LARGE', () => zip(...Array.from({ length: 20_001 }, (_, i) => ({ name: `f${i}`, method: 0 })))],
    ['tar: ..', 'MODEL_ARCHIVE_UNSAFE', () => tar({ name: '../labels.txt', data: 'x' })],
    ['tar: absolute', 'MODEL_ARCHIVE_UNSAFE', () => tar({ name: '/tmp/labels.txt', data: 'x' })],
    ['tar: link', 'MODEL_ARCHIVE_UNSAFE', () => tar({ name: 'labels.txt', type: '2', link: '/etc/passwd' })],
    ['tar: hard link', 'MODEL_ARCHIVE_UNSAFE', () => tar({ name: 'labels.txt', type: '1', link: 'model.onnx' })],
    ['tar: device', 'MODEL_ARCHIVE_UNSAFE', () => tar({ name: 'labels.txt', type: '4' })],
    ['tar: named pipe', 'MODEL_ARCHIVE_UNSAFE', () => tar({ name: 'labels.txt', type: '6' })],
    ['tar: the same name twice', 'MODEL_ARCHIVE_UNSAFE', () => tar(good)],
    ['tar: sparse file', 'MODEL_ARCHIVE_UNSUPPORTED', () => tar({ name: 'labels.txt', type: 'S' })],
    ['tar: cut short inside the model', 'MODEL_ARCHIVE_BROKEN', () => tar().subarray(0, 2048)],
    ['tar: cut short between files', 'MODEL_ARCHIVE_BROKEN', () => tar(secret).subarray(0, -2048)],
    ['tar: a wrong checksum', 'MODEL_ARCHIVE_BROKEN', () => tar({ ...secret, says: { checksum: 1 } })],
    ['tar: says more than any disk here', 'MODEL_ARCHIVE_TOO_LARGE', () => tar({ name: 'labels.txt', says: { size: 11 * 2 ** 30 } }, secret)],
    ['tar.gz: ..', 'MODEL_ARCHIVE_UNSAFE', () => gz({ name: 'code/../../labels.txt', data: 'x' })],
    ['tar.gz: link', 'MODEL_ARCHIVE_UNSAFE', () => gz({ name: 'code', type: '2', link: '/etc' })],
    ['tar.gz: cut short', 'MODEL_ARCHIVE_BROKEN', () => gz(secret).subarray(0, -40)],
    ['tar.gz: bomb', 'MODEL_ARCHIVE_TOO_LARGE', () => gz({ name: 'labels.txt', data: zeros(64) })],
  ]; // prettier-ignore
}

function overwritten(zip: Buffer): Buffer {
  return zip.fill(0x41, zip.length - 60, zip.length - 30);
}
