import type { Publication } from '../contract';
import { plainColumns, textColumns, type FlatColumn, type FlatList } from '../exports/flat-list';
import { gapColumns, patientExportColumns, provenanceColumns } from '../exports/patient-export';
import { orderBy } from '../lists/keyset';
import { patientOrder } from '../lists/patient-order';
import {
  columnOf,
  populationCodes,
  populationJoins,
  populationRows,
  type PopulationQuestion,
} from './population-list.query';

/** The whole list behind a number, by name. */
export function populationFile(question: PopulationQuestion, publication: Publication): FlatList {
  const { from, where, parameters } = populationRows(question);
  const order = [...patientOrder('name', 'p'), { sql: 'coalesce(r.episode_rid, 0)' }];
  const columns: FlatColumn[] = [
    ...patientExportColumns('p'),
    ...textColumns({ episode_id: 'episode.id' }),
    ...plainColumns(
      Object.fromEntries(populationCodes.map((code) => [columnOf(code), `r.${columnOf(code)}`])),
    ),
    ...gapColumns('g'),
    ...provenanceColumns(publication, parameters),
  ];
  return {
    columns,
    from: `from ${from} ${populationJoins} where ${where} order by ${orderBy(order)}`,
    parameters,
  };
}
