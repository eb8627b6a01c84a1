import type { Block, Source } from '../plan/block';
import type { Expr } from '../plan/expression';
import { partsOf, sourceExpressions } from '../plan/traverse';

/** Blocks that are printed do not change any more. */
const known = new WeakMap<Block, ReadonlySet<Source>>();

/** Sources that a block reads and does not bring itself (`freeOfBlock`), for blocks that are being printed. */
export function outsideOf(block: Block): ReadonlySet<Source> {
  const before = known.get(block);
  if (before) return before;
  const outside = new Set<Source>();
  const read = (exprs: readonly Expr[], inside: readonly Source[][]): void => {
    const found = new Set<Source>();
    const seen = new Set<Expr>();
    for (const expr of exprs) collect(expr, found, seen);
    for (const source of found) if (!inside.some((own) => own.includes(source))) outside.add(source);
  };
  const own = block.sources;
  block.branches?.forEach((branch, index) => {
    for (const source of outsideOf(branch)) outside.add(source);
    const outputs = [...block.branchColumns.values()].map((exprs) => exprs[index]!);
    read(outputs, [branch.sources]);
  });
  for (const source of own) {
    if (source.kind === 'block') {
      for (const free of outsideOf(source.block)) if (!own.includes(free)) outside.add(free);
      if (source.key) {
        read([source.key.inner], [own, source.block.sources]);
        read([source.key.outer], [own]);
      }
      if (source.on) read([source.on], [own]);
    } else read(sourceExpressions(source), [own]);
  }
  const rest = [
    ...block.where,
    ...block.columns.values(),
    ...(block.distinctOn ?? []),
    ...block.distinctOrder.map((key) => key.expr),
    ...(block.pick?.order.map((key) => key.expr) ?? []),
  ];
  read(rest, [own]);
  known.set(block, outside);
  return outside;
}

/** Sources whose columns an expression reads, without those that its subqueries bring themselves. */
function collect(expr: Expr, found: Set<Source>, seen: Set<Expr>): void {
  switch (expr.op) {
    case 'literal':
    case 'variable':
      return;
    case 'column':
      found.add(expr.source);
      return;
    default:
      break;
  }
  if (seen.has(expr)) return;
  seen.add(expr);
  if (expr.op === 'exists') {
    for (const source of outsideOf(expr.block)) found.add(source);
    if (expr.inner) {
      const inner = new Set<Source>();
      collect(expr.inner, inner, new Set());
      for (const source of inner) if (!expr.block.sources.includes(source)) found.add(source);
    }
    if (expr.outer) collect(expr.outer, found, seen);
    return;
  }
  for (const part of partsOf(expr)) collect(part, found, seen);
}
