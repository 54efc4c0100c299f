import type { Operation } from '../../swagger/operation.ts';
import type { JsonSchema, NamedSchema } from '../../swagger/schemas.ts';
import type { Prediction } from '../expected.ts';
import { pictureReadme } from '../pictures/picture-readme.ts';
import type { Fixtures } from '../tasks/task.ts';
import type { Dialect } from './dialect.ts';

/** What sets one dialect of image classifiers apart from another. */
export interface PictureDialect extends Pick<Dialect, 'title' | 'files'> {
  /** Fields of a request by the task's names for them. */
  readonly names: Readonly<Record<string, string>>;
  /** One class in an answer. */
  readonly item: (prediction: Prediction) => unknown;
  /** Its schema, from the task's. */
  readonly schema: (prediction: JsonSchema) => JsonSchema;
  /** Words on an answer: what its items are. */
  readonly says: string;
}

/** A dialect of image classifiers: other names for fields, and an answer that is a list of classes. */
export function pictureDialect({ title, files, names, item, schema, says }: PictureDialect): Dialect {
  const rename = <Fields extends object>(fields: Fields): Fields =>
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [names[name] ?? name, value])) as Fields;
  return {
    title,
    files,
    ...(names['url'] !== undefined && { url: names['url'] }),
    misfit: ({ task }) => (task === undefined || task === 'image-classification' ? undefined : 'image-classification'),
    operation: (standard): Operation => ({
      ...standard,
      ...(standard.request && {
        request: {
          ...standard.request,
          schema: withFields(standard.request.schema, rename),
          example: rename(standard.request.example),
        },
      }),
      answer: {
        ...standard.answer,
        example: [item({ className: 'seven', probability: 0.98 })],
        schema: listIn(standard.answer.schema, schema),
      },
    }),
    fixtures: ({ fixtures, sample }): Fixtures => ({
      fixtures: fixtures.map((fixture) => ({ ...fixture, response: predictionsIn(fixture.response).map(item) })),
      sample: { ...sample, event: rename(sample.event) },
    }),
    readme(standard, blueprint, sample) {
      const { task } = blueprint;
      if (task.kind !== 'image-classification') return standard;
      const { takes, errors } = pictureReadme(task.preprocessing, blueprint, sample);
      const sent = rename({ image: '<base64>', top: task.top });
      const api = `${takes}

    ${JSON.stringify(sent)}

and answers ${says}, best first:

    ${JSON.stringify([item({ className: '…', probability: 0.97 })]).replace(/]$/, ', …]')}

${errors}`;
      return { ...standard, api };
    },
  };
}

/** A request with other names for its fields; the picture is required by a name that stays. */
function withFields(schema: NamedSchema, rename: <Fields extends object>(fields: Fields) => Fields): NamedSchema {
  return schema.type === 'object' ? { ...schema, properties: rename(schema.properties) } : schema;
}

/** The list alone out of an answer that has it as a field. */
function listIn({ title, ...standard }: NamedSchema, item: PictureDialect['schema']): NamedSchema {
  const list = standard.type === 'object' ? standard.properties['predictions'] : undefined;
  if (list?.type !== 'array') throw new Error('a classifier answers with a list of predictions');
  return { title, ...list, items: item(list.items) };
}

function predictionsIn(response: unknown): readonly Prediction[] {
  return (response as { readonly predictions: readonly Prediction[] }).predictions;
}
