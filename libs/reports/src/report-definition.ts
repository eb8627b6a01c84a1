import { Diagnostic } from '@catchment/platform';
import type { Scope } from '@catchment/store';
import { checkSchedule } from './schedule';

export const reportFormats = ['pdf', 'xlsx'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** Kinds of report that this version makes. */
export const reportTypes = ['scorecard'] as const;
export type ReportType = (typeof reportTypes)[number];

/** What a definition says, wherever it is kept. */
export interface ReportSpecification {
  name: string;
  type: string;
  formats: string[];
  cron: string;
  timeZone: string;
  recipients: string[];
  scope: Scope;
}

/** The report that every installation starts with: Mondays at 06:00. */
export const weeklyScorecard: ReportSpecification & { type: ReportType; formats: ReportFormat[] } = {
  name: 'Weekly scorecard',
  type: 'scorecard',
  formats: ['pdf', 'xlsx'],
  cron: '0 6 * * 1',
  timeZone: 'America/New_York',
  recipients: [],
  scope: { sites: 'all', providers: 'all' },
};

/** The name as it stands in folders and on the command line: `Weekly scorecard` → `weekly-scorecard`. */
export function reportSlug(name: string): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
  return slug || 'report';
}

/**
 * Checks what a person or a file says about a report.
 * @throws Diagnostic naming the field that is wrong and what it may hold.
 */
export function checkSpecification(definition: ReportSpecification): void {
  if (definition.name.trim() === '') throw new Diagnostic('a report needs a name');
  checkType(definition.type);
  checkFormats(definition.formats);
  checkSchedule(definition);
}

export function checkType(type: string): ReportType {
  const known = reportTypes.find((other) => other === type);
  if (!known) throw new Diagnostic(`"${type}" is no type of report; there is: ${reportTypes.join(', ')}`);
  return known;
}

export function checkFormats(formats: readonly string[]): ReportFormat[] {
  if (formats.length === 0) throw new Diagnostic(`a report needs a format: ${reportFormats.join(', ')}`);
  return [...new Set(formats)].map((format) => {
    const known = reportFormats.find((other) => other === format);
    if (!known) {
      throw new Diagnostic(`"${format}" is no format of a report; there are: ${reportFormats.join(', ')}`);
    }
    return known;
  });
}
