/** Characters that neither IAM (`*`, `?`) nor CloudFormation (`${}`) nor a list with commas takes for something else. */
const PREFIX = /^[\w!.'()/=-]{1,512}$/;

/** Why `bucket` or `bucket/prefix` can't be one that requests may name; undefined where it can. */
export function wrongPlace(place: string): string | undefined {
  const [bucket = '', ...rest] = place.split('/');
  const prefix = rest.join('/');
  if (!isBucket(bucket))
    return 'a bucket’s name: 3 to 63 lower-case letters, digits, dots and hyphens, e.g. s3://my-pictures';
  if (rest.length === 0) return undefined;
  const odd = !PREFIX.test(prefix) || prefix.startsWith('/') || rest.some((part) => part === '.' || part === '..');
  return odd
    ? "a prefix of letters, digits and !_.'()/=- without . or .. as a part, e.g. s3://my-pictures/2025/"
    : undefined;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const isBucket = (name: string): boolean =>
  /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
  !name.includes('..') &&
  !/^\d+(\.\d+){3}$/.test(name) &&
  !name.startsWith('xn--');
