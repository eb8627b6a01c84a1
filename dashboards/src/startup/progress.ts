/** What GET /health/progress answers: `Progress` of @catchment/platform, which a browser can't import. */
export interface Progress {
  state: 'starting' | 'preparing' | 'ready' | 'failed';
  steps: ProgressStep[];
  error?: string;
  updatedAt: string;
}

export interface ProgressStep {
  name: string;
  title: string;
  state: 'waiting' | 'running' | 'done' | 'failed';
  /** 0 to 100. */
  percent: number;
  detail?: string;
}
