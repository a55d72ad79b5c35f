/** Line breaking of inspected values: entries on one line, one a line, or in columns. @source Node.js 22 docs, util.inspect */

export function reduceToSingle(ctx, entriesIn, base, { braces, array, recurse, value }) {
  let out = entriesIn;
  const lead = base === '' ? '' : `${base} `;
  if (ctx.compact === true || ctx.compact === false) {
    if (ctx.compact === true) return `${braces[0]}${base ? ` ${base}` : ''} ${out.join(', ')} ${braces[1]}`;
  } else {
    const entries = out.length;
    if (array && entries > 6) out = groupEntries(ctx, out, value);
    if (ctx.current - recurse < ctx.compact && entries === out.length) {
      const start = out.length + ctx.indentation + braces[0].length + base.length + 10;
      let total = out.length + start;
      let fits = total + out.length <= ctx.breakLength;
      for (let i = 0; fits && i < out.length; i++) {
        total += out[i].length;
        if (total > ctx.breakLength) fits = false;
      }
      if (fits && !base.includes('\n')) {
        const joined = out.join(', ');
        if (!joined.includes('\n')) return `${lead}${braces[0]} ${joined} ${braces[1]}`;
      }
    }
  }
  const indentation = `\n${' '.repeat(ctx.indentation)}`;
  return `${lead}${braces[0]}${indentation}  ${out.join(`,${indentation}  `)}${indentation}${braces[1]}`;
}

/** Many short entries of an array go into columns. */
function groupEntries(ctx, out, value) {
  let total = 0;
  let maxLength = 0;
  let i = 0;
  let length = out.length;
  if (ctx.maxArrayLength < out.length) length--;
  const lengths = [];
  for (; i < length; i++) {
    lengths[i] = out[i].length;
    total += lengths[i] + 2;
    if (maxLength < lengths[i]) maxLength = lengths[i];
  }
  const actualMax = maxLength + 2;
  if (!(actualMax * 3 + ctx.indentation < ctx.breakLength && (total / actualMax > 5 || maxLength <= 6))) return out;
  const averageBias = Math.sqrt(actualMax - total / out.length);
  const biasedMax = Math.max(actualMax - 3 - averageBias, 1);
  const columns = Math.min(Math.round(Math.sqrt(2.5 * biasedMax * length) / biasedMax), Math.floor((ctx.breakLength - ctx.indentation) / actualMax), ctx.compact * 4, 15);
  if (columns <= 1) return out;
  const grouped = [];
  const widths = [];
  for (i = 0; i < columns; i++) {
    let width = 0;
    for (let j = i; j < out.length; j += columns) if (lengths[j] > width) width = lengths[j];
    widths.push(width + 2);
  }
  const numeric = value !== undefined && value.length > 0 && [...Array(Math.min(length, value.length)).keys()].every((at) => typeof value[at] === 'number' || typeof value[at] === 'bigint');
  for (i = 0; i < length; i += columns) {
    const max = Math.min(i + columns, length);
    let text = '';
    let j = i;
    for (; j < max - 1; j++) {
      const cell = `${out[j]}, `;
      text += numeric ? cell.padStart(widths[j - i], ' ') : cell.padEnd(widths[j - i], ' ');
    }
    text += numeric ? out[j].padStart(widths[j - i] - 2, ' ') : out[j];
    grouped.push(text);
  }
  if (ctx.maxArrayLength < out.length) grouped.push(out[length]);
  return grouped;
}
