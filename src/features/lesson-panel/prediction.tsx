/** A guess before the run: pick, order, path or moment. Never scored. The truth is laid over it afterwards. */
import { useEffect, useId } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { secondsText } from '../../lesson/checks.ts';
import { CheckedTrace } from '../../lesson/matcher.ts';
import type { Guess } from '../../lesson/progress.ts';
import type { Prediction } from '../../lesson/schema.ts';
import type { ScenarioBase } from '../../scenario/schema.ts';
import { Button } from '../../ui/controls/button.tsx';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { Slider } from '../../ui/controls/slider.tsx';
import { useLessons } from './lesson-context.ts';
import { useDrawing } from './use-drawing.ts';

interface Asked {
  readonly prediction: Prediction;
  readonly guess: Guess | undefined;
  readonly onGuess: (guess: Guess | null) => void;
}

export function PredictionForm({ prediction, guess, onGuess }: Asked): ReactNode {
  switch (prediction.ask) {
    case 'pick':
      return <Choice legend="Your guess" options={prediction.options} value={guess?.ask === 'pick' ? guess.option : null} onChange={(option) => onGuess({ ask: 'pick', option })} />;
    case 'order':
      return <Order items={prediction.items} value={guess?.ask === 'order' ? guess.items : prediction.items.map((item) => item.id)} onChange={(items) => onGuess({ ask: 'order', items })} />;
    case 'path':
      return <Path value={guess?.ask === 'path' ? guess.nodes : []} onChange={(nodes) => onGuess(nodes.length === 0 ? null : { ask: 'path', nodes: [...nodes] })} />;
    case 'moment':
      return <Moment untilMs={prediction.untilMs} value={guess?.ask === 'moment' ? guess.atMs : null} onChange={(atMs) => onGuess({ ask: 'moment', atMs })} />;
  }
}

