import type { Result } from '../result/result.ts';
import type { AsyncReporter, Reporter } from './reporter.ts';

export interface ReportFormat {
  /** Without the leading dot. */
  readonly extension: string;
  readonly mediaType: string;
  /** Files of a format that has several; into a folder all are written, elsewhere the first. */
  readonly parts?: (result: Result) => readonly string[];
  /** Loaded when asked for: a run pays only for the formats that it writes. */
  readonly load: () => Promise<{ readonly render: Reporter | AsyncReporter }>;
}

/** Every output that Bercail writes, one line each. Choices of the command line and documentation derive from it. */
export const reporters: { readonly [name: string]: ReportFormat | undefined } = {
  text: { extension: 'txt', mediaType: 'text/plain', load: () => import('./format/text/text.ts') },
  json: { extension: 'json', mediaType: 'application/json', load: () => import('./format/json.ts') },
  sarif: {
    extension: 'json',
    mediaType: 'application/sarif+json',
    load: () => import('./format/sarif/sarif.ts'),
  },
  junit: { extension: 'xml', mediaType: 'application/xml', load: () => import('./format/junit.ts') },
  gitlab: { extension: 'json', mediaType: 'application/json', load: () => import('./format/gitlab.ts') },
  'gitlab-sast': {
    extension: 'json',
    mediaType: 'application/json',
    load: () => import('./format/gitlab-sast.ts'),
  },
  github: { extension: 'txt', mediaType: 'text/plain', load: () => import('./format/github.ts') },
  markdown: { extension: 'md', mediaType: 'text/markdown', load: () => import('./format/markdown.ts') },
  csv: { extension: 'csv', mediaType: 'text/csv', load: () => import('./format/csv.ts') },
  html: { extension: 'html', mediaType: 'text/html', load: () => import('./format/html/html.ts') },
  pdf: { extension: 'pdf', mediaType: 'application/pdf', load: () => import('./format/pdf/pdf.ts') },
  xlsx: {
    extension: 'xlsx',
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    load: () => import('./format/xlsx/xlsx.ts'),
  },
  registers: {
    extension: 'csv',
    mediaType: 'text/csv',
    parts: () => ['register', 'chain', 'transfers'],
    load: () => import('./format/registers.ts'),
  },
  docx: {
    extension: 'docx',
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    parts: () => ['referral', 'minister', 'access', 'parents'],
    load: () => import('./format/docx/docx.ts'),
  },
  ocsf: { extension: 'json', mediaType: 'application/json', load: () => import('./format/ocsf.ts') },
  dpv: { extension: 'jsonld', mediaType: 'application/ld+json', load: () => import('./format/dpv/dpv.ts') },
  pia: {
    extension: 'json',
    mediaType: 'application/json',
    // One assessment an activity; a result without any has one to begin with.
    parts: ({ context }) =>
      Array.from({ length: Math.max(1, context?.activities.length ?? 0) }, (_, i) => String(i + 1)),
    load: () => import('./format/pia.ts'),
  },
  oscal: { extension: 'json', mediaType: 'application/json', load: () => import('./format/oscal.ts') },
};
