import type { Reporter } from '../../reporter.ts';
import { createTeller } from '../../story/teller.ts';
import { chainSheet, registerSheet, transferSheet } from './context-sheet.ts';
import { findingSheet, questionSheet } from './finding-sheet.ts';
import { writeWorkbook } from './workbook.ts';

/** For people who sort and filter: findings, open questions, the register, the chain, places outside the Union. */
export const render: Reporter = (result, { language, messages }) => {
  const teller = createTeller(result, language, messages);
  return writeWorkbook([
    findingSheet(teller, messages),
    questionSheet(teller),
    registerSheet(teller),
    chainSheet(teller),
    transferSheet(teller),
  ]);
};
