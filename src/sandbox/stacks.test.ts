/** Names in stack traces as V8 gives them. */
import { expect, test } from 'vitest';
import { processOf } from './testing.ts';

test('a constructor is told with new, a function without', () => {
  const process = processOf("class Order {\n  constructor(id) {\n    if (id === undefined) throw new Error('no id');\n  }\n}\nfunction make(id) {\n  return new Order(id);\n}\nexport const handler = async () => make();");
  expect(process.invoke().error?.trace).toEqual(['Error: no id', '    at new Order (/var/task/index.mjs:3:33)', '    at make (/var/task/index.mjs:7:10)', '    at handler (/var/task/index.mjs:9:36)']);
});
