import fc from 'fast-check';
import { sha256, type Content } from '../../../generator/update/content.ts';
import {
  nextBase,
  planUpdate,
  type Action,
  type Place,
  type Sides,
  type Wish,
} from '../../../generator/update/plan.ts';

const content = (text: string): Content => ({ sha256: sha256(text), text });
const file = (text: string): Place => ({ kind: 'file', content: content(text) });
const absent: Place = { kind: 'absent' };

const one = (
  base: string | undefined,
  mine: Place,
  theirs: string | undefined,
  wish: Wish = 'keep',
  path = 'f',
): Action | undefined =>
  planUpdate(
    {
      [path]: {
        base: base === undefined ? undefined : content(base),
        mine,
        theirs: theirs === undefined ? undefined : content(theirs),
      },
    },
    () => wish,
  )[path];

const kept = (why: string) => ({ kind: 'keep', why });

describe('a file', () => {
  test.each([
    ['that nobody touched is replaced', 'a', file('a'), 'b', 'keep', { kind: 'replace', edited: false }],
    ['that is as it would be is left', 'a', file('b'), 'b', 'keep', { kind: 'same' }],
    ['that is new is added', undefined, absent, 'b', 'keep', { kind: 'add' }],
    ['that is edited is kept', 'a', file('x'), 'b', 'keep', kept('edited')],
    ['that nobody knows of is kept', undefined, file('x'), 'b', 'keep', kept('edited')],
    ['that is edited is replaced on request', 'a', file('x'), 'b', 'replace', { kind: 'replace', edited: true }],
    ['that is edited stays where nothing new is emitted', 'a', file('x'), 'a', 'merge', kept('nothing-new')],
    ['that was removed stays away', 'a', absent, 'b', 'merge', kept('removed')],
    ['that was removed comes back on request', 'a', absent, 'b', 'replace', { kind: 'add' }],
    ['that is not needed goes', 'a', file('a'), undefined, 'keep', { kind: 'delete' }],
    [
      'that is not needed but edited stays, whatever is asked',
      'a',
      file('x'),
      undefined,
      'replace',
      kept('not-emitted'),
    ],
    ['that can be merged is', 'a\nb\nc', file('A\nb\nc'), 'a\nb\nC', 'merge', { kind: 'merge', text: 'A\nb\nC' }],
    ['without a base is not merged', undefined, file('A\nb'), 'a\nb', 'merge', kept('edited')],
    [
      'with two edits in one place has both, between marks',
      'a\nb',
      file('x\nb'),
      'y\nb',
      'merge',
      { kind: 'conflict', text: '<<<<<<< yours\nx\n=======\ny\n>>>>>>> update\nb' },
    ],
  ] as const)('%s', (_, base, mine, theirs, wish, action) => {
    expect(one(base, mine, theirs, wish)).toEqual(action);
  });

  test('that is a link is never written through', () => {
    expect(one('a', { kind: 'other', content: content('a') }, 'b', 'replace')).toEqual(kept('link'));
    expect(one('a', { kind: 'other', content: content('b') }, 'b')).toEqual({ kind: 'same' });
  });

  test('that is yours is written once, and never again', () => {
    for (const wish of ['keep', 'merge', 'replace'] as const) {
      expect(one('a', file('a'), 'b', wish, 'src/customize.ts')).toEqual(kept('yours'));
      expect(one('a', absent, 'b', wish, 'src/customize.ts')).toEqual(kept('removed'));
      expect(one(undefined, absent, 'b', wish, 'src/customize.ts')).toEqual({ kind: 'add' });
    }
  });

  test('with CR LF keeps it when it is merged', () => {
    const mine: Place = { kind: 'file', content: { ...content('A\nb\nc'), crlf: true } };
    expect(one('a\nb\nc', mine, 'a\nb\nC', 'merge')).toEqual({ kind: 'merge', text: 'A\r\nb\r\nC' });
  });
});

const text = fc.array(fc.constantFrom('a', 'b', 'c', '}'), { maxLength: 6 }).map((lines) => lines.join('\n'));
const maybe = fc.option(text, { nil: undefined });
const sides = fc.record({ base: maybe, mine: maybe, theirs: maybe }).map(({ base, mine, theirs }): Sides => ({
  base: base === undefined ? undefined : content(base),
  mine: mine === undefined ? absent : file(mine),
  theirs: theirs === undefined ? undefined : content(theirs),
}));
const wishes = fc.constantFrom<Wish>('keep', 'merge', 'replace');

/** What is there once an action is done. */
function done(action: Action, { mine, theirs }: Sides): Place {
  if (action.kind === 'delete') return absent;
  if ('text' in action) return file(action.text);
  return (action.kind === 'add' || action.kind === 'replace') && theirs ? { kind: 'file', content: theirs } : mine;
}

describe('whatever a project has', () => {
  test('an update twice is an update once', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('a', 'src/customize.ts', 'b'), sides), wishes, (before, wish) => {
        const plan = planUpdate(before, () => wish);
        const base = nextBase(before, plan);
        const after = Object.fromEntries(
          Object.entries(before).map(([path, side]) => [
            path,
            { base: base[path], mine: done(plan[path] as Action, side), theirs: side.theirs },
          ]),
        );
        for (const action of Object.values(planUpdate(after, () => wish)))
          expect(['same', 'keep']).toContain(action.kind);
      }),
    );
  });

  test('nothing that was written by hand is lost, unless it is asked for', () => {
    fc.assert(
      fc.property(sides, fc.constantFrom<Wish>('keep', 'merge'), (side, wish) => {
        fc.pre(side.mine.kind === 'file' && side.mine.content.sha256 !== side.base?.sha256);
        const action = planUpdate({ f: side }, () => wish)['f'] as Action;
        expect(['same', 'keep', 'merge', 'conflict']).toContain(action.kind);
        const lines = side.mine.kind === 'file' ? (side.mine.content.text ?? '').split('\n') : [];
        const added = lines.filter((line) => !(side.base?.text ?? '').split('\n').includes(line));
        if ('text' in action) expect(action.text.split('\n')).toEqual(expect.arrayContaining(added));
      }),
    );
  });

  test('what nobody touched becomes what is emitted', () => {
    fc.assert(
      fc.property(text, maybe, wishes, (before, theirs, wish) => {
        const side: Sides = {
          base: content(before),
          mine: file(before),
          theirs: theirs === undefined ? undefined : content(theirs),
        };
        const after = done(planUpdate({ f: side }, () => wish)['f'] as Action, side);
        expect(after).toEqual(theirs === undefined ? absent : file(theirs));
      }),
    );
  });
});
