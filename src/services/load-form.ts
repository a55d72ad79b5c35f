/** The part of the view contract that is about load: how the call of a service is filled in by a person. Fetched with the inspector's load tab, not with the cards. */
import type { LoadInput, ScenarioNode } from '../sim/manifest.ts';

/** One text of a load call that a person fills in. */
export interface LoadField {
  readonly label: string;
  readonly help?: string;
  /** One line, several lines, several lines of JSON (told where it is none), or one of `options`. */
  readonly kind: 'line' | 'text' | 'json' | 'choice';
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly read: (input: LoadInput) => string;
  /** Throws an error with a sentence where the text does not fit. */
  readonly write: (input: LoadInput, text: string) => LoadInput;
}

/** The call by which load comes to a node (`load` of the manifest), as a form. */
export interface LoadForm {
  /** What one call brings: 'message'. */
  readonly noun: string;
  /** Input of a new call without its target. `{{n}}` becomes the number of the call. */
  readonly start: (node: ScenarioNode) => LoadInput;
  readonly fields: (node: ScenarioNode) => readonly LoadField[];
}

/** A field for a member that is a text; an empty text of an optional one leaves it out. */
export function memberField(member: string, field: Omit<LoadField, 'read' | 'write'> & { readonly optional?: boolean }): LoadField {
  const { optional = false, ...shown } = field;
  return {
    ...shown,
    read: (input) => (typeof input[member] === 'string' ? input[member] : input[member] === undefined ? '' : JSON.stringify(input[member], null, 2)),
    write: ({ [member]: _, ...others }, text) => (optional && text === '' ? others : { ...others, [member]: text }),
  };
}
