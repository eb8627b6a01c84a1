import type { Program } from '@catchment/cql';
import { readNews, type Connection, type PatientNews } from '@catchment/warehouse';
import { failureReason, type PreparedMeasure } from '../prepare-measures';
import { MeasureInputs, recordedInputs } from './measure-inputs';

/** For whom each measure of a run is evaluated. */
export interface EvaluationPlan {
  news: PatientNews;
  inputs: MeasureInputs;
  /** Measures whose results stand for patients without news: made from the same inputs, of the data before. */
  forNews: PreparedMeasure[];
  /** Measures that are evaluated for everybody. */
  forAll: PreparedMeasure[];
}

/** @param everybody whatever has changed */
export async function planEvaluation(
  connection: Connection,
  prepared: readonly PreparedMeasure[],
  everybody: boolean,
): Promise<EvaluationPlan> {
  const news = await readNews(connection, 'evaluation', 'registry.population');
  const inputs = await MeasureInputs.read(connection);
  const standing =
    everybody || !news.few || news.before === undefined
      ? new Map<string, string>()
      : await recordedInputs(connection, news.before);
  const stands = ({ compiled }: PreparedMeasure): boolean => {
    const recorded = standing.get(compiled.definition.id);
    return recorded !== undefined && recorded === inputs.nameOf(compiled);
  };
  const forNews = prepared.filter((measure) => programOf(measure).length > 0 && stands(measure));
  return { news, inputs, forNews, forAll: prepared.filter((measure) => !forNews.includes(measure)) };
}

/** The program of a measure; of one that cannot be printed none, for its evaluation says so. */
export function programOf({ compiled }: PreparedMeasure): Program[] {
  try {
    return [compiled.program];
  } catch (error) {
    failureReason(error);
    return [];
  }
}
