import type { Label } from '../label.ts';

const TRUTHS = ['false', 'true'];

/**
 * A text that two labels share if they mean the same: 1, 1.0, true, "1" and "True" do, and so do a name and its place
 * among the names. Codes such as 007 keep their zeros.
 */
export function keyOf(label: Label, names: readonly string[] | null): string {
  if (typeof label === 'boolean') return label ? '1' : '0';
  const text = String(label);
  const place = typeof label === 'string' ? (names?.indexOf(label) ?? -1) : -1;
  if (place >= 0) return String(place);
  const truth = TRUTHS.indexOf(text.toLowerCase());
  return truth < 0 ? text : String(truth);
}
