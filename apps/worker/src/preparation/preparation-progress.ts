import { writeProgress, type Clock, type Progress, type ProgressStep } from '@catchment/platform';
import type { ReportProgress } from '../report-progress';

/** The file is written at most so often, apart from a step's beginning and end. */
const pause = 200;

/** The progress of the first start, for the terminal and the browser. */
export class PreparationProgress {
  private readonly steps: ProgressStep[];
  private written = 0;

  /** @param titles the steps in order: name and title */
  constructor(
    private readonly dataDir: string,
    private readonly clock: Clock,
    titles: readonly (readonly [name: string, title: string])[],
  ) {
    this.steps = titles.map(([name, title]) => ({ name, title, state: 'waiting', percent: 0 }));
  }

  /** Runs the work of a step. A failure marks the step; whoever called decides what it means. */
  async step<T>(name: string, work: (report: ReportProgress) => Promise<T>): Promise<T> {
    const step = this.steps.find((known) => known.name === name)!;
    step.state = 'running';
    this.write('preparing');
    try {
      const result = await work((fraction, detail) => {
        step.percent = Math.round(Math.min(Math.max(fraction, 0), 1) * 100);
        if (detail !== undefined) step.detail = detail;
        if (this.clock.now().getTime() - this.written >= pause) this.write('preparing');
      });
      step.state = 'done';
      step.percent = 100;
      this.write('preparing');
      return result;
    } catch (error) {
      step.state = 'failed';
      throw error;
    }
  }

  ready(): void {
    this.write('ready');
  }

  fail(error: string): void {
    this.write('failed', error);
  }

  private write(state: Progress['state'], error?: string): void {
    const now = this.clock.now();
    this.written = now.getTime();
    writeProgress(this.dataDir, { state, steps: this.steps, error, updatedAt: now.toISOString() });
  }
}
