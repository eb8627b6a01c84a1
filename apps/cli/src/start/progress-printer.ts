import { readProgress, type Progress, type ProgressStep } from '@catchment/platform';

/** Where lines go: standard output. */
export interface Terminal {
  isTTY?: boolean;
  write(text: string): unknown;
}

const lookEvery = 200;

/**
 * Shows the progress file in a terminal until the preparation is ready or has failed: one line per finished step, and
 * on a real terminal a bar for the running one.
 */
export class ProgressPrinter {
  private readonly begun = new Map<string, number>();
  private readonly printed = new Set<string>();
  private barWidth = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly dataDir: string,
    private readonly terminal: Terminal,
  ) {}

  /** Resolves with the progress that ended it. */
  watch(): Promise<Progress> {
    return new Promise((resolve) => {
      this.timer = setInterval(() => {
        const progress = readProgress(this.dataDir);
        this.show(progress);
        if (progress.state !== 'ready' && progress.state !== 'failed') return;
        this.stop();
        resolve(progress);
      }, lookEvery);
    });
  }

  stop(): void {
    clearInterval(this.timer);
    this.clearBar();
  }

  /** A line of somebody else, above the bar. */
  say(line: string): void {
    this.clearBar();
    this.terminal.write(`${line}\n`);
  }

  show({ steps }: Progress): void {
    for (const step of steps) {
      if (step.state === 'waiting') continue;
      if (!this.begun.has(step.name)) this.begun.set(step.name, Date.now());
      if ((step.state === 'done' || step.state === 'failed') && !this.printed.has(step.name)) {
        this.printed.add(step.name);
        this.say(`  ${step.state === 'done' ? '✓' : '✗'} ${this.describe(step)}`);
      }
    }
    const running = steps.find((step) => step.state === 'running');
    if (running && this.terminal.isTTY) this.drawBar(running);
  }

  private describe(step: ProgressStep): string {
    const seconds = ((Date.now() - (this.begun.get(step.name) ?? Date.now())) / 1000).toFixed(1);
    return `${step.title.padEnd(28)} ${seconds.padStart(5)} s${step.detail ? `   ${step.detail}` : ''}`;
  }

  private drawBar(step: ProgressStep): void {
    const filled = Math.round(step.percent / 5);
    const bar = `  [${'#'.repeat(filled).padEnd(20, '.')}] ${step.title} ${Math.round(step.percent)} %`;
    this.clearBar();
    this.terminal.write(bar);
    this.barWidth = bar.length;
  }

  private clearBar(): void {
    if (this.barWidth === 0) return;
    this.terminal.write(`\r${' '.repeat(this.barWidth)}\r`);
    this.barWidth = 0;
  }
}
