import type { Reporter } from '../reporter.ts';
import { arrange, resultShape } from '../shape.ts';
import { writeJsonPieces } from '../visible.ts';

/** The whole result, for programs: `reports/schema/result-v1.schema.json`. */
export const render: Reporter = (result) => writeJsonPieces(arrange(result, resultShape));
