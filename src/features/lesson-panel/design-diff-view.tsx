/** A difference of designs, drawn. Signs are characters as well as colours. */
import type { ReactNode } from 'react';
import { edgeTypeOf } from '../../scenario/environment.ts';
import type { ScenarioBase } from '../../scenario/schema.ts';
import { manifestById } from '../../services/manifests.ts';
import { designDiff } from './design-diff.ts';

const SIGNS = { add: ['+', 'Added'], remove: ['−', 'Removed'], change: ['~', 'Changed'], same: [' ', ''] } as const;

/** `lambda.on-failure` → 'on failure'. */
function edgeWords(port: string): string {
  const label = edgeTypeOf(manifestById, port)?.label ?? port;
  return label.includes('{') ? port.split('.')[1]!.replace(/-/g, ' ') : label;
}

export function DesignDiff({ before, after, same }: { readonly before: ScenarioBase; readonly after: ScenarioBase; readonly same: string }): ReactNode {
  const lines = designDiff(before, after, edgeWords);
  if (lines.length === 0) return <p className="lesson-small">{same}</p>;
  return (
    <ul className="lesson-diff" aria-label="What is different">
      {lines.map((line) => (
        <li key={`${line.sign}${line.text}`} data-sign={line.sign}>
          <span className="lesson-sign" role="img" aria-label={SIGNS[line.sign][1]}>{SIGNS[line.sign][0]}</span>
          {line.text}
          {line.code && (
            <pre className="lesson-code">
              {line.code.map((code, i) => (
                <span key={i} data-sign={code.sign}>{`${SIGNS[code.sign][0]} ${code.text}`}</span>
              ))}
            </pre>
          )}
        </li>
      ))}
    </ul>
  );
}
