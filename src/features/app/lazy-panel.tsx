/** The place of a part that is fetched when it is first wanted: it has a name and keeps its size, and a failed fetch can be tried again. */
import { Component, Suspense } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../../ui/controls/button.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { Skeleton } from '../../ui/feedback/skeleton.tsx';

interface Props {
  /** 'The editor'. */
  readonly name: string;
  readonly children: ReactNode;
}

interface State {
  readonly failure: string | null;
}

/** One part that breaks takes nothing else with it. */
export class LazyPanel extends Component<Props, State> {
  override state: State = { failure: null };

  static getDerivedStateFromError(error: unknown): State {
    return { failure: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { name, children } = this.props;
    if (this.state.failure !== null) {
      return (
        <EmptyState icon="warn" tone="bad" title={`${name} stopped.`} actions={<Button onClick={() => this.setState({ failure: null })}>Try again</Button>}>
          {this.state.failure} Your scenario is saved.
        </EmptyState>
      );
    }
    return (
      <Suspense
        fallback={
          <div className="lazy-place">
            <Skeleton label={name} lines={4} />
          </div>
        }
      >
        {children}
      </Suspense>
    );
  }
}
