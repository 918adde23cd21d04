import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createScope, evaluateNode } from '../../../src/collect/terraform/configuration/evaluate.ts';
import { referencesOf } from '../../../src/collect/terraform/configuration/reference.ts';
import { parseBody } from '../../../src/collect/terraform/hcl/body.ts';
import type { Node } from '../../../src/collect/terraform/hcl/node.ts';
import { BercailError } from '../../../src/error.ts';
import type { Json } from '../../../src/inventory/fact.ts';

const scope = createScope({ plan: null, code: null, variables: new Map(), keysFollowPasses: false }, []);

function parse(expression: string): Node {
  const node = parseBody(`x = ${expression}\n`, 'main.tf').attributes.get('x')?.value;
  if (node === undefined) throw new Error('nothing was read');
  return node;
}

describe('an expression', () => {
  test.each<readonly [code: string, value: Json]>([
    ['"a"', 'a'],
    ['"a\\n\\"b\\" \\u00e9"', 'a\n"b" é'],
    ['"$${a} %%{b}"', '${a} %{b}'],
    ['"${1}"', 1],
    ['"x${"y"}z"', 'xyz'],
    ['"${"${"deep"}"}"', 'deep'],
    ['1.5e3', 1500],
    ['-2 + 3 * 4', 10],
    ['(1 + 2) * 3', 9],
    ['!true', false],
    ['1 < 2 && 2 >= 2', true],
    ['null', null],
    ['true ? "a" : "b"', 'a'],
    ['"a" == "a" ? 1 : 2', 1],
    ['false && nothing.known', false],
    ['true || nothing.known', true],
    ['[1, "b", [true],]', [1, 'b', [true]]],
    ['{ a = 1, "b" : 2 }', { a: 1, b: 2 }],
    ['{\n  a = 1\n  b = [\n    2,\n  ]\n}', { a: 1, b: [2] }],
    ['[\n  1, # one\n  2, // two\n  /* three */ 3\n]', [1, 2, 3]],
    ['{ a = { b = "c" } }.a.b', 'c'],
    ['["a", "b"][1]', 'b'],
    ['[["a"]].0.0', 'a'],
    ['{ a = 1 }["a"]', 1],
    ['<<EOT\na ${"b"}\n  c\nEOT', 'a b\n  c\n'],
    ['<<-EOT\n    a\n      b\n  EOT', 'a\n  b\n'],
    ['lookup({ a = "x" }, "b", "y")', 'y'],
    ['merge({ a = 1 }, { b = 2 })', { a: 1, b: 2 }],
    ['format("%s-%d", "a", 1)', 'a-1'],
    ['coalesce(null, "", "a")', 'a'],
    ['element(["a", "b"], 3)', 'b'],
    ['toset(["a", "a"])', ['a']],
  ])('%s has a value', (code, value) => {
    const answer = evaluateNode(parse(code), scope);
    expect(answer).toMatchObject({ known: true, value });
  });

  test.each([
    'var.x',
    '[for s in ["a"] : upper(s) if s != ""]',
    '{ for k, v in {} : k => v... }',
    '"%{ if true }a%{ else }b%{ endif }"',
    'file("x")',
    'a.b[*].c',
    'a.*.b',
    'f([1, 2]...)',
    'provider::aws::arn_parse("x").region',
    '"a" + 1',
    '"${~ "x" ~}"',
  ])('%s is read, and has no value that is told', (code) =>
    expect(evaluateNode(parse(code), scope).known).toBe(false),
  );

  test.each<readonly [code: string, references: readonly string[]]>([
    ['var.a', ['var.a']],
    ['"${var.a}-${local.b["c"].d}"', ['var.a', 'local.b["c"].d']],
    ['aws_s3_bucket.b[0].arn', ['aws_s3_bucket.b[0].arn']],
    ['aws_s3_bucket.b[each.key].arn', ['aws_s3_bucket.b', 'each.key']],
    ['[for s in var.list : s.id if module.m.on]', ['var.list', 's.id', 'module.m.on']],
    ['var.on ? data.x.y.z : null', ['var.on', 'data.x.y.z']],
    ['{ (var.k) = var.v }', ['var.k', 'var.v']],
    ['{ k = var.v }', ['var.v']],
    ['{ (k) = 1 }', ['k']],
  ])('%s refers to what Terraform says it does', (code, references) => {
    expect(referencesOf({ kind: 'code', node: parse(code), where: null })).toEqual(references);
  });
});

test('blocks have their labels and their place', () => {
  const body = parseBody(
    '#!shebang\n\nresource "aws_s3_bucket" "b" { bucket = "x" }\nlocals {}\nmodule m {\n  nested { a = 1 }\n}\n',
    'main.tf',
  );
  expect(body.blocks.map(({ type, labels, where }) => [type, labels, where.line, where.column])).toEqual([
    ['resource', ['aws_s3_bucket', 'b'], 3, 1],
    ['locals', [], 4, 1],
    ['module', ['m'], 5, 1],
  ]);
});

test.each<readonly [code: string, line: number, column: number]>([
  ['resource "a" "b" {\n', 2, 1],
  ['a = \n', 1, 5],
  ['a = "x\n', 1, 5],
  ['a = [1\n', 2, 1],
  ['a = <<EOT\nx\n', 1, 5],
  ['a b\n', 1, 4],
  ['a = 1 b = 2\n', 1, 7],
  ['}', 1, 1],
  ['a = "${b"\n', 1, 9],
  ['/* x', 1, 1],
  ['{"json": 1}', 1, 1],
])('%j is refused at its line and column', (code, line, column) => {
  expect(() => parseBody(code, 'main.tf')).toThrow(
    expect.objectContaining({
      problems: [expect.objectContaining({ where: { file: 'main.tf', line, column } })],
    }),
  );
});

test('whatever the text, code is read or refused', () => {
  const piece = fc.constantFrom(
    'resource',
    ' "a" ',
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    '=',
    '${',
    '%{',
    '"',
    '\n',
    ' ',
    '<<E\n',
    'E\n',
    '.',
    '*',
    'x',
    '1',
    ',',
    ':',
    '?',
    '=>',
    'for ',
    ' in ',
    '#',
    '/*',
    '*/',
    '!',
    '-',
    '...',
    '\\',
    '~',
    'é',
    '\u{1f600}',
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 40 }).map((parts) => parts.join('')),
      (text) => {
        try {
          parseBody(text, 'main.tf');
        } catch (error) {
          expect(error).toBeInstanceOf(BercailError);
        }
      },
    ),
    { numRuns: 3000 },
  );
});

test.each(['(', '[', '{ a = ', 'f(', '!', '"${'])('%s without end is refused, not followed', (open) => {
  expect(() => parseBody(`x = ${open.repeat(50_000)}`, 'main.tf')).toThrow(BercailError);
});
