import { BercailError, type Position } from '../../error.ts';
import { parseSourceText } from '../code/document.ts';
import { isValueTree, items, textOf, type Value, type ValueTree } from '../code/value.ts';

/** One object of a manifest. */
export interface Item {
  readonly tree: ValueTree;
  readonly where: Position;
  /** Where a part of it stands. */
  readonly positionOf: (path: readonly (string | number)[]) => Position;
}

/** An object that says what it is, with its id. */
export interface Named extends Item {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
}

/** Charts before they are rendered: their braces are no YAML, or worse, are. */
const CHART = /^[^#\n]*\{\{-?\s*(?:\.|include|if|with|range|define|template|toYaml|\$)/m;

/**
 * The objects of a file of manifests: documents between `---`, and the members of lists. Throws `input` with the line
 * for what does not parse, or is a chart that was not rendered.
 */
export function readItems(written: string, file: string): readonly Item[] {
  const text = withoutNotes(written);
  const chart = CHART.exec(text);
  if (chart !== null) {
    const line = text.slice(0, chart.index).split('\n').length;
    throw new BercailError('input', {
      message: 'a chart that is not rendered',
      hint: '`helm template RELEASE CHART > manifests.yaml` renders it',
      where: { file, line, column: 1 },
    });
  }
  return documents(text).flatMap(({ body, before }) => {
    const shift = (where: Position): Position => ({ ...where, line: where.line + before });
    try {
      const { tree, positionOf } = parseSourceText(body, file);
      return itemsOf(merged(tree) as ValueTree, [], (path) => shift(positionOf(path)));
    } catch (error) {
      if (!(error instanceof BercailError)) throw error;
      const problems = error.problems.map((one) => (one.where ? { ...one, where: shift(one.where) } : one));
      throw new BercailError(error.code, problems, { cause: error });
    }
  });
}

/** What `helm install --dry-run` says around the manifests: a head, and notes at the end that are no YAML. */
function withoutNotes(text: string): string {
  const first =
    text.startsWith('NAME: ') || /^\s+(?<=\n)NAME: /.test(text)
      ? /^(?:HOOKS|MANIFEST):.*$/m.exec(text)
      : null;
  if (first === null) return text;
  const end = first.index + first[0].length;
  const blank = text.slice(0, end).replace(/[^\n]/g, '');
  const rest = text.slice(end).replace(/^(?:HOOKS|MANIFEST):[ \t]*$/gm, '');
  return `${blank}${rest.replace(/^NOTES:[ \t]*$[^]*/m, '')}`;
}

interface Document {
  readonly body: string;
  /** How many lines of the file stand before it. */
  readonly before: number;
}

/** Each document alone. */
function documents(text: string): readonly Document[] {
  const lines = text.split(/\r?\n/);
  const starts = [-1, ...lines.flatMap((line, i) => (/^(?:---(?:\s|$)|\.\.\.\s*$)/.test(line) ? [i] : []))];
  return starts.flatMap((start, i) => {
    const body = lines.slice(start + 1, starts[i + 1] ?? lines.length);
    const isEmpty = body.every((line) => /^\s*(#.*)?$/.test(line) || line.startsWith('%'));
    return isEmpty ? [] : [{ body: body.join('\n'), before: start + 1 }];
  });
}

/** `<<: *other`, which YAML 1.2 dropped and these files still use: own members count before merged ones. */
function merged(value: Value): Value {
  if (Array.isArray(value)) return (value as readonly Value[]).map(merged);
  if (!isValueTree(value)) return value;
  const { '<<': from, ...rest } = value;
  const own = Object.entries(rest).map(([key, one]) => [key, merged(one)] as const);
  const bases = items(merged(from))
    .filter(isValueTree)
    .toReversed()
    .flatMap(Object.entries<Value>);
  return Object.fromEntries([...bases, ...own]);
}

function itemsOf(
  tree: ValueTree,
  path: readonly (string | number)[],
  positionOf: Item['positionOf'],
): readonly Item[] {
  const list = tree['items'];
  if ((textOf(tree['kind']) ?? '').endsWith('List') && Array.isArray(list))
    return (list as readonly Value[]).flatMap((one, i) =>
      isValueTree(one) ? itemsOf(one, [...path, 'items', i], positionOf) : [],
    );
  return [{ tree, where: positionOf(path), positionOf: (more) => positionOf([...path, ...more]) }];
}