export function Choice({ legend, options, value, onChange }: { readonly legend: string; readonly options: readonly { readonly id: string; readonly label: string }[]; readonly value: string | null; readonly onChange: (id: string) => void }): ReactNode {
  const name = useId();
  return (
    <fieldset className="lesson-answers">
      <legend>{legend}</legend>
      {options.map((option) => (
        <label key={option.id} className="lesson-answer">
          <input type="radio" name={name} checked={value === option.id} onChange={() => onChange(option.id)} />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}

function Order({ items, value, onChange }: { readonly items: readonly { readonly id: string; readonly label: string }[]; readonly value: readonly string[]; readonly onChange: (ids: string[]) => void }): ReactNode {
  const move = (from: number, to: number): void => {
    const next = [...value];
    next.splice(to, 0, ...next.splice(from, 1));
    onChange(next);
  };
  return (
    <ol className="lesson-order" aria-label="Your order">
      {value.map((id, i) => {
        const label = items.find((item) => item.id === id)?.label ?? id;
        return (
          <li key={id}>
            <span className="ui-grow">{label}</span>
            <IconButton icon="arrow-up" size="s" label={`Move up: ${label}`} disabled={i === 0} onClick={() => move(i, i - 1)} />
            <IconButton icon="arrow-down" size="s" label={`Move down: ${label}`} disabled={i === value.length - 1} onClick={() => move(i, i + 1)} />
          </li>
        );
      })}
    </ol>
  );
}

/** Click cards on the canvas one after another, or use the buttons: both add to the same path. */
function Path({ value, onChange }: { readonly value: readonly string[]; readonly onChange: (nodes: readonly string[]) => void }): ReactNode {
  const { view, scenario } = useLessons();
  const design = useStore(scenario, (state) => state.design);
  useEffect(
    () =>
      view.subscribe((state, before) => {
        const [node] = state.selectedNodes;
        if (state.selectedNodes === before.selectedNodes || node === undefined || state.selectedNodes.length !== 1 || node === value[value.length - 1]) return;
        onChange([...value, node]);
      }),
    [view, value, onChange],
  );
  useDrawing(value.length < 2 ? null : { paths: [{ kind: 'guess', nodes: value }] });
  const addable = design.nodes.filter((node) => node.id !== value[value.length - 1]);
  return (
    <div className="lesson-part">
      <p className="lesson-small" id="lesson-path-help">Click the cards on the canvas in order, or add them here.</p>
      <PathLine nodes={value} design={design} empty="Where does it begin?" label="Your guess" />
      <div className="lesson-row" role="group" aria-label="Add to the way">
        {addable.map((node) => (
          <Button key={node.id} size="s" icon="plus" iconSize="s" onClick={() => onChange([...value, node.id])}>
            {nameOf(design, node.id)}
          </Button>
        ))}
        <Button size="s" kind="quiet" disabled={value.length === 0} onClick={() => onChange(value.slice(0, -1))}>
          Take the last back
        </Button>
        <Button size="s" kind="quiet" disabled={value.length === 0} onClick={() => onChange([])}>
          Clear
        </Button>
      </div>
    </div>
  );
}

function PathLine({ nodes, design, empty = '', label, truth = false }: { readonly nodes: readonly string[]; readonly design: ScenarioBase; readonly empty?: string; readonly label: string; readonly truth?: boolean }): ReactNode {
  return (
    <p className="lesson-path" data-truth={truth || undefined}>
      <b>{label}.</b> {nodes.length === 0 ? empty : nodes.map((id) => nameOf(design, id)).join(' → ')}
      {nodes.length > 0 && ', and there it ends'}
    </p>
  );
}

function Moment({ untilMs, value, onChange }: { readonly untilMs: number; readonly value: number | null; readonly onChange: (atMs: number) => void }): ReactNode {
  const ticks = Array.from({ length: Math.floor(untilMs / 60_000) + 1 }, (_, i) => i * 60_000);
  return (
    <div className="lesson-part">
      <Slider label="The moment, in seconds since the start" value={value ?? 0} min={0} max={untilMs} step={1_000} ticks={ticks} valueText={secondsOf} onValueChange={onChange} />
      <p className="lesson-small ui-num">{value === null ? 'Drag, or use the arrow keys. Page Up and Page Down go ten seconds.' : `Your guess: ${secondsOf(value)}`}</p>
    </div>
  );
}

const secondsOf = (ms: number): string => (ms < 60_000 ? `${Math.round(ms / 1_000)}\u00a0s` : `${Math.floor(ms / 60_000)}\u00a0min ${Math.round((ms % 60_000) / 1_000)}\u00a0s`);
const nameOf = (design: ScenarioBase, id: string): string => String(design.nodes.find((node) => node.id === id)?.config['name'] ?? id);

/** What was guessed, what is true, and why. */
export function Truth({ prediction, guess }: { readonly prediction: Prediction; readonly guess: Guess | undefined }): ReactNode {
  const { scenario, run, time } = useLessons();
  const design = useStore(scenario, (state) => state.design);
  const changed = useStore(scenario, (state) => state.changed);
  useStore(run, (state) => state.traceLength);
  useDrawing(
    prediction.ask !== 'path' || changed
      ? null
      : { paths: [...(guess?.ask === 'path' ? [{ kind: 'guess' as const, nodes: guess.nodes }] : []), { kind: 'truth' as const, nodes: prediction.truth }] },
  );
  if (prediction.ask === 'path') {
    return (
      <div className="lesson-says">
        {guess?.ask === 'path' && <PathLine nodes={guess.nodes} design={design} label="Your guess" />}
        <PathLine nodes={prediction.truth} design={design} label="What happened" truth />
        <p>{prediction.because}</p>
      </div>
    );
  }
  // A run of another design says nothing about what was asked.
  const { guessed, truth, same, atUs } = wordsOf(prediction, guess, changed ? [] : run.getState().index.events);
  return (
    <div className="lesson-says">
      {guessed !== null && (
        <p>
          <b>Your guess.</b> {guessed}
          {same && '. So it is'}
        </p>
      )}
      {truth !== null && (!same || prediction.ask === 'moment') && (
        <p>
          <b>What happened.</b> {truth}{' '}
          {atUs !== null && (
            <button type="button" className="ui-jump" onClick={() => time.seek(atUs)}>
              Go there
            </button>
          )}
        </p>
      )}
      <p>{prediction.because}</p>
    </div>
  );
}

interface Words {
  readonly guessed: string | null;
  readonly truth: string | null;
  readonly same: boolean;
  readonly atUs: number | null;
}

function wordsOf(prediction: Exclude<Prediction, { ask: 'path' }>, guess: Guess | undefined, events: ConstructorParameters<typeof CheckedTrace>[0]): Words {
  switch (prediction.ask) {
    case 'pick': {
      const label = (id: string): string => prediction.options.find((option) => option.id === id)?.label ?? id;
      const option = guess?.ask === 'pick' ? guess.option : null;
      return { guessed: option === null ? null : label(option), truth: label(prediction.truth), same: option === prediction.truth, atUs: null };
    }
    case 'order': {
      const label = (id: string): string => prediction.items.find((item) => item.id === id)?.label ?? id;
      const items = guess?.ask === 'order' ? guess.items : null;
      return { guessed: items === null ? null : items.map(label).join(', then '), truth: prediction.truth.map(label).join(', then '), same: items?.join() === prediction.truth.join(), atUs: null };
    }
    case 'moment': {
      const found = new CheckedTrace(events, { ended: true, costUsd: 0 }).find(prediction.truth);
      const event = prediction.pick === 'first' ? found[0] : found[found.length - 1];
      const atMs = guess?.ask === 'moment' ? guess.atMs : null;
      const near = event !== undefined && atMs !== null && Math.abs(event.at / 1_000 - atMs) <= prediction.withinMs;
      return { guessed: atMs === null ? null : secondsOf(atMs), truth: event === undefined ? null : `It was at ${secondsText(event.at)}${near ? ', near your guess' : ''}.`, same: near, atUs: event?.at ?? null };
    }
  }
}
