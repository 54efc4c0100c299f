import { byIndex } from './label-values.ts';

/** `n01440764 tench, Tinca tinca` */
const SYNSET = /^n\d{8}[\s,]+(?=\S)/;
/** `0 tench`, `0: tench`, `0,tench` */
const INDEXED = /^(\d+)\s*[:,;\t ]\s*(\S.*)$/;
/** Words in a CSV's first row that name the column of the names, and that of the indices. */
const NAME_COLUMN = /^(class[ _]?name|name|label|class|category)s?$/i;
const INDEX_COLUMN = /^(id|index|idx|class[ _]?(id|index)|label[ _]?id|number)$/i;

/**
 * Class names from lines of text. What stands before the names is cut off only where it stands before all of them: ImageNet
 * ids, or the indices 0…n−1.
 *
 * @param csv the file's name says that it has columns
 */
export function namesFromLines(text: string, csv: boolean): string[] {
  const lines = text.split(/\r\n|\n|\r/).map((line) => line.trim());
  const columns = namesFromColumns(lines, csv);
  if (columns) return columns;
  if (lines.every((line) => SYNSET.test(line))) return lines.map((line) => line.replace(SYNSET, ''));
  const indexed = lines.map((line) => INDEXED.exec(line));
  return byIndex(indexed.map((match) => [match?.[1] ?? '', match?.[2]])) ?? lines;
}

/** A table with a header, by its columns; a file that is called CSV may do without one. */
function namesFromColumns(lines: readonly string[], csv: boolean): string[] | undefined {
  const [first = '', ...rest] = lines;
  const separator = ['\t', ';', ','].find((one) => first.includes(one));
  if (separator === undefined) return csv && NAME_COLUMN.test(first) && rest.length > 0 ? rest : undefined;
  const header = cells(first, separator);
  const name = header.findIndex((cell) => NAME_COLUMN.test(cell));
  const index = header.findIndex((cell) => INDEX_COLUMN.test(cell));
  if (name >= 0 && (csv || index >= 0) && rest.length > 0) {
    const rows = rest.map((line) => cells(line, separator));
    const inOrder = index < 0 ? undefined : byIndex(rows.map((row) => [row[index] ?? '', row[name]]));
    return inOrder ?? rows.map((row) => row[name] ?? '');
  }
  if (!csv) return undefined;
  const rows = lines.map((line) => cells(line, separator));
  return byIndex(rows.map((row) => [row[0] ?? '', row.at(-1)])) ?? rows.map((row) => row.at(-1) ?? '');
}

/** One line of CSV; a cell in double quotes may hold the separator. */
export function cells(line: string, separator: string): string[] {
  const parts: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const char = line[i] as string;
    if (char === '"' && quoted && line[i + 1] === '"') cell += line[++i] as string;
    else if (char === '"') quoted = !quoted;
    else if (char === separator && !quoted) {
      parts.push(cell.trim());
      cell = '';
    } else cell += char;
  }
  return [...parts, cell.trim()];
}
