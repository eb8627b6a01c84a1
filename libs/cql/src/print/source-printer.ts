import { Defect } from '@catchment/platform';
import type { Block, Source } from '../plan/block';
import type { Expr } from '../plan/expression';
import type { DefineTable } from '../plan/program';
import { ExpressionPrinter, indent } from './expression-printer';
import type { Frame } from './stages';

/** Prints where rows come from: tables, defines, nested blocks, lists. */
export abstract class SourcePrinter extends ExpressionPrinter {
  /** Tables of other defines that the printed text reads from, in their order in it. */
  readonly tablesRead = new Set<DefineTable>();

  abstract override select(block: Block, outputs?: ReadonlyMap<string, Expr>, frame?: Frame): string;

  /** FROM over sources that depend on no row; afterwards they can be read. */
  protected from(sources: readonly Source[], first: string | undefined): string {
    const lines = first ? [`from ${first}`] : [];
    for (const source of sources) {
      const alias = this.alias(source);
      const relation = this.relation(source);
      this.readers.set(source, (name) => `${alias}.${this.dialect.quote(name)}`);
      const lateral = source.kind === 'unnest' ? 'lateral ' : '';
      const condition = this.joinCondition(source, alias);
      if (lines.length === 0) {
        if (condition) throw new Defect('the first source of a block has a join condition');
        lines.push(`from ${relation} as ${alias}`);
      } else if (source.join === 'left')
        lines.push(`left join ${lateral}${relation} as ${alias} on ${condition ?? 'true'}`);
      else if (condition) lines.push(`join ${lateral}${relation} as ${alias} on ${condition}`);
      else lines.push(`cross join ${lateral}${relation} as ${alias}`);
    }
    return lines.join('\n');
  }

  protected joinCondition(source: Source, alias: string): string | undefined {
    if (source.kind === 'block' && source.key) return `${alias}."key" = ${this.expr(source.key.outer)}`;
    return source.on && this.expr(source.on);
  }

  protected relation(source: Source): string {
    switch (source.kind) {
      case 'resource':
        return `fhir.${this.dialect.quote(source.resourceType)}`;
      case 'dictionary':
        return `dictionary.${source.table}`;
      case 'define':
        this.tablesRead.add(source.define);
        return this.dialect.quote(source.define.name);
      case 'unnest':
        return this.dialect.unnest(this.expr(source.list));
      case 'block':
        return `(\n${indent(this.select(source.block, undefined, { key: source.key?.inner }))}\n)`;
    }
  }

  protected alias(source: Source): string {
    const stem =
      source.kind === 'resource'
        ? source.resourceType.toLowerCase()
        : source.kind === 'define'
          ? 'define'
          : source.kind;
    return this.dialect.quote(`${stem}_${this.number()}`);
  }
}
