import { fileURLToPath } from 'node:url';

/** The checkout. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Where the scripts of this folder put what they install. */
export const RIG = `${ROOT}.rig/`;

/** The image that SAM runs functions in, made by base-image.sh. */
export const BASE_IMAGE = 'public.ecr.aws/lambda/nodejs:24-x86_64';
