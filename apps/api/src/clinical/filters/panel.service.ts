import { Injectable } from '@nestjs/common';
import { Diagnostic } from '@catchment/platform';
import type { PanelFilter } from '@catchment/population';
import type { Scope } from '@catchment/store';
import type { FilterOption, FilterOptions } from '../contract';
import { MartsService, type Marts } from '../marts/marts.service';
import { readFilterOptions } from './filters.query';

/** The patients that a question is about: the filter of the question within the scope of who asks. */
export interface Panel {
  scope: Scope;
  filter: PanelFilter;
}

@Injectable()
export class PanelService {
  constructor(private readonly marts: MartsService) {}

  options(scope: Scope): Promise<FilterOptions> {
    return this.marts.remember(['filters', scope], (marts) => readFilterOptions(marts, scope));
  }

  /**
   * Takes the filter out of a query.
   * @throws Diagnostic when the scope holds nobody of that site, provider or payer: a misspelt filter is not an
   * empty population
   */
  async panel(scope: Scope, { site, provider, payer }: PanelFilter): Promise<Panel> {
    const { sites, providers, payers } = await this.options(scope);
    requireOption('site', site, sites);
    requireOption('provider', provider, providers);
    requireOption('payer', payer, payers);
    const filter = {
      ...(site !== undefined && { site }),
      ...(provider !== undefined && { provider }),
      ...(payer !== undefined && { payer }),
    };
    return { scope, filter };
  }

  /** An answer about a panel, once for each publication. */
  async remember<T>(
    name: string,
    panel: Panel,
    details: unknown,
    work: (marts: Marts) => Promise<T>,
  ): Promise<T> {
    return this.marts.remember([name, panel, details], work);
  }
}

function requireOption(kind: string, value: string | undefined, options: readonly FilterOption[]): void {
  if (value === undefined || value === '' || options.some(({ id }) => id === value)) return;
  throw new Diagnostic(`none of your patients has this ${kind}: GET /api/filters lists what there is`);
}
