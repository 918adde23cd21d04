import type { Messages } from '../../../report/message.ts';
import type { FindingPlace, Language, Result } from '../../../result/result.ts';

/** What a screen is drawn with, beside its state. */
export interface Look {
  readonly messages: Messages;
  readonly language: Language;
  readonly run: Result['run'];
  readonly gate: Result['summary']['gate'];
  /** Where assets are, by label. */
  readonly places: ReadonlyMap<string, FindingPlace>;
}
