import { Component, type ReactNode } from 'react';
import { ProblemNotice } from './ProblemNotice';

interface ErrorBoundaryState {
  error: Error | null;
}

/** A defect in a screen shows itself as one instead of leaving a blank page. */
export class ErrorBoundary extends Component<{ children: ReactNode }, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: null };

  static getDerivedStateFromError(error: Error): ErrorBoundaryState {
    return { error };
  }

  override render(): ReactNode {
    if (!this.state.error) return this.props.children;
    return (
      <main className="page">
        <ProblemNotice error={this.state.error} onRetry={() => window.location.reload()} />
      </main>
    );
  }
}
