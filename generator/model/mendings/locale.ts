import { operatorName, walkNodes } from '../graph.ts';
import { attributeOf, textOf, wordsOf } from '../nodes.ts';
import { AttributeProtoSchema, type NodeProto } from '../onnx_pb.ts';
import { create } from '@bufbuild/protobuf';
import type { MendingModule } from './mending.ts';

/** What Lambda's base image has (Amazon Linux 2023: glibc-minimal-langpack). */
const THERE = ['C', 'POSIX', 'C.UTF-8', 'C.utf8'];
/** Lower and upper case of all of Unicode, as in the locales of all languages but these: their i has a dot of its own. */
const UNICODE = 'C.UTF-8';
const DOTTED_I = /^(tr|az|crh|ku)\b|^(tr|az|crh|ku)_/;
/** The runtime's, where the node names none. */
const DEFAULT = 'en_US.UTF-8';
const STRING = 3; // AttributeProto.type

/** StringNormalizer asks for a locale that Lambda lacks: the model would not load there. */
export const locale: MendingModule = {
  kinds: ['locale'],
  mend(model) {
    return [...walkNodes(model)].flatMap((node) => {
      const asked = textOf(node, 'locale') ?? DEFAULT;
      if (operatorName(node.domain, node.opType) !== 'StringNormalizer') return [];
      if (!looksItUp(node) || THERE.includes(asked)) return [];
      node.attribute = node.attribute.filter(({ name }) => name !== 'locale');
      node.attribute.push(create(AttributeProtoSchema, { name: 'locale', type: STRING, s: Buffer.from(UNICODE) }));
      const but = DOTTED_I.test(asked) ? '; its dotted and dotless i are written as in other languages' : '';
      return [
        {
          kind: 'locale',
          tensor: node.output[0] ?? '',
          why: `StringNormalizer needs the locale ${asked || '(of the environment)'}, which Lambda lacks: ${UNICODE} changes case the same way${but}.`,
        },
      ];
    });
  },
};

/** The runtime constructs the locale only where letters are changed or compared without case. */
function looksItUp(node: NodeProto): boolean {
  const changes = (textOf(node, 'case_change_action') ?? 'NONE') !== 'NONE';
  const sensitive = attributeOf(node, 'is_case_sensitive')?.i === 1n;
  return changes || (!sensitive && wordsOf(node, ['stopwords']).length > 0);
}
