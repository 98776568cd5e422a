import type { Label } from '../label.ts';

/**
 * A text that two labels share if they mean the same: 1, 1.0, true and "1" do, and so do a name and its place among
 * the names. Codes such as 007 keep their zeros.
 */
export function keyOf(label: Label, names: readonly string[] | null): string {
  if (typeof label === 'boolean') return label ? '1' : '0';
  const text = String(label);
  const place = typeof label === 'string' ? (names?.indexOf(label) ?? -1) : -1;
  return place < 0 ? text : String(place);
}
