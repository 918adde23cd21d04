/** For whom a report is. */
export const audiences = ['public', 'partner', 'internal'] as const;
export type Audience = (typeof audiences)[number];
