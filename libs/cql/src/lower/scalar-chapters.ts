import type { Operators } from './operators';

/** Chapters whose operators take and give single values. */
export const scalarChapters: Operators = {};
