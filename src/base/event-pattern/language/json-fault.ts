/** Says whether a text is JSON, and where it stops being so: with the places of Jackson, the reader inside EventBridge. */
import { describeLocation, InvalidEventPatternException } from '../errors.ts';
import { JsonTokens } from './json-tokens.ts';

/** The place, as AWS writes it, at which the text is no JSON; undefined for a text that is one JSON value. */
export function jsonFault(text: string): string | undefined {
  const tokens = new JsonTokens(text);
  try {
    let depth = 0;
    let values = 0;
    for (let token = tokens.next(); token !== 'end'; token = tokens.next()) {
      if (token === '{' || token === '[') depth += 1;
      else if (token === '}' || token === ']') depth -= 1;
      if (depth > 0 || token === 'name') continue;
      values += 1;
      if (values > 1) tokens.fail('A second value.');
    }
    return values === 1 ? undefined : tokens.fail('No value.');
  } catch (error) {
    if (error instanceof InvalidEventPatternException && error.location !== undefined) return describeLocation(text, error.location);
    throw error;
  }
}
