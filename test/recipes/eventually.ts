import { GetObjectCommand, NoSuchKey, type S3Client } from '@aws-sdk/client-s3';
import { setTimeout as sleep } from 'node:timers/promises';

/** Polls: what an event sets off is there some time later. @throws Error after two minutes */
export async function eventually<Found>(look: () => Promise<Found | undefined>, what: string): Promise<Found> {
  for (let tries = 0; tries < 120; tries++) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(1000);
  }
  throw new Error(`There never was ${what}`);
}

/** The text of an object, once it is there. */
export const objectText = (s3: S3Client, Bucket: string, Key: string): Promise<string> =>
  eventually(async () => {
    try {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      return await Body?.transformToString();
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }, `s3://${Bucket}/${Key}`);
