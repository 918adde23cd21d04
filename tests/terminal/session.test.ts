import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readWaivers } from '../../src/config/waiver.ts';
import { type Folder, scratchFolder } from '../setup/command-line.ts';
import { describeWithProgram } from '../setup/tool.ts';
import { openSession, type Session } from './tmux.ts';

const datasets = `datasets:
  results: {title: Results, subjects: [pupil], categories: [education.results]}`;
const assets = `assets:
  platform: {kind: database, operator: controller, place: {provider: aws, region: eu-west-1}, holds: [results]}`;

describeWithProgram('a session at a terminal', ['tmux'], () => {
  let folder: Folder;
  let tools: Folder;
  let session: Session;

  beforeEach(async () => {
    folder = await scratchFolder();
    tools = await scratchFolder();
    session = await openSession(folder.path(), tools.path());
  });
  afterEach(async () => {
    await session.end();
    await folder.remove();
    await tools.remove();
  });

  /** From an empty folder, as a newcomer: each question of `init` answered at the keyboard, then the manifest filled in. */
  async function initialise(): Promise<void> {
    await session.type('bercail init; echo "began with $?"');
    await session.press('Enter');
    await session.until('Who are you');
    await session.press('Enter');
    await session.until('A short name');
    await session.press('C-u');
    await session.type('Évaluations');
    await session.press('Enter');
    await session.until('Who decides');
    await session.type('Ministère');
    await session.press('Enter');
    await session.until('Check each change');
    await session.press('Enter');
    expect(await session.until('began with 0')).toMatch(/written +manifest\.yaml\nwritten +waivers\.yaml/);
    const manifest = await folder.read('manifest.yaml');
    expect(manifest).toMatch(/^id: Evaluations$[^]+^ {4}name: Ministère$/m);
    const filled = manifest.replace(/^datasets: \{\}$/m, datasets).replace(/^assets: \{\}$/m, assets);
    await folder.write('manifest.yaml', filled);
  }

  test('begins in an empty folder, audits, browses, waives, and audits again', async () => {
    await initialise();
    await session.type('clear; bercail audit; echo "code $?"');
    await session.press('Enter');
    expect(await session.until('code 1')).toMatch(/Next[^]+bercail browse/);

    await session.type('clear; bercail browse; echo "left with $?"');
    await session.press('Enter');
    await session.until('? help');
    expect(await session.modes()).toEqual({ isAlternate: true, hasCursor: false });
    await session.type('/LOC-01');
    await session.press('Enter');
    expect(await session.until('/LOC-01')).toMatch(/❯ +✗ high +LOC-01/);
    await session.press('w');
    await session.until('Accept this failure');
    await session.type('Until the move to Paris');
    await session.press('Tab');
    await session.type('DPO');
    await session.press('Tab');
    await session.type('2099-12-31');
    await session.press('Enter', 'Enter');
    expect(await session.until('waiver added to waivers.yaml')).toMatch(/❯ +~ high +LOC-01/);
    await session.press('q');
    await session.until('left with 0');
    expect(await session.modes()).toEqual({ isAlternate: false, hasCursor: true });
    const written = await folder.read('waivers.yaml');
    expect(written).toMatch(/^# yaml-language-server[^]+^bercail: waivers\/v1$/m);
    expect(readWaivers(written, 'waivers.yaml')).toMatchObject([
      { rule: 'LOC-01', reason: 'Until the move to Paris', approved_by: 'DPO', expires: '2099-12-31' },
    ]);

    await session.type('clear; bercail audit | grep -E "Until the move|waived.1"; echo "again $?"');
    await session.press('Enter');
    expect(await session.until('again 0')).toMatch(/Until the move to Paris[^]+waived\s1$/m);
  });

  test('a screen that is resized is drawn for its new size', async () => {
    await initialise();
    await session.type('bercail check > /dev/null; bercail browse');
    await session.press('Enter');
    await session.until('? help');
    await session.resize(160, 50);
    expect(await session.until(/│ +Duty/)).toContain('? help');
    await session.resize(60, 15);
    const small = await session.until(/^Bercail .+1\/\d+\n[^]+^\? help/m);
    expect(small.split('\n').filter((line) => /Bercail|help/.test(line))).toHaveLength(2);
  });

  test.each(['C-c', 'q', 'SIGTERM', 'SIGINT'])('the terminal is whole after %s', async (how) => {
    await initialise();
    await session.type("bercail check > /dev/null; sh -c 'echo $$ > pid; exec bercail browse'; echo code $?");
    await session.press('Enter');
    await session.until('? help');
    if (how === 'SIGTERM' || how === 'SIGINT') process.kill(Number(await folder.read('pid')), how);
    else await session.press(how);
    await session.until(how === 'SIGTERM' ? 'code 143' : how === 'SIGINT' ? 'code 130' : 'code 0');
    expect(await session.modes()).toEqual({ isAlternate: false, hasCursor: true });
  });
});
