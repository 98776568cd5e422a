/** The pictures of docs/pictures, drawn from what the actions write. */
import { requestPicture, summaryPicture } from './github.ts';
import type { Shown } from './release.ts';
import { slackPicture } from './slack.ts';

export interface Picture {
  /** Relative to the repository's root. */
  readonly path: string;
  readonly svg: string;
}

export function picturesOf(shown: Shown): Picture[] {
  const news = ['What is new', 'What it costs'];
  return [
    {
      path: 'docs/pictures/request.svg',
      svg: requestPicture(shown, ['What is approved', ...news, 'Evidence']),
    },
    { path: 'docs/pictures/summary.svg', svg: summaryPicture(shown) },
    { path: 'docs/pictures/slack.svg', svg: slackPicture(shown) },
  ];
}
