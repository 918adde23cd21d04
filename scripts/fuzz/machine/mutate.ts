import { mutateJson } from './json.ts';
import type { Random } from './random.ts';
import type { Seed } from './target.ts';

/** What parsers, addresses and templates give a meaning to. */
const TOKENS = [
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  ':',
  ',',
  '\\',
  '\n',
  '\t',
  ' ',
  '#',
  '&a ',
  '*a',
  '<<: *a',
  '!Ref ',
  '!Sub ',
  '!GetAtt ',
  '!If [a, b, c]',
  '!!binary ',
  '---\n',
  '...\n',
  '|\n',
  '>-\n',
  '${',
  '$${',
  '%{',
  '}}',
  '{{ .Values.x }}',
  '[[',
  '//',
  '/*',
  '<<EOT\n',
  'EOT\n',
  'null',
  'true',
  '-1',
  '1e999',
  '0x',
  '\u0000',
  '\u001b[31m',
  '\u2028',
  '\ud800',
  '\ufeff',
  '__proto__',
  'constructor',
  'module.a.module.b["x.y"]',
  'each.key',
  'var.region',
  'us-east-1',
  'arn:aws:s3:::x',
  '[resourceGroup().location]',
  "[concat('a', 'b')]",
  'Fn::Transform',
  'AWS::NoValue',
  '*/*',
  '..',
  '%00',
  '<script>',
] as const;

/** The input of this index: one to four changes to one of the seeds; the same for the same seed of the run. */
export function mutate(seeds: readonly Seed[], random: Random): Seed {
  const seed = random.pick(seeds);
  let { text } = seed;
  if (seed.form === 'json' && random.below(4) > 0) text = mutateJson(text, seeds, random);
  else
    for (let changes = random.pick([1, 1, 1, 2, 4]); changes > 0; changes -= 1)
      text = changeText(text, seeds, random);
  return { ...seed, text };
}

function changeText(text: string, seeds: readonly Seed[], random: Random): string {
  const at = random.below(text.length + 1);
  const end = Math.min(text.length, at + random.below(random.pick([2, 8, 80, 800])));
  switch (random.below(14)) {
    case 0:
      return text.slice(0, at) + text.slice(end);
    case 1:
      return text.slice(0, end) + text.slice(at);
    case 2:
      return text.slice(0, at);
    case 3:
      return text.slice(0, at) + random.pick(TOKENS).repeat(random.pick([1, 1, 1, 3, 400])) + text.slice(at);
    case 4:
      return text.slice(0, at) + String.fromCodePoint(random.below(0x300)) + text.slice(at + 1);
    case 5:
      return swapLines(text, random);
    case 6: {
      const other = random.pick(seeds).text;
      const from = random.below(other.length);
      return text.slice(0, at) + other.slice(from, from + random.below(400)) + text.slice(end);
    }
    case 7:
      return indent(text, random);
    default:
      return changeWord(text, seeds, random);
  }
}

/** What mostly still parses: one word becomes another, or something with a meaning of its own. */
function changeWord(text: string, seeds: readonly Seed[], random: Random): string {
  const from = random.below(text.length + 1);
  const word = /[\w.:-]+/.exec(text.slice(from));
  if (word === null) return text;
  const other = random.pick(seeds).text;
  const found = /[\w.:-]+/.exec(other.slice(random.below(other.length)));
  const put = random.below(4) === 0 ? random.pick(TOKENS) : (found?.[0] ?? '');
  const start = from + word.index;
  return text.slice(0, start) + put + text.slice(start + word[0].length);
}

function swapLines(text: string, random: Random): string {
  const lines = text.split('\n');
  const [a, b] = [random.below(lines.length), random.below(lines.length)];
  const line = lines[a] ?? '';
  lines[a] = lines[b] ?? '';
  lines[b] = line;
  return lines.join('\n');
}

function indent(text: string, random: Random): string {
  const lines = text.split('\n');
  const at = random.below(lines.length);
  const line = lines[at] ?? '';
  lines[at] = random.below(2) === 0 ? `  ${line}` : line.replace(/^ {1,2}/, '');
  return lines.join('\n');
}
