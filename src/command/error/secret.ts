import type { CommandContext } from '../context.ts';

const shapes = [
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /(?<=:\/\/[^\s/@:]*:)[^\s/@]+(?=@)/g,
  /(?<=\b(?:Bearer|Basic)\s{1,9})[\w.~+/=-]{8,}/gi,
  /(?<=(?:secret|passw(?:or)?d|token|api[_-]?key|access[_-]?key|account[_-]?key|signature|sig)["']?\s{0,9}[:=]\s{0,9}["']?)[^\s"',;&]{6,}/gi,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\beyJ[\w-]{8,500}\.[\w-]{8,}\.[\w-]*/g,
];

/** A text without what looks like a credential, and without what the environment holds as one. */
export function withoutSecrets(text: string, env: CommandContext['env']): string {
  const held = Object.entries(env)
    .filter(
      ([name, value]) =>
        /SECRET|TOKEN|PASSW|CREDENTIAL|_KEY(?:_ID)?$/i.test(name) && (value?.length ?? 0) >= 8,
    )
    .map(([, value]) => value ?? '');
  const hidden = held.reduce((left, value) => left.replaceAll(value, '***'), text);
  return shapes.reduce((left, shape) => left.replace(shape, '***'), hidden);
}
