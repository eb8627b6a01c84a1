import type { Program } from '@catchment/cql';
import type { Connection } from '@catchment/warehouse';
import { failureReason, type PreparedMeasure } from '../prepare-measures';
import { MeasureInputs, recordedInputs } from './measure-inputs';
import { findNews, type PatientNews } from './patient-states';

/** Of so many patients with news on, everybody is evaluated: it costs about the same. */
const mostNews = 1 / 5;

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
  const news = await findNews(connection);
  const inputs = await MeasureInputs.read(connection);
  const few = news.patients <= news.population * mostNews;
  const standing =
    everybody || !few || news.before === undefined
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
