import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { root } from '../../src/io/root.ts';
import { describeWithMoto } from '../setup/describe-with-moto.ts';

const block =
  /## Your own AWS account[^]*?```sh\n([^]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8'))?.[1] ??
  '';
const commands = block.trim().split('\n');

test('the newcomer’s path has at most six commands, and begins with the install', () => {
  expect(commands.length).toBeGreaterThan(2);
  expect(commands.length).toBeLessThanOrEqual(6);
  expect(commands[0]).toBe('npm ci');
});

describeWithMoto('the newcomer’s path of the README', (endpoint) => {
  test('leads to a first report on an account, as it is written', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bercail-newcomer-'));
    try {
      const config = join(folder, 'aws');
      await writeFile(
        config,
        '[profile audit]\nregion = eu-west-3\naws_access_key_id = test\naws_secret_access_key = test\n',
      );
      const env = {
        PATH: process.env['PATH'],
        HOME: folder,
        AWS_CONFIG_FILE: config,
        AWS_ENDPOINT_URL: endpoint(),
        BERCAIL_CACHE: join(folder, 'cache'),
      };
      const codes: number[] = [];
      for (const command of commands.slice(1)) {
        expect(command).toMatch(/^npx bercail /);
        const words = command.split(' ').slice(2);
        codes.push(
          await new Promise((resolve) => {
            execFile(
              process.execPath,
              [join(root, 'src/cli.ts'), ...words],
              { cwd: folder, env, maxBuffer: 1 << 26 },
              (error) => resolve(error === null ? 0 : Number(error.code)),
            );
          }),
        );
      }
      // An empty manifest leaves questions open: the last may say that evidence is missing, never that input is wrong.
      expect(codes.slice(0, -1)).toEqual(codes.slice(0, -1).map(() => 0));
      expect([0, 1, 3]).toContain(codes.at(-1));
      expect(await readdir(join(folder, 'report'))).toEqual(['bercail.html.html']);
    } finally {
      await rm(folder, { recursive: true });
    }
  }, 600_000);
});
