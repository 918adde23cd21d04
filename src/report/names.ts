import { reporters } from './registry.ts';

/** Names of the formats. The registry loads what renders them only when asked. */
export const reporterNames: readonly string[] = Object.keys(reporters);
