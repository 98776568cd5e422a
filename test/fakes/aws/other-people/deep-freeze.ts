/** So that who changes it fails at once; what maps and sets hold is frozen, they themselves are not. */
export function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value) || ArrayBuffer.isView(value))
    return;
  Object.freeze(value);
  const inside = value instanceof Map || value instanceof Set ? [...value.values()] : Object.values(value);
  for (const item of inside) deepFreeze(item);
}
