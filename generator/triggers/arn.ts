import type { Checked } from '../questions/question.ts';

/** Pattern of the ARN of a resource in some account and region. @param resource pattern of what stands after the account */
export const arnPattern = (service: string, resource: string): RegExp =>
  new RegExp(`^arn:aws[a-z-]*:${service}:[a-z0-9-]+:\\d{12}:${resource}$`);

/** A kind whose value, where there is one, is the ARN of something that is there already; without it the stack makes its own. */
export function withArn<Kind extends string>(
  kind: Kind,
  pattern: RegExp,
  example: string,
): {
  readonly parse: (value: string | undefined) => Checked<{ kind: Kind; arn?: string }>;
  readonly print: (settings: { readonly arn?: string | undefined }) => string | undefined;
} {
  return {
    parse(value) {
      if (value === undefined) return { value: { kind } };
      return pattern.test(value) ? { value: { kind, arn: value } } : { expected: `${kind}, or ${kind}=${example}` };
    },
    print: ({ arn }) => arn,
  };
}
