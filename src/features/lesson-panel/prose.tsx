/** A lesson's prose: paragraphs and items of marked runs, never HTML. */
import { Fragment } from 'react';
import type { ReactNode } from 'react';
import type { ProseBlock } from '../../lesson/schema.ts';

const TAGS = { plain: Fragment, strong: 'strong', emphasis: 'em', code: 'code' } as const;

function Runs({ block }: { readonly block: ProseBlock }): ReactNode {
  return block.runs.map((run, i) => {
    const Tag = TAGS[run.mark];
    return <Tag key={i}>{run.text}</Tag>;
  });
}

export function Prose({ blocks }: { readonly blocks: readonly ProseBlock[] }): ReactNode {
  return blocks.map((block, i) => (
    <p key={i} className="lesson-read" role={block.kind === 'item' ? 'listitem' : undefined}>
      <Runs block={block} />
    </p>
  ));
}
