import {
  AlignmentType,
  Document,
  Footer,
  HeadingLevel,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  TextRun,
} from 'docx';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { BercailError } from '../../../error.ts';
import type { Block, Dossier } from '../../dossier/model.ts';
import { createWriter, dossiers } from '../../dossier/registry.ts';
import type { AsyncReporter } from '../../reporter.ts';

/** A letter as people edit and sign it; the referral unless another is asked for. */
export const render: AsyncReporter = async (result, { language, messages, part = 'referral' }) => {
  const write = Object.hasOwn(dossiers, part) ? dossiers[part] : undefined;
  if (!write) throw new BercailError('internal', { message: `no dossier ${part}` });
  const dossier = write(createWriter(result, language, messages));
  return sameBytes(await Packer.toBuffer(documentOf(dossier, language)), result.run.finished_at);
};

function documentOf({ title, blocks }: Dossier, language: string): Document {
  const footer = new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [new TextRun({ children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] })],
      }),
    ],
  });
  return new Document({
    title: clean(title),
    creator: 'Bercail',
    lastModifiedBy: 'Bercail',
    styles: {
      default: {
        document: {
          run: {
            font: 'Liberation Sans',
            size: 21,
            language: { value: language === 'fr' ? 'fr-FR' : 'en-GB' },
          },
        },
        title: { run: { size: 34, bold: true }, paragraph: { spacing: { before: 240, after: 200 } } },
        heading1: { run: { size: 26, bold: true, color: '1a2030' } },
        heading2: { run: { size: 23, bold: true, color: '1a2030' } },
      },
    },
    numbering: {
      config: [
        {
          reference: 'list',
          levels: [
            {
              level: 0,
              format: LevelFormat.BULLET,
              text: '–',
              style: { paragraph: { indent: { left: 400, hanging: 250 } } },
            },
          ],
        },
      ],
    },
    sections: [{ footers: { default: footer }, children: blocks.flatMap(paragraphsOf) }],
  });
}

const space = { after: 120 };

function paragraphsOf(block: Block): readonly Paragraph[] {
  switch (block.kind) {
    case 'title':
      return [new Paragraph({ heading: HeadingLevel.TITLE, spacing: space, children: runs(block.text) })];
    case 'heading':
      return [
        new Paragraph({
          heading: HeadingLevel.HEADING_1,
          spacing: { before: 240, after: 120 },
          children: runs(block.text),
        }),
      ];
    case 'sub_heading':
      return [
        new Paragraph({
          heading: HeadingLevel.HEADING_2,
          spacing: { before: 160, after: 80 },
          children: runs(block.text),
        }),
      ];
    case 'note':
      return [
        new Paragraph({
          spacing: space,
          children: [new TextRun({ text: clean(block.text), italics: true, highlight: 'yellow' })],
        }),
      ];
    case 'blank':
      return [new Paragraph({ spacing: space, children: [blank(block.text)] })];
    case 'blanks':
      return block.items.map(
        (item) => new Paragraph({ numbering: { reference: 'list', level: 0 }, children: [blank(item)] }),
      );
    case 'paragraph':
      return [new Paragraph({ spacing: space, children: runs(block.text) })];
    case 'list':
      return block.items.map(
        (item) => new Paragraph({ numbering: { reference: 'list', level: 0 }, children: runs(item) }),
      );
    case 'fact':
      return [
        new Paragraph({
          keepNext: true,
          spacing: { before: 120, after: 40 },
          children: runs(block.text, true),
        }),
        ...block.rests.map(
          (text) => new Paragraph({ numbering: { reference: 'list', level: 0 }, children: runs(text) }),
        ),
      ];
  }
}

function runs(text: string, bold = false): readonly TextRun[] {
  return [new TextRun({ text: clean(text), bold })];
}

function blank(text: string): TextRun {
  return new TextRun({ text: clean(text), highlight: 'yellow' });
}

/** What XML 1.0 cannot hold and the texts before did not make visible. */
function clean(text: string): string {
  return text.replaceAll(/[\ufffe\uffff]/g, '\ufffd');
}

/** The library writes the time of writing into the file: the result's own time stands there instead. */
function sameBytes(bytes: Uint8Array, at: string): Uint8Array {
  const mtime = '1980-01-01T00:00:00';
  const files = Object.entries(unzipSync(bytes)).sort(([a], [b]) => (a < b ? -1 : 1));
  return zipSync(
    Object.fromEntries(
      files.map(([name, content]) => [
        name,
        name === 'docProps/core.xml'
          ? strToU8(
              strFromU8(content).replace(
                /(<dcterms:(created|modified)[^>]*>)[^<]*/g,
                `$1${/^[\dT:Z-]+$/.test(at) ? at : ''}`,
              ),
            )
          : content,
      ]),
    ),
    { level: 6, mtime },
  );
}
