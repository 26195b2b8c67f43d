import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonValues, jsonValuesOf } from '../../../src/traffic/records/json-values.js';
import { chunks } from './gather.js';

/** All values of a text, with what stands around; what can't be read as its line and reason. */
async function read(text: string, size?: number, longest?: number) {
  const found = [];
  for await (const values of jsonValues(chunks(text, size), longest)) found.push(...values);
  return found.map((one) =>
    one.kind === 'value' ? [one.line, one.value] : `${one.line}: ${one.reason}`,
  );
}

describe('JSON values', () => {
  it('are the elements of a list that goes over several lines, each with its line', async () => {
    const text =
      '{\n "logGroup": "g",\n "events": [\n  {"a": 1},\n  {\n   "b": [2]\n  }\n ]\n}\n[\n "x y"\n]\n';
    expect(await read(text, 7)).toEqual([
      [4, { a: 1 }],
      [5, { b: [2] }],
      [11, 'x y'],
    ]);
    const [first] = jsonValuesOf(text);
    expect(first).toMatchObject({ around: { logGroup: 'g', events: [] } });
  });

  it('are whole where an object has lists of its own', async () => {
    const text = '{\n "tags": [1, 2],\n "deep": {"events": [3]}\n}';
    expect(await read(text)).toEqual([[1, { tags: [1, 2], deep: { events: [3] } }]]);
  });

  it('are found in one line of more than is ever held', async () => {
    const event = { message: 'x'.repeat(1000) };
    const count = 17_000;
    async function* document() {
      yield Buffer.from('{"events":[');
      for (let at = 0; at < count; at++)
        yield Buffer.from(`${at === 0 ? '' : ','}${JSON.stringify(event)}`);
      yield Buffer.from(']}');
    }
    let values = 0;
    let most = 0;
    for await (const found of jsonValues(document())) {
      values += found.filter((one) => one.kind === 'value').length;
      most = Math.max(most, found.length);
    }
    expect(values).toBe(count);
    // They are given as they come, and not at the end.
    expect(most).toBeLessThan(1100);
  });

  it('go on behind a value that is too long to be held', async () => {
    const text = `{"events":[\n"${'x'.repeat(2 ** 17)}",\n"a b"]}\n{"c":1}\n`;
    expect(await read(text, 1000, 2 ** 16)).toEqual([
      '2: is too long a value',
      [3, 'a b'],
      [4, { c: 1 }],
    ]);
  });

  it('go on behind an object that is never closed, which is one that is too long', async () => {
    const lines = ' 1,\n'.repeat(2 ** 16);
    expect(await read(`{"bytes": 1,\n${lines}{"c":1}\n`, 1000, 2 ** 16)).toEqual([
      '1: is too long a value',
      [2 ** 16 + 2, { c: 1 }],
    ]);
  });

  it.each([
    ['in one line', ''],
    ['over several lines', '\n'],
  ])(
    'of more than 64 levels are refused, and those around them are not, %s',
    async (_, between) => {
      const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
      const line = between === '' ? 1 : 3;
      const document = `{"events": [{"a": 1},${between}{"b": ${deep(61)}},${between}{"c": ${deep(62)}}, {"d": 2}]}\n`;
      const found = await read(document);
      // The document, its list and the element are three levels.
      expect(found.filter((one) => typeof one === 'string')).toEqual([
        `${line}: is nested deeper than 64 levels`,
      ]);
      expect(found).toHaveLength(4);
      expect(await read(`${deep(20_000)}\n{"e": 1}\n`)).toEqual([
        '1: is nested deeper than 64 levels',
        [2, { e: 1 }],
      ]);
    },
  );

  it('are cut short where a document breaks off, and the next is read', async () => {
    const text = '{\n "events": [\n  {"a": 1},\n  {"b":\n{"c":1}\n{\n "events": [\n  {"d": 1},\n';
    expect(await read(text, 3)).toEqual([
      [3, { a: 1 }],
      '4: is a JSON object cut short',
      [5, { c: 1 }],
      [8, { d: 1 }],
      '9: is a JSON object cut short',
    ]);
  });

  it('are no lines of another log', async () => {
    expect(await read('[INFO] a\n[31m\n')).toEqual([
      '1: is not a JSON object',
      '2: is not a JSON object',
    ]);
  });

  it('are the same in pieces of any size and in any layout', async () => {
    const value = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(value, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 4 }),
        async (values, size, indent) => {
          const wanted = values.map((one) => JSON.parse(JSON.stringify(one)));
          const document = JSON.stringify({ next: '"{[', events: values }, null, indent);
          const found = await read(document, size);
          const [whole] = found;
          // One line is given whole.
          const elements =
            indent === 0
              ? [whole?.[1]].flatMap((one) => Object(one)['events'])
              : found.map((one) => one[1]);
          expect(elements).toEqual(wanted);
        },
      ),
      { numRuns: 300 },
    );
  });
});
