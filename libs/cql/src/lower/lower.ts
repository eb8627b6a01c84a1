import type { ElmNode } from '@catchment/elm';
import { Defect, Diagnostic, Unsupported } from '@catchment/platform';
import type { Value } from '../value/value';
import { aggregateOperators } from './aggregates';
import { clinicalOperators } from './clinical';
import { collectionOperators } from './collections';
import { comparisonOperators } from './comparison';
import { conditionalOperators } from './conditional';
import { NeedsRows, locate, type Context } from './context';
import { intervalOperators } from './intervals';
import { intervalListOperators } from './interval-lists';
import { listOperators } from './lists';
import { logicalOperators, nullologicalOperators } from './logical';
import { setLowering, type Operators } from './operators';
import { queryOperators } from './queries';
import { referenceOperators } from './references';
import { retrieveOperators } from './retrieves';
import { scalarChapters } from './scalar-chapters';
import { typeOperators } from './types';
import { valueOperators } from './values';

/** All operators, one entry per ELM node type: the table of contents of the ELM specification. */
const chapters: Operators = {
  ...valueOperators, // 1 and 2
  ...retrieveOperators, // 3
  ...referenceOperators, // 2, 9 and 11
  ...queryOperators, // 10
  ...comparisonOperators, // 12
  ...logicalOperators, // 13
  ...nullologicalOperators, // 14
  ...conditionalOperators, // 15
  ...scalarChapters, // 16 arithmetic, 17 strings, 18 dates and times, 24 errors
  ...intervalOperators, // 19
  ...intervalListOperators, // 19, over lists
  ...collectionOperators, // 19 and 20, shared by intervals and lists
  ...listOperators, // 20
  ...aggregateOperators, // 21
  ...typeOperators, // 22
  ...clinicalOperators, // 23
};

/** Lowers one ELM node; a node type that no chapter knows stops the compilation. */
export function lowerNode(node: ElmNode, context: Context): Value {
  const operator = chapters[node.type];
  if (!operator) throw new Unsupported(`ELM ${node.type}`, locate(context, node));
  try {
    return operator(node, context);
  } catch (error) {
    // The innermost node that failed says where.
    if (error instanceof Unsupported && !error.location.library) {
      throw new Unsupported(error.feature, locate(context, node), { cause: error });
    }
    if (error instanceof Unsupported || error instanceof Diagnostic || error instanceof Defect) throw error;
    if (error instanceof NeedsRows) throw error;
    // One measure's ELM that we misread must not stop the others.
    const { library, define, locator } = locate(context, node);
    throw new Defect(
      `ELM ${node.type} of ${library}.${define} ${locator ?? ''} is misread: ${String(error)}`,
      {
        cause: error,
      },
    );
  }
}

setLowering(lowerNode);
