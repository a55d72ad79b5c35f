import { afterEach, describe, expect, it } from 'vitest';
import { currentToasts, dismissToast, showToast, subscribeToasts, toastsMax } from './toast-store.ts';

afterEach(() => {
  for (const entry of currentToasts()) dismissToast(entry.id);
});

const texts = (): string[] => currentToasts().map((entry) => entry.text);

describe('toasts', () => {
  it('come in order and leave by id', () => {
    const first = showToast({ text: 'one' });
    showToast({ text: 'two' });
    dismissToast(first);
    expect(texts()).toEqual(['two']);
  });

  it('replace one of the same key instead of piling up', () => {
    showToast({ text: 'Saved', key: 'save' });
    showToast({ text: 'other' });
    showToast({ text: 'Saved again', key: 'save' });
    expect(texts()).toEqual(['other', 'Saved again']);
  });

  it('let the oldest leave when there are too many', () => {
    for (let i = 1; i <= toastsMax + 2; i++) showToast({ text: String(i) });
    expect(texts()).toEqual(['3', '4', '5', '6']);
  });

  it('tell whoever listens, until they stop', () => {
    let told = 0;
    const stop = subscribeToasts(() => (told += 1));
    showToast({ text: 'a' });
    stop();
    showToast({ text: 'b' });
    expect(told).toBe(1);
  });
});
