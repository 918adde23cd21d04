import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { manPage } from '../../scripts/docs/man.ts';
import { createProgram } from '../../src/command/program.ts';
import { leaves } from '../../src/command/tree/command.ts';
import { testContext } from '../setup/command.ts';

function mandoc(page: string, ...words: readonly string[]): string {
  const { stdout, stderr, error } = spawnSync('mandoc', words, { input: page, encoding: 'utf8' });
  if (error) throw new Error(`mandoc has to be installed: ${error.message}`);
  return stdout + stderr;
}

describe.each(['en', 'fr'] as const)('the manual page in %s', (language) => {
  const page = manPage(language, '2026-11-22');

  test('is roff that no reader complains of', () => {
    // A long line of an example is what people type: it is not broken.
    expect(mandoc(page, '-T', 'lint', '-W', 'warning')).toBe('');
  });

  test('shows every command and each of its options as they are typed', () => {
    const shown = mandoc(page, '-T', 'utf8', '-O', 'width=500')
      .split('\b')
      .map((part, index, parts) => (index < parts.length - 1 ? part.slice(0, -1) : part))
      .join('')
      .replace(/[\u2010\u2011]/g, '-');
    for (const command of leaves(createProgram(testContext().context, () => {}, language))) {
      expect(shown).toContain(command.name());
      for (const { long } of command.options) expect(shown).toContain(long);
    }
    expect(shown).toContain('bercail audit --aws --policy ministere --format json');
  });
});
