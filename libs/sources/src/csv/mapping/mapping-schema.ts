import { z } from 'zod';

/** Encodings of extracts, by the names that the Encoding standard has for them. */
export const encodings = ['utf-8', 'windows-1252', 'latin1', 'utf-16le', 'utf-16be'] as const;
export type Encoding = (typeof encodings)[number];

const name = z.string().trim().min(1).max(200);
const filled = z.string().min(1).max(1000);

/** Texts of the extract and what they mean; null: nothing. */
const translations = z.record(z.string().max(200), z.union([z.string().max(200), z.null()]));

const systemOfColumn = z.strictObject({ column: name, values: translations.optional() });

/** What fills an element: a column by its name, several for a reference, or more about it. */
const source = z.union([
  name,
  z.array(name).min(1).max(10),
  z.strictObject({
    column: name.optional(),
    columns: z.array(name).min(1).max(10).optional(),
    /** The same for every row. */
    value: filled.optional(),
    values: translations.optional(),
    /** Code system or system of identifiers: an alias, a URL, or the column that has it. */
    system: z.union([filled, systemOfColumn]).optional(),
    /** Column of a code's words. */
    display: name.optional(),
    /** The table that a reference is to, where several are of its kind. */
    table: name.optional(),
  }),
]);
export type ElementSource = z.infer<typeof source>;

const condition = z
  .strictObject({
    column: name,
    in: z.array(z.string().max(200)).min(1).optional(),
    notIn: z.array(z.string().max(200)).min(1).optional(),
    present: z.boolean().optional(),
  })
  .refine(
    (given) => [given.in, given.notIn, given.present].filter((each) => each !== undefined).length === 1,
    { error: 'exactly one of in, notIn and present' },
  );
export type RowCondition = z.infer<typeof condition>;

/** How files are written and read; of a table, else of the whole mapping. */
const reading = {
  encoding: z.enum(encodings).optional(),
  delimiter: z.string().min(1).max(3).optional(),
  /** The sign around cells; `none` where signs of quotation are text. */
  quote: z.union([z.string().length(1), z.literal('none')]).optional(),
  /** Patterns of dates and times, tried in order. */
  dateFormats: z.array(z.string().min(2).max(60)).min(1).max(20).optional(),
  decimalComma: z.boolean().optional(),
  /** Cells that say nothing, besides empty ones. */
  empty: z.array(z.string().max(60)).max(50).optional(),
  /** Does a file hold all rows that there are, so that one that is gone was deleted, or changes? */
  extract: z.enum(['full', 'changes']).optional(),
  /** The largest share of what is known that a full extract may take away. */
  largestShrink: z.number().min(0).max(1).optional(),
};

const table = z.strictObject({
  ...reading,
  /** What its rows are; else the table's name says it. */
  kind: name.optional(),
  /** Pattern of file names, with * and ?. */
  file: name,
  /** Are several files of one drop parts of one full extract? */
  parts: z.boolean().optional(),
  /** Columns that tell one row from all others; else all mapped columns do. */
  key: z.union([name, z.array(name).min(1).max(10)]).optional(),
  where: z.array(condition).max(20).optional(),
  /** Rows that say that their resource is gone. */
  deletedWhere: condition.optional(),
  columns: z.record(name, source),
});
export type TableMapping = z.infer<typeof table>;

/** A mapping file as people write it. */
export const mappingSchema = z.strictObject({
  version: z.literal(1, { error: 'must be 1' }),
  /** IANA zone of times that say none. */
  timeZone: name,
  ...reading,
  tables: z
    .record(
      z.string().regex(/^[a-z][a-z0-9-]{0,23}$/, {
        error: 'a table is named with a-z, 0-9 and -, beginning with a letter, at most 24 characters',
      }),
      table,
    )
    .refine((tables) => Object.keys(tables).length > 0, { error: 'no table' }),
});
export type Mapping = z.infer<typeof mappingSchema>;
