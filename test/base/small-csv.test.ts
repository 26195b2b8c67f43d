import { describe, expect, it } from 'vitest';
import { readSmallCsv } from '../../src/base/small-csv.js';

const read = (text: string) => readSmallCsv(text, 'a.csv', ['id', 'name'], 'id,name');

describe('a small CSV', () => {
  it('is read by the names of its columns, in any case and order', () => {
    const text = '\uFEFFnote, Name ,ID\r\n"a, ""b""", x,1\r\n\r\n,,2\r\n';
    expect(
      read(text).map(({ where, cell }) => [where, cell('id'), cell('name'), cell('note')]),
    ).toEqual([
      ['a.csv:2', '1', 'x', 'a, "b"'],
      ['a.csv:4', '2', '', ''],
    ]);
    expect(read('id,name\n1,a\n')[0]?.cell('constructor')).toBe('');
  });

  it.each([
    ['', 'a.csv:1: the header has no column id: the file is empty'],
    ['id\n1\n', 'a.csv:1: the header has no column name: "id"'],
    ['id,name,Id\n', 'a.csv:1: the header repeats the column id: "id,name,id"'],
    ['id,name\n1,a\n\n2,b,c\n', 'a.csv:4: this row has 3 columns, and the header has 2'],
    ['id,name\n1\n', 'a.csv:2: this row has 1 column, and the header has 2'],
    ['id,name\n"1,a\n', 'a.csv: is not CSV: '],
  ])('is refused in one way: %j', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});
