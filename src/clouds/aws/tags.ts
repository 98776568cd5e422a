/** Tags of AWS resources. */

export type TagList = { Key: string; Value: string }[];

export function awsTags(tags: Iterable<readonly [key: string, value: string]>): TagList {
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Tag.html */
const VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;

/** Leaves out what is absent, and what AWS would not take; of two of the same key, without regard to case, the last. */
export function tagList(tags: Iterable<readonly [key: string, value: string | null]>): TagList {
  const list = new Map<string, TagList[number]>();
  for (const [Key, Value] of tags) {
    if (Value !== null && VALUE.test(Value)) list.set(Key.toLowerCase(), { Key, Value });
  }
  return [...list.values()];
}
