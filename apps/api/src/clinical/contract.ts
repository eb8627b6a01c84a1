/**
 * The JSON shapes of the clinical API (docs/api.md): pure types, shared with the web app.
 * Dates are `YYYY-MM-DD`, instants ISO 8601 in UTC, rates 0…1. A count of a population that the measure
 * does not define is null, never zero.
 */
export type * from './contract/terms';
export type * from './contract/session';
export type * from './contract/publication';
export type * from './contract/scorecard';
export type * from './contract/measure';
export type * from './contract/lists';
export type * from './contract/patient';
export type * from './contract/cohorts';
export type * from './contract/gaps';
export type * from './contract/work';
export type * from './contract/runs';
export type * from './contract/reports';
export type * from './contract/sources';
export type * from './contract/identity';
export type * from './contract/attribution';
export type * from './contract/quality';
