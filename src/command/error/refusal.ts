import type { Language } from '../../result/result.ts';

/** What commander refuses, told as Bercail tells its own errors. */
export function refusal(message: string, _language: Language): string {
  return message;
}
